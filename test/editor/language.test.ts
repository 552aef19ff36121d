/** What else the server gives: completion, signatures, navigation, rename, outline, hints, colours, folding, layout. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, errorsOf, eventually, openFile, placeOf } from './window';

const TEXT = `# Least squares
X : matrix(m, n)
y : vector(m)
f(w) = norm(X*w - y)^2
grad(f, w)
G = X' * X
`;

/** Runs one of VS Code's provider commands until it answers with something. */
const ask = <T>(command: string, ...args: readonly unknown[]): Promise<T> =>
  eventually(command, async () => {
    const found = await vscode.commands.executeCommand<T | undefined>(command, ...args);
    return (Array.isArray(found) ? found.length > 0 : Boolean(found)) && found;
  });

suite('language features', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;
  suiteSetup(async () => { await api(); });
  setup(async () => {
    editor = await openFile('features.mcalc', TEXT);
    document = editor.document;
  });
  teardown(closeAll);

  test('completion offers operators with their shapes', async () => {
    await editor.edit((edit) => { edit.insert(new vscode.Position(6, 0), 'h = logd'); });
    const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(6, 8));
    const item = list.items.find((one) => (typeof one.label === 'string' ? one.label : one.label.label) === 'logdet');
    assert.ok(item, list.items.map((one) => JSON.stringify(one.label)).join(' '));
    assert.ok(item.detail, 'no signature is shown');
    assert.ok(typeof item.label !== 'string' && item.label.description?.endsWith('→ scalar'), JSON.stringify(item.label));
  });

  test('signature help names the arguments', async () => {
    const help = await ask<vscode.SignatureHelp>('vscode.executeSignatureHelpProvider', document.uri, placeOf(document, 'X*w').translate(0, 0), '(');
    assert.ok(help.signatures.some((signature) => signature.label.includes('norm')));
  });

  test('definition and references of a variable', async () => {
    const use = placeOf(document, 'X*w');
    const [definition] = await ask<readonly (vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', document.uri, use);
    assert.ok(definition);
    assert.equal('range' in definition ? definition.range.start.line : definition.targetRange.start.line, 1);
    const references = await ask<readonly vscode.Location[]>('vscode.executeReferenceProvider', document.uri, use);
    assert.equal(references.length, 4);
  });

  test('rename of a dimension changes it everywhere', async () => {
    const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, placeOf(document, 'm, n'), 'rows');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(document.getText().includes('X : matrix(rows, n)') && document.getText().includes('y : vector(rows)'), document.getText());
    assert.deepEqual(errorsOf(document), []);
  });

  test('the outline names variables and functions', async () => {
    const symbols = await ask<readonly vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    const names = symbols.flatMap((symbol) => [symbol.name, ...symbol.children.map((child) => child.name)]);
    for (const name of ['X', 'y', 'f', 'G']) assert.ok(names.includes(name), names.join(' '));
  });

  test('inlay hints tell inferred shapes, and can be switched off', async () => {
    const all = new vscode.Range(0, 0, 7, 0);
    const hints = await ask<readonly vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
    const text = (hint: vscode.InlayHint): string => typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('');
    assert.ok(hints.some((hint) => /n\s*×\s*n/.test(text(hint))), hints.map(text).join(' | '));
    const setting = vscode.workspace.getConfiguration('mcalc', document);
    await setting.update('inlayHints.shapes', false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually('no hints', async () => (await vscode.commands.executeCommand<readonly vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all)).length === 0);
    } finally {
      await setting.update('inlayHints.shapes', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('semantic tokens tell matrices from vectors', async () => {
    const legend = await ask<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', document.uri);
    for (const type of ['scalar', 'vector', 'matrix', 'dimension']) assert.ok(legend.tokenTypes.includes(type), legend.tokenTypes.join(' '));
    const tokens = await ask<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    assert.ok(tokens.data.length >= 5 * 10);
  });

  test('folding and selection ranges', async () => {
    await editor.edit((edit) => { edit.insert(new vscode.Position(6, 0), '# region more\na : scalar\nb = a^2\n# endregion\n'); });
    const ranges = await ask<readonly vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.ok(ranges.some((range) => range.start === 6 && range.end === 9), JSON.stringify(ranges));
    const [selection] = await ask<readonly vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [placeOf(document, 'w - y')]);
    assert.ok(selection?.parent?.range.contains(selection.range));
  });

  test('formatting gives the canonical layout, and again the same', async () => {
    await editor.edit((edit) => { edit.replace(document.lineAt(5).range, "G=X'*X"); });
    const edits = await ask<readonly vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true });
    const apply = new vscode.WorkspaceEdit();
    apply.set(document.uri, [...edits]);
    assert.ok(await vscode.workspace.applyEdit(apply));
    assert.match(document.getText(), /^G = X'/m);
    const again = await vscode.commands.executeCommand<readonly vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true });
    assert.deepEqual(again ?? [], []);
  });

  test('a range is laid out, and a line that goes on is indented as it is typed', async () => {
    const options = { tabSize: 2, insertSpaces: true };
    await editor.edit((edit) => { edit.replace(document.lineAt(5).range, "G=X'*X\nH=X'*\n"); });
    const among = await ask<readonly vscode.TextEdit[]>('vscode.executeFormatRangeProvider', document.uri, document.lineAt(5).range, options);
    assert.ok(among.every((edit) => edit.range.start.line === 5 && edit.range.end.line === 5), JSON.stringify(among));
    const typed = await ask<readonly vscode.TextEdit[]>('vscode.executeFormatOnTypeProvider', document.uri, new vscode.Position(7, 0), '\n', options);
    assert.deepEqual(typed.map((edit) => [edit.range.start.line, edit.newText]), [[7, '  ']]);
  });

  test('the name of a dimension is edited wherever it stands', async () => {
    const setting = vscode.workspace.getConfiguration('editor', document);
    await setting.update('linkedEditing', true, vscode.ConfigurationTarget.Workspace);
    try {
      const place = placeOf(document, 'm, n');
      await eventually('both names', async () => {
        editor.selection = new vscode.Selection(place.translate(0, 1), place.translate(0, 1));
        await new Promise((resolve) => setTimeout(resolve, 500));
        await vscode.commands.executeCommand('editor.action.linkedEditing');
        await vscode.commands.executeCommand('type', { text: 'r' });
        await new Promise((resolve) => setTimeout(resolve, 500));
        if (document.getText().includes('matrix(mr, n)\ny : vector(mr)')) return true;
        await vscode.commands.executeCommand('undo');
        return false;
      });
    } finally {
      await setting.update('linkedEditing', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('a paper in a comment is a link', async () => {
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), '# doi:10.1137/1.9780898717778\n'); });
    const links = await ask<readonly vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    assert.deepEqual(links.map((link) => link.target?.toString()), ['https://doi.org/10.1137/1.9780898717778']);
  });

  test('an example opens as a new, unsaved document without errors', async () => {
    await vscode.commands.executeCommand('mcalc.tryExample', 'ridge.mcalc');
    const opened = await eventually('the example', () => vscode.window.activeTextEditor?.document.isUntitled && vscode.window.activeTextEditor.document);
    assert.equal(opened.languageId, 'mcalc');
    assert.ok(opened.getText().length > 50);
    assert.deepEqual(errorsOf(opened), []);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
