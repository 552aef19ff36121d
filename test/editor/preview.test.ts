/** The preview of generated code: beside the source, following the edit, written when asked; from formula to code and back. */
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { api, closeAll, errorsOf, eventually, lens, openFile, placeOf } from './window';

const TEXT = 'x : vector(n)\nA : matrix(n, n)\nf = x\' * A * x\ngrad(f, x)\n';
const shown = (): vscode.TextDocument | undefined => vscode.window.visibleTextEditors.map((one) => one.document).find((one) => one.uri.scheme === 'mcalc-code');

suite('preview', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('stands beside the source, follows the edit, and is written when asked', async () => {
    const editor = await openFile('preview/follow.mcalc', TEXT);
    await lens(editor.document, 'Generate');
    await vscode.commands.executeCommand('mcalc.preview');
    const preview = await eventually('the preview', shown);
    assert.equal(preview.languageId, 'typescript');
    await eventually('code in the preview', () => preview.getText().includes('export function gradientFByX('));
    await editor.edit((edit) => { edit.insert(new vscode.Position(4, 0), 'hessian(f, x)\n'); });
    await eventually('the Hessian in the preview', () => preview.getText().includes('export function hessianFByX('));
    const folder = vscode.Uri.joinPath(editor.document.uri, '..');
    const beside = (): boolean => fs.readdirSync(folder.fsPath).includes('follow.mcalc.ts');
    assert.equal(beside(), false);
    await vscode.window.showTextDocument(preview, { viewColumn: vscode.ViewColumn.Beside });
    await vscode.commands.executeCommand('mcalc.writePreview');
    await eventually('the file', beside);
  });

  test('leads from formula to code and back', async () => {
    const { document } = await openFile('preview/links.mcalc', TEXT);
    await lens(document, 'Generate');
    await vscode.commands.executeCommand('mcalc.preview');
    const preview = await eventually('the preview', shown);
    await eventually('code', () => preview.getText().includes('gradientFByX('));
    const [code] = await eventually('the code of the request', async () => {
      const found = await vscode.commands.executeCommand<readonly vscode.Location[]>('vscode.executeImplementationProvider', document.uri, placeOf(document, 'grad'));
      return found.length > 0 && found;
    });
    assert.equal(code?.uri.scheme, 'mcalc-code');
    const back = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', preview.uri, placeOf(preview, 'gradientFByX('));
    assert.ok(back.some((one) => ('uri' in one ? one.uri : one.targetUri).fsPath === document.uri.fsPath), JSON.stringify(back));
  });

  test('all code of the workspace is brought up to date at once', async () => {
    const script = await openFile('preview/all.ts', `/**\n * @mcalc\n * W : matrix(n, k)\n * f = tr(W * W')\n * grad(f, W)\n */\n`);
    await vscode.commands.executeCommand('mcalc.generateFile');
    const first = await eventually('code', () => script.document.getText().includes('export function') && script.document.getText());
    await script.edit((edit) => { edit.replace(script.document.lineAt(3).range, " * f = 3 * tr(W * W')"); });
    await script.document.save();
    await vscode.commands.executeCommand('mcalc.updateAll');
    await eventually('new code', () => script.document.getText() !== first && /\b6\b/.test(script.document.getText()));
    assert.equal(script.document.isDirty, false);
  });

  test('a diagnostic leads to the page of its code', async () => {
    const { document } = await openFile('preview/page.mcalc', 'f = trr(A)\n');
    const error = await eventually('an error', () => errorsOf(document)[0]);
    assert.ok(typeof error.code === 'object', 'the code has no link');
    const page = await vscode.workspace.openTextDocument(error.code.target);
    assert.match(page.getText(), new RegExp(`^# ${error.code.value}: `));
    assert.match(page.getText(), /What to do/);
  });
});
