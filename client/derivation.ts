/** The derivation panel: a webview beside the editor that follows the cursor. Its page is `webview/`; no script but ours runs in it. */
import * as vscode from 'vscode';
import { CODE, DERIVATION, PICTURES, type CodeResult, type DerivationParams, type DerivationResult, type PicturesResult } from '../server/protocol';
import { isOurLanguage } from './documents';
import { did } from './firsts';
import type { Start } from './extension';
import type { CopyFormat, FromPage, ToPage } from './webview/messages';

export interface DerivationPanel extends vscode.Disposable {
  readonly show: (uri: string, id: string) => Promise<void>;
  readonly showAt: (editor: vscode.TextEditor) => Promise<void>;
  readonly shown: () => string | undefined;
}

const FOLLOW_AFTER_MS = 200;
const NAMES: Readonly<Record<CopyFormat, string>> = { mcalc: 'mcalc', latex: 'LaTeX', markdown: 'Markdown', svg: 'SVG', typescript: 'TypeScript' };

function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Nothing may load but our style sheet and our script; pictures are drawn as elements of the page. */
export function page(script: string, style: string, source: string, key: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${key}'; style-src ${source}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Derivation</title>
</head>
<body><main id="derivation"></main><div id="said" role="status" aria-live="polite"></div><script nonce="${key}" src="${script}"></script></body>
</html>`;
}

export function createDerivationPanel(context: vscode.ExtensionContext, start: Start): DerivationPanel {
  let panel: vscode.WebviewPanel | undefined;
  let drawn: string | undefined;
  let wanted: DerivationParams | undefined;
  /** The derivation that the page was last sent: where it is from, what it says, and the version of the document that its pictures are of. */
  let sent: { readonly uri: string; readonly id: string; readonly key: string; readonly version: number | undefined } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawing: vscode.CancellationTokenSource | undefined;

  const post = (message: ToPage): void => { void panel?.webview.postMessage(message); };

  /** What is asked for; where the cursor went to a line without a formula, the one that is shown, as it is now. */
  const derivationOf = async (params: DerivationParams): Promise<{ readonly uri: string; readonly derivation: DerivationResult } | undefined> => {
    const client = await start();
    const found = await client.sendRequest<DerivationResult | null>(DERIVATION, params);
    if (found || !sent) return found ? { uri: params.uri, derivation: found } : undefined;
    const { uri, id } = sent;
    const again = await client.sendRequest<DerivationResult | null>(DERIVATION, { uri, id });
    return again ? { uri, derivation: again } : undefined;
  };

  const refresh = async (): Promise<void> => {
    const params = wanted;
    if (!panel || !params) return;
    const found = await derivationOf(params);
    if (params !== wanted || !panel) return;
    panel.title = found ? `Derivation: ${found.derivation.title}` : 'Derivation';
    if (!found) {
      sent = undefined;
      post({ type: 'empty', reason: 'Put the cursor on a definition or a request, such as grad(f, x).' });
      return;
    }
    const { uri, derivation } = found;
    const version = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.version;
    const key = JSON.stringify([uri, derivation]);
    // Who reads the page and clicks into its formula, or edits lines that do not bear on it, keeps what stands there.
    const stands = key === sent?.key;
    if (stands && version === sent?.version) return;
    sent = { uri, id: derivation.id, key, version };
    if (!stands) post({ type: 'show', derivation });
    if (derivation.tabs.length === 0) return;
    did('derivation');
    await refreshPictures(sent);
  };

  /** The pictures take seconds where the formula is hard: another derivation cancels them. */
  const refreshPictures = async (of: NonNullable<typeof sent>): Promise<void> => {
    drawing?.cancel();
    const source = new vscode.CancellationTokenSource();
    drawing = source;
    try {
      const client = await start();
      const pictures = await client.sendRequest<PicturesResult | null>(PICTURES, { uri: of.uri, id: of.id }, source.token);
      if (of === sent) post({ type: 'pictures', pictures: pictures ?? undefined });
    } catch {
      if (of === sent && !source.token.isCancellationRequested) post({ type: 'pictures', pictures: undefined });
    } finally {
      source.dispose();
      if (drawing === source) drawing = undefined;
    }
  };

  const copyCode = async (): Promise<void> => {
    if (!sent) return;
    const client = await start();
    const params: DerivationParams = { uri: sent.uri, id: sent.id };
    const code = await client.sendRequest<CodeResult | null>(CODE, params);
    if (!code || code.text === '') {
      void vscode.window.showInformationMessage(code?.refused[0] ?? 'There is no code for this formula.');
      return;
    }
    await copyText(code.text, 'TypeScript');
  };

  const copyText = async (text: string, format: string): Promise<void> => {
    await vscode.env.clipboard.writeText(text);
    post({ type: 'said', text: `Copied as ${format}` });
  };

  const heard = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        // A page that is new, or shown again, has nothing on it.
        if (sent) sent = { ...sent, key: '' };
        return refresh();
      case 'drawn': drawn = message.text; return;
      case 'copyCode': return copyCode();
      case 'copy': return copyText(message.text, NAMES[message.format]);
    }
  };

  const open = (): void => {
    if (panel) {
      panel.reveal(undefined, true);
      return;
    }
    const root = context.extensionUri;
    const media = vscode.Uri.joinPath(root, 'media');
    const dist = vscode.Uri.joinPath(root, 'dist');
    panel = vscode.window.createWebviewPanel('mcalc.derivation', 'Derivation', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media, dist], retainContextWhenHidden: false, enableFindWidget: true });
    panel.iconPath = { light: vscode.Uri.joinPath(media, 'mcalc-light.svg'), dark: vscode.Uri.joinPath(media, 'mcalc-dark.svg') };
    panel.onDidDispose(() => { panel = undefined; drawn = undefined; sent = undefined; drawing?.cancel(); });
    panel.webview.onDidReceiveMessage((message: FromPage) => void heard(message).catch(() => undefined));
    const local = (uri: vscode.Uri): string => String(panel?.webview.asWebviewUri(uri));
    panel.webview.html = page(local(vscode.Uri.joinPath(dist, 'webview.js')), local(vscode.Uri.joinPath(media, 'derivation.css')), panel.webview.cspSource, nonce());
  };

  const ask = async (params: DerivationParams): Promise<void> => {
    wanted = params;
    open();
    await refresh();
  };

  const soon = (params: () => DerivationParams | undefined): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      wanted = params() ?? wanted;
      void refresh().catch(() => undefined);
    }, FOLLOW_AFTER_MS);
  };
  const here = (editor: vscode.TextEditor): DerivationParams => ({ uri: editor.document.uri.toString(), position: editor.selection.active });
  const follow = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
    if (panel?.visible && isOurLanguage(textEditor.document.languageId)) soon(() => here(textEditor));
  });
  // An edit below the cursor, or of somebody else, moves no selection.
  const edited = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (!panel?.visible || contentChanges.length === 0 || document.uri.toString() !== sent?.uri) return;
    soon(() => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document === document ? here(editor) : sent && { uri: sent.uri, id: sent.id };
    });
  });
  return {
    show: (uri, id) => ask({ uri, id }),
    showAt: (editor) => ask(here(editor)),
    shown: () => drawn,
    dispose: () => { clearTimeout(timer); drawing?.cancel(); follow.dispose(); edited.dispose(); panel?.dispose(); },
  };
}
