/** Generating from the lens: below the comment, or beside the .mcalc file; updated in place; undone in one step. */
import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as ts from 'typescript';
import * as vscode from 'vscode';
import { api, click, closeAll, eventually, lens, openFile } from './window';

const COMMENT = `/**
 * @mcalc
 * W : matrix(n, k)
 * f = tr(W * W')
 * grad(f, W)
 */

export const own = 1;
`;

/** Syntax errors of a TypeScript text. */
function complaints(text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return diagnostics.map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'));
}

suite('generating', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('inserts code below the comment, between markers, and keeps what was there', async () => {
    const { document } = await openFile('generated.ts', COMMENT);
    await click(await lens(document, 'Generate'));
    const text = await eventually('code in the file', () => document.getText().length > COMMENT.length && document.getText());
    assert.ok(text.startsWith(COMMENT.slice(0, COMMENT.indexOf('*/') + 2)), 'the comment has changed');
    assert.ok(text.includes('export const own = 1;'), 'own code was lost');
    assert.ok(text.indexOf('export function') > text.indexOf('*/') && text.indexOf('export function') < text.indexOf('export const own'), text);
    assert.match(text, /Float64Array/);
    assert.deepEqual(complaints(text), []);
  });

  test('a second run changes nothing, and a changed formula is updated in place', async () => {
    const editor = await openFile('again.ts', COMMENT);
    const { document } = editor;
    await click(await lens(document, 'Generate'));
    const first = await eventually('code', () => document.getText().length > COMMENT.length && document.getText());
    await click(await lens(document, 'enerate'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(document.getText(), first);
    const line = document.getText().split('\n').findIndex((text) => text.includes('tr(W'));
    await editor.edit((edit) => { edit.replace(document.lineAt(line).range, " * f = 3 * tr(W * W')"); });
    await eventually('the code is marked as stale', () => vscode.languages.getDiagnostics(document.uri).find((one) => /stale|out of date|changed|no longer/i.test(one.message)));
    await click(await lens(document, 'enerate'));
    const second = await eventually('new code', () => document.getText() !== first && /\b6\b/.test(document.getText()) && document.getText());
    assert.equal(second.split('export const own = 1;').length, 2, 'own code was doubled or lost');
    assert.deepEqual(complaints(second), []);
  });

  test('is undone in one step', async () => {
    const { document } = await openFile('undo.ts', COMMENT);
    await click(await lens(document, 'Generate'));
    await eventually('code', () => document.getText().length > COMMENT.length);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await eventually('the text from before', () => document.getText() === COMMENT);
  });

  test('writes a file beside a .mcalc file', async () => {
    const { document } = await openFile('beside/quadratic.mcalc', 'A : matrix(n, n)\nx : vector(n)\nf = x\' * A * x\ngrad(f, x)\n');
    await click(await lens(document, 'Generate'));
    const folder = vscode.Uri.file(path.dirname(document.uri.fsPath));
    const written = await eventually('a TypeScript file', async () => {
      const entries = await vscode.workspace.fs.readDirectory(folder);
      const open = vscode.workspace.textDocuments.map((one) => one.uri).filter((uri) => uri.fsPath.startsWith(folder.fsPath) && uri.fsPath.endsWith('.ts'));
      const found = [...entries.filter(([name]) => name.endsWith('.ts')).map(([name]) => vscode.Uri.joinPath(folder, name)), ...open];
      return found.find((uri) => !/\.(test|spec)\.ts$/.test(uri.path));
    });
    const text = (await vscode.workspace.openTextDocument(written)).getText();
    assert.match(text, /export function/);
    assert.deepEqual(complaints(text), []);
    await eventually('the file beside the formulas', () => vscode.window.visibleTextEditors.some((one) => one.document.uri.fsPath === written.fsPath));
    assert.equal(document.getText(), 'A : matrix(n, n)\nx : vector(n)\nf = x\' * A * x\ngrad(f, x)\n');
  });
});
