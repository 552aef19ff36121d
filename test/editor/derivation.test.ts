/** The derivation panel: opened from the lens and the command, follows the cursor, says when there is nothing. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, click, closeAll, eventually, lens, openFile } from './window';

const TEXT = 'X : matrix(m, n)\nF = X\' * X\njacobian(F, X)\ng = tr(X\' * X)\ngrad(g, X)\n';

suite('derivation', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('shows every notation and the steps of the formula of the lens', async () => {
    const { shownDerivation } = await api();
    const { document } = await openFile('derivation.mcalc', TEXT);
    await click(await lens(document, 'Derivation'));
    const text = await eventually('the page', () => shownDerivation()?.includes('Step by step') && shownDerivation());
    assert.match(text, /jacobian|F/);
    for (const notation of [/differential/i, /index/i, /vec|kronecker/i, /tensor/i]) assert.match(text, notation);
  });

  test('draws the matrix, the curves and the plan below the steps', async () => {
    const { shownDerivation } = await api();
    const { document } = await openFile('pictures.mcalc', TEXT);
    await click(await lens(document, 'Derivation'));
    const text = await eventually('the pictures', () => shownDerivation()?.includes('The program') && shownDerivation(), 60_000);
    for (const part of ['The matrix at a sample point', 'vec(X)ᵀ', 'Agreement with differences', 'central difference', 'slope 2', 'jacobianFByX']) assert.ok(text.includes(part), part);
  });

  test('follows the cursor', async () => {
    const { shownDerivation } = await api();
    const editor = await openFile('follow.mcalc', TEXT);
    await lens(editor.document, 'Derivation');
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand('mcalc.derivation');
    const first = await eventually('the page', () => shownDerivation()?.includes('Step by step') && shownDerivation());
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(4, 2, 4, 2);
    // The page also changes when its pictures come.
    const second = await eventually('another formula', () => /gradient/i.test(shownDerivation() ?? '') && shownDerivation());
    assert.notEqual(second, first);
    assert.match(second, /gradient/i);
  });
});
