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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawing: vscode.CancellationTokenSource | undefined;

  const refresh = async (): Promise<void> => {
    const params = wanted;
    if (!panel || !params) return;
    const client = await start();
    const derivation = await client.sendRequest<DerivationResult | null>(DERIVATION, params);
    if (params !== wanted || !panel) return;
    panel.title = derivation ? `Derivation: ${derivation.title}` : 'Derivation';
    if (derivation && derivation.tabs.length > 0) did('derivation');
    const message: ToPage = derivation ? { type: 'show', derivation }
      : { type: 'empty', reason: 'Put the cursor on a definition or a request, such as grad(f, x).' };
    void panel.webview.postMessage(message);
    if (derivation && derivation.tabs.length > 0) await refreshPictures(params, derivation.id);
  };

  const post = (message: ToPage): void => { void panel?.webview.postMessage(message); };

  /** The pictures take seconds where the formula is hard: another derivation cancels them. */
  const refreshPictures = async (params: DerivationParams, id: string): Promise<void> => {
    drawing?.cancel();
    const source = new vscode.CancellationTokenSource();
    drawing = source;
    try {
      const client = await start();
      const pictures = await client.sendRequest<PicturesResult | null>(PICTURES, { uri: params.uri, id }, source.token);
      if (params === wanted) post({ type: 'pictures', pictures: pictures ?? undefined });
    } catch {
      if (params === wanted && !source.token.isCancellationRequested) post({ type: 'pictures', pictures: undefined });
    } finally {
      source.dispose();
      if (drawing === source) drawing = undefined;
    }
  };

  const copyCode = async (): Promise<void> => {
    if (!wanted) return;
    const client = await start();
    const code = await client.sendRequest<CodeResult | null>(CODE, wanted);
    if (!code || code.text === '') {
      void vscode.window.showInformationMessage(code?.refused[0] ?? 'There is no code for this formula.');
      return;
    }
    await copyText(code.text, 'TypeScript');
  };

  const copyText = async (text: string, format: string): Promise<void> => {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`Copied as ${format}`, 2000);
  };

  const heard = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready': return refresh();
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
    panel.onDidDispose(() => { panel = undefined; drawn = undefined; drawing?.cancel(); });
    panel.webview.onDidReceiveMessage((message: FromPage) => void heard(message).catch(() => undefined));
    const local = (uri: vscode.Uri): string => String(panel?.webview.asWebviewUri(uri));
    panel.webview.html = page(local(vscode.Uri.joinPath(dist, 'webview.js')), local(vscode.Uri.joinPath(media, 'derivation.css')), panel.webview.cspSource, nonce());
  };

  const ask = async (params: DerivationParams): Promise<void> => {
    wanted = params;
    open();
    await refresh();
  };

  const follow = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
    if (!panel?.visible || !isOurLanguage(textEditor.document.languageId)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      wanted = { uri: textEditor.document.uri.toString(), position: textEditor.selection.active };
      void refresh().catch(() => undefined);
    }, FOLLOW_AFTER_MS);
  });
  return {
    show: (uri, id) => ask({ uri, id }),
    showAt: (editor) => ask({ uri: editor.document.uri.toString(), position: editor.selection.active }),
    shown: () => drawn,
    dispose: () => { clearTimeout(timer); drawing?.cancel(); follow.dispose(); panel?.dispose(); },
  };
}
