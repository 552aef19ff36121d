/** Tasks: the command line runs on the workspace's files, and what it says becomes problems. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, eventually, writeFile } from './window';

suite('tasks', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('check is offered, and its errors are shown as problems of the file', async () => {
    // Problems of open files come from the server: this one is never opened.
    const uri = writeFile('task/wrong.mcalc', 'A : matrix(m, n)\nf = tr(A)\n');
    const task = await eventually('a task', async () => (await vscode.tasks.fetchTasks({ type: 'mcalc' })).find((one) => one.name === 'check'));
    const only = new vscode.Task({ ...task.definition }, vscode.TaskScope.Workspace, 'check one', 'mcalc', task.execution, ['$mcalc']);
    const run = async (): Promise<number | undefined> => {
      const ended = new Promise<number | undefined>((resolve) => {
        const listening = vscode.tasks.onDidEndTaskProcess((event) => {
          if (event.execution.task.name !== 'check one') return;
          listening.dispose();
          resolve(event.exitCode);
        });
      });
      await vscode.tasks.executeTask(only);
      return ended;
    };
    const shown = (): vscode.Diagnostic | undefined => vscode.languages.getDiagnostics(uri).find((one) => one.range.start.line === 1);
    let problem: vscode.Diagnostic | undefined;
    // VS Code may close the terminal of a short task before it has read its output ("Could not find pty"): then the task is run again.
    for (let attempt = 0; attempt < 10 && !problem; attempt++) {
      assert.equal(await run(), 1);
      problem = await eventually('a problem', shown, 3000).catch(() => undefined);
    }
    assert.ok(problem, 'no problem is shown');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
  });
});
