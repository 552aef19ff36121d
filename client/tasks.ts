/** Tasks of type `mcalc`: the command line on the workspace's files, its messages read by the problem matcher. Desktop only. */
import * as vscode from 'vscode';

type Command = 'check' | 'verify' | 'generate';
const COMMANDS: readonly Command[] = ['check', 'verify', 'generate'];

interface Definition extends vscode.TaskDefinition {
  readonly command: Command;
  /** Files or patterns; every .mcalc file when left out. */
  readonly files?: readonly string[];
}

const isCommand = (text: unknown): text is Command => COMMANDS.some((command) => command === text);

async function filesOf(folder: vscode.WorkspaceFolder, patterns: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(patterns.map((pattern) =>
    vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), '**/{node_modules,dist,out}/**', 500)));
  return [...new Set(found.flat().map((uri) => uri.fsPath))].sort();
}

/** Runs the bundled command line on the editor's own Node. */
async function taskOf(cli: string, folder: vscode.WorkspaceFolder, definition: Definition): Promise<vscode.Task> {
  const files = await filesOf(folder, definition.files ?? ['**/*.mcalc']);
  const options = { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: '1' } };
  const execution = new vscode.ProcessExecution(process.execPath, [cli, definition.command, ...files], options);
  const task = new vscode.Task(definition, folder, definition.command, 'mcalc', execution, '$mcalc');
  task.group = definition.command === 'generate' ? vscode.TaskGroup.Build : vscode.TaskGroup.Test;
  return task;
}

export function registerTasks(context: vscode.ExtensionContext): void {
  const cli = context.asAbsolutePath('dist/cli.js');
  const provider: vscode.TaskProvider = {
    provideTasks: async () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const all = await Promise.all(folders.map(async (folder) => {
        const one = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*.mcalc'), '**/node_modules/**', 1);
        return one.length === 0 ? [] : Promise.all((['check', 'verify'] as const).map((command) => taskOf(cli, folder, { type: 'mcalc', command })));
      }));
      return all.flat();
    },
    resolveTask: (task) => {
      const { command, files } = task.definition;
      const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
      if (!isCommand(command) || !folder) return undefined;
      const patterns = Array.isArray(files) ? files.filter((file): file is string => typeof file === 'string') : undefined;
      // The definition must be the task's own, or VS Code does not take the answer.
      return taskOf(cli, folder, Object.assign(task.definition, { command, ...(patterns && { files: patterns }) }));
    },
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider('mcalc', provider));
}
