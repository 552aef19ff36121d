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
    const ended = new Promise<number | undefined>((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess((event) => {
        if (event.execution.task.name !== 'check one') return;
        listening.dispose();
        resolve(event.exitCode);
      });
    });
    await vscode.tasks.executeTask(only);
    assert.equal(await ended, 1);
    const problem = await eventually('a problem', () => vscode.languages.getDiagnostics(uri).find((one) => one.range.start.line === 1));
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
  });
});
