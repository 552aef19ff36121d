/** Verifying: from the lens, the command and the Test Explorer; true ones pass, false ones are refuted on their line. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, click, closeAll, errorsOf, eventually, lens, lensesOf, openFile } from './window';

const TRUE = 'W : matrix(n, k)\nf = tr(W * W\')\ngrad(f, W)\ncheck grad(f, W) == 2*W\n';
const FALSE = 'W : matrix(n, k)\nF = W * W\'\ncheck grad(tr(F), W) == 3*W\n';

suite('verifying', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('the lens turns to verified', async () => {
    const { document } = await openFile('verified.mcalc', TRUE);
    await click(await lens(document, 'Verify'));
    const shown = await lens(document, '✓ verified');
    assert.match(shown.title, /verified/);
  });

  test('a false claim is an error on its line, with its figures', async () => {
    const { document } = await openFile('refuted.mcalc', FALSE);
    await click(await lens(document, 'Verify'));
    await lens(document, '✗ refuted');
    const error = await eventually('an error on the claim', () => errorsOf(document).find((one) => one.range.start.line === 2));
    assert.match(error.message, /\d/);
  });

  test('an edit of the formula takes the verdict away', async () => {
    const editor = await openFile('edited.mcalc', TRUE);
    const { document } = editor;
    await click(await lens(document, 'Verify'));
    await lens(document, '✓ verified');
    await editor.edit((edit) => { edit.replace(document.lineAt(1).range, "f = 3 * tr(W * W')"); });
    await eventually('no verdict any more', async () => !(await lensesOf(document)).some((one) => one.title.includes('✓ verified')));
  });

  test('the command verifies the file, and the Test Explorer keeps the verdicts', async () => {
    const { results } = await api();
    const { document } = await openFile('command.mcalc', TRUE + 'check grad(f, W) == 5*W\n');
    await lens(document, 'Verify');
    await vscode.commands.executeCommand('mcalc.verifyFile');
    const own = (): readonly string[] => [...results].filter(([key]) => key.startsWith(`${document.uri.toString()}#`)).map(([, verdict]) => verdict);
    await eventually('three verdicts', () => own().length === 3, 60_000);
    assert.deepEqual(own().filter((verdict) => verdict === 'refuted').length, 1);
    assert.equal(own().filter((verdict) => verdict === 'verified' || verdict === 'proved').length, 2);
  });

  test('a derivative is verified at a point of one\'s own; values that are no point are refused by name', async () => {
    const editor = await openFile('point.mcalc', 'A : matrix(n, n)\nx : vector(n)\nf = x\' * A * x\ngrad(f, x)\n');
    await lens(editor.document, 'Verify');
    editor.selection = new vscode.Selection(3, 1, 3, 1);
    const verdict = await vscode.commands.executeCommand<{ readonly verdict: string } | undefined>('mcalc.verifyAtPoint', '{"A": [[1, 2], [3, 4]], "x": [0.5, -1]}');
    assert.equal(verdict?.verdict, 'verified');
    await assert.rejects(async () => vscode.commands.executeCommand('mcalc.verifyAt', editor.document.uri.toString(), 'request:grad(f,x)', '{"A": [[1, 2], [3, 4]], "x": [1, 2, 3]}'), /dimension n/);
  });

  test('the Test Explorer runs the formulas of the file in the editor', async () => {
    const { results } = await api();
    const { document } = await openFile('explored.mcalc', 'x : vector(n)\nf = x\'x\ngrad(f, x)\n');
    await lens(document, 'Verify');
    await eventually('a verdict', async () => {
      await vscode.commands.executeCommand('testing.runCurrentFile');
      return [...results].some(([key, verdict]) => key.startsWith(`${document.uri.toString()}#`) && verdict === 'verified');
    }, 60_000);
    await lens(document, '✓ verified');
  });
});
