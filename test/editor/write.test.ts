/** Writing: errors appear as one types, at the exact range, and go away when they are mended. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, errorsOf, eventually, openFile, placeOf, typeText } from './window';

suite('writing', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('a shape mismatch is marked where it stands, with a code, and mended by a quick fix', async () => {
    const editor = await openFile('typed.mcalc', 'A : matrix(m, n)\nx : vector(m)\nf = \n');
    const { document } = editor;
    assert.deepEqual(errorsOf(document).filter((one) => one.range.start.line < 2), []);
    await typeText(editor, new vscode.Position(2, 4), 'A * x');
    const code = (one: vscode.Diagnostic): string => String(typeof one.code === 'object' ? one.code.value : one.code);
    const error = await eventually('an error of shapes', () => errorsOf(document).find((one) => code(one).startsWith('MC3')));
    assert.equal(document.getText(error.range), 'A * x');
    assert.match(error.message, /m/);
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, error.range, vscode.CodeActionKind.QuickFix.value);
    const fix = actions.find((action) => action.edit);
    assert.ok(fix?.edit, 'no fix is offered');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await eventually('no error any more', () => errorsOf(document).length === 0);
    assert.match(document.lineAt(2).text, /A' \* x|x' \* A/);
  });

  test('half a line, and an unknown name, are errors at their place; nothing is lost', async () => {
    const { document } = await openFile('half.mcalc', 'A : matrix(m, n\nf = trr(A)\ng = A +\n');
    const errors = await eventually('errors', () => errorsOf(document).length >= 2 && errorsOf(document));
    assert.ok(errors.some((error) => document.getText(error.range) === 'trr'), errors.map((error) => `${document.getText(error.range)}: ${error.message}`).join('\n'));
    assert.equal(document.getText(), 'A : matrix(m, n\nf = trr(A)\ng = A +\n');
  });

  test('an error in a comment of TypeScript is marked in the comment', async () => {
    const { document } = await openFile('comment.ts', 'const before = 1;\n// @mcalc A : matrix(m, n); f = tr(A)\nexport const after = before;\n');
    const error = await eventually('an error', () => errorsOf(document).find((one) => one.source === 'mcalc'));
    assert.equal(error.range.start.line, 1);
    assert.ok(placeOf(document, 'tr(A)').isBeforeOrEqual(error.range.start) || document.getText(error.range).includes('tr'));
  });

  test('an empty file has no complaint', async () => {
    const { document } = await openFile('empty.mcalc', '');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});
