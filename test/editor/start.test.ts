/** The extension starts when a .mcalc file is opened, and not before. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('start', () => {
  test('the language is known', async () => {
    assert.ok((await vscode.languages.getLanguages()).includes('mcalc'));
  });

  test('opening a .mcalc file starts the extension', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'mcalc', content: 'x : vector(n)\n' });
    await vscode.window.showTextDocument(document);
    const extension = vscode.extensions.getExtension('mcalc.mcalc');
    assert.ok(extension, 'the extension is not installed');
    for (let i = 0; i < 100 && !extension.isActive; i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(extension.isActive, 'the extension did not start');
  });
});
