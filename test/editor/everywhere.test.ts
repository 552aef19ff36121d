/** Files that are not on a disk: a virtual file system that only the workspace API can read and write. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, click, closeAll, errorsOf, eventually, hoverAt, lens, placeOf } from './window';

/** Files in memory, in one folder. */
class Memory implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  watch(): vscode.Disposable { return new vscode.Disposable(() => undefined); }
  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (!file && uri.path !== '/' && uri.path !== '/work') throw vscode.FileSystemError.FileNotFound(uri);
    return { type: file ? vscode.FileType.File : vscode.FileType.Directory, ctime: 0, mtime: file?.length ?? 0, size: file?.length ?? 0 };
  }
  readDirectory(): [string, vscode.FileType][] { return [...this.files.keys()].map((path) => [path.slice(path.lastIndexOf('/') + 1), vscode.FileType.File]); }
  createDirectory(): void { /* there is one folder */ }
  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.files.set(uri.path, content);
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
  delete(uri: vscode.Uri): void { this.files.delete(uri.path); }
  rename(): void { throw vscode.FileSystemError.NoPermissions(); }
}

suite('virtual files', () => {
  const memory = new Memory();
  let registered: vscode.Disposable;
  suiteSetup(async () => {
    await api();
    registered = vscode.workspace.registerFileSystemProvider('memfs', memory);
    memory.files.set('/work/quadratic.mcalc', new TextEncoder().encode("A : matrix(n, n)\nx : vector(n)\nf = x' * A * x\ngrad(f, x)\n"));
  });
  suiteTeardown(() => registered.dispose());
  teardown(closeAll);

  test('are analysed, verified and generated into, through the workspace API alone', async () => {
    const uri = vscode.Uri.parse('memfs:/work/quadratic.mcalc');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const hover = await eventually('a hover', async () => await hoverAt(document, placeOf(document, 'grad')) || undefined);
    assert.match(hover, /A/);
    assert.deepEqual(errorsOf(document), []);
    await click(await lens(document, 'Verify'));
    await lens(document, '✓ verified');
    await click(await lens(document, 'Generate'));
    await eventually('the file of the code', () => memory.files.has('/work/quadratic.mcalc.ts'));
    const code = await vscode.workspace.openTextDocument(vscode.Uri.parse('memfs:/work/quadratic.mcalc.ts'));
    assert.match(code.getText(), /export function gradientFByX\(/);
  });
});

suite('a document that was never saved', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);
  test('has hovers and verdicts', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'mcalc', content: "x : vector(n)\nf = x'x\ngrad(f, x)\n" });
    await vscode.window.showTextDocument(document);
    await click(await lens(document, 'Verify'));
    await lens(document, '✓ verified');
    assert.match(await hoverAt(document, placeOf(document, 'grad')), /2\*x/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
