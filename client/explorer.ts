/** The Test Explorer: every request and every `check` is a test, found by the server as one types, and run by verifying it. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { ITEMS_CHANGED, VERIFY, type Item, type ItemsChangedParams, type VerdictWord, type VerifyParams, type VerifyResult } from '../server/protocol';
import { holdsFormulas } from './documents';
import { did } from './firsts';
import type { Start } from './extension';
import { itemsOf } from './items';
import type { Status } from './status';

/** Verdicts by document and item id. */
export type RunResults = ReadonlyMap<string, VerdictWord>;

export interface Explorer extends vscode.Disposable {
  readonly results: RunResults;
  /** Listens to the server's news once it runs. */
  readonly follow: (client: BaseLanguageClient) => void;
  /** Runs one item of a document, or all of them, as a test run. */
  readonly run: (uri: vscode.Uri, id?: string) => Promise<void>;
}

/** How long the typing must pause before the server is asked which verdicts still hold. */
const PAUSE_MS = 200;

export const resultKey = (uri: string, id: string): string => `${uri}#${id}`;

const toRange = (range: Item['range']): vscode.Range =>
  new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);

export function createExplorer(start: Start, status: Status): Explorer {
  const controller = vscode.tests.createTestController('mcalc', 'Matrix Calculus');
  const results = new Map<string, VerdictWord>();
  const stale = new WeakSet<vscode.TestItem>();

  const fileItem = (uri: vscode.Uri): vscode.TestItem => {
    const known = controller.items.get(uri.toString());
    if (known) return known;
    const item = controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    stale.add(item);
    controller.items.add(item);
    return item;
  };

  /** The status item speaks of the document in the editor. */
  const showCounts = (uri: string): void => {
    if (uri !== vscode.window.activeTextEditor?.document.uri.toString()) return;
    const tests = [...controller.items.get(uri)?.children ?? []];
    status.counts(tests.length, tests.flatMap(([id]) => results.get(resultKey(uri, id)) ?? []));
  };

  /** Asks the server for a file's items; a file that no longer has any leaves the tree. */
  const refresh = async (uri: vscode.Uri): Promise<void> => {
    await vscode.workspace.openTextDocument(uri);
    const found = await itemsOf(start, uri);
    if (found.length === 0) {
      controller.items.delete(uri.toString());
      showCounts(uri.toString());
      return;
    }
    const file = fileItem(uri);
    file.children.replace(found.map((item, i) => {
      const test = controller.createTestItem(item.id, item.label, uri);
      test.range = toRange(item.range);
      test.sortText = String(i).padStart(4, '0');
      return test;
    }));
    // The gutter's marks go where the lenses' verdicts do.
    for (const { id, verdict } of found) {
      const test = file.children.get(id);
      if (verdict === undefined && results.delete(resultKey(file.id, id)) && test) controller.invalidateTestResults(test);
    }
    stale.delete(file);
    showCounts(file.id);
  };

  const report = (run: vscode.TestRun, test: vscode.TestItem, result: VerifyResult): void => {
    const location = test.uri && new vscode.Location(test.uri, toRange(result.range));
    // Without a place in the text: the lens stands there already.
    run.appendOutput(`${test.label}: ${result.summary.startsWith(result.verdict) ? '' : `${result.verdict}, `}${result.summary}\r\n`, undefined, test);
    if (result.verdict === 'verified' || result.verdict === 'proved') {
      run.passed(test, result.durationMs);
      return;
    }
    const text = new vscode.MarkdownString(`**${result.verdict}**: ${result.summary}\n\n${result.details}`);
    const message = result.expected !== undefined && result.actual !== undefined
      ? vscode.TestMessage.diff(text, result.expected, result.actual) : new vscode.TestMessage(text);
    message.location = location;
    // "Undecided" is not a pass and not a failure of the formula: an error of the test.
    if (result.verdict === 'refuted') run.failed(test, message, result.durationMs);
    else run.errored(test, message, result.durationMs);
  };

  const runOne = async (client: BaseLanguageClient, run: vscode.TestRun, test: vscode.TestItem, token: vscode.CancellationToken): Promise<void> => {
    if (!test.uri) return;
    const params: VerifyParams = { uri: client.code2ProtocolConverter.asUri(test.uri), id: test.id };
    run.started(test);
    try {
      const result = await client.sendRequest<VerifyResult>(VERIFY, params, token);
      results.set(resultKey(test.uri.toString(), test.id), result.verdict);
      did('verdict');
      report(run, test, result);
    } catch (error) {
      if (token.isCancellationRequested) run.skipped(test);
      else run.errored(test, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
    }
    showCounts(test.uri.toString());
  };

  /** The leaves below the given items, files resolved on the way. */
  const leaves = async (items: readonly vscode.TestItem[], excluded: ReadonlySet<vscode.TestItem>): Promise<readonly vscode.TestItem[]> => {
    const found: vscode.TestItem[] = [];
    for (const item of items) {
      if (excluded.has(item)) continue;
      if (item.parent) found.push(item);
      else {
        if (stale.has(item) && item.uri) await refresh(item.uri);
        for (const [, child] of item.children) if (!excluded.has(child)) found.push(child);
      }
    }
    return found;
  };

  const handle = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    if (request.include === undefined) await discover();
    const roots = request.include ?? [...controller.items].map(([, item]) => item);
    const run = controller.createTestRun(request);
    try {
      const client = await start();
      const tests = await leaves(roots, new Set(request.exclude));
      for (const test of tests) run.enqueued(test);
      for (const test of tests) {
        if (token.isCancellationRequested) run.skipped(test);
        else await runOne(client, run, test, token);
      }
    } finally {
      run.end();
    }
  };

  /** Files that come and go are followed once somebody has looked. */
  let watcher: vscode.FileSystemWatcher | undefined;
  const watch = (): void => {
    if (watcher) return;
    watcher = vscode.workspace.createFileSystemWatcher('**/*.mcalc', false, true, false);
    subscriptions.push(watcher,
      watcher.onDidCreate((uri) => { if (!/\/(node_modules|\.git|dist|out)\//.test(uri.path)) fileItem(uri); }),
      watcher.onDidDelete((uri) => controller.items.delete(uri.toString())));
  };

  /** Finds the .mcalc files of the workspace; files with comments come when they are opened. */
  const discover = async (): Promise<void> => {
    watch();
    for (const uri of await vscode.workspace.findFiles('**/*.mcalc', '**/{node_modules,.git,dist,out}/**', 2000)) fileItem(uri);
  };

  /** Continuous run: a saved file is run again. */
  const continuously = (request: vscode.TestRunRequest, token: vscode.CancellationToken): void => {
    const saved = vscode.workspace.onDidSaveTextDocument((document) => {
      const file = controller.items.get(document.uri.toString());
      const wanted = file && (request.include === undefined || request.include.some((item) => item === file || item.parent === file));
      if (wanted) void handle(new vscode.TestRunRequest([file], request.exclude, request.profile, true), token);
    });
    token.onCancellationRequested(() => saved.dispose());
  };

  const profile = controller.createRunProfile('Verify', vscode.TestRunProfileKind.Run, (request, token) => {
    if (request.continuous) {
      continuously(request, token);
      return undefined;
    }
    return handle(request, token);
  }, true, undefined, true);
  controller.resolveHandler = (item) => item?.uri ? refresh(item.uri) : discover();
  controller.refreshHandler = async () => {
    await discover();
    for (const [, item] of controller.items) if (item.uri) await refresh(item.uri);
  };

  const run = async (uri: vscode.Uri, id?: string): Promise<void> => {
    await refresh(uri);
    const file = controller.items.get(uri.toString());
    const test = id === undefined ? file : file?.children.get(id);
    if (!test) {
      void vscode.window.showInformationMessage('There is nothing to verify in this file.');
      return;
    }
    const cancel = new vscode.CancellationTokenSource();
    await handle(new vscode.TestRunRequest([test], undefined, profile), cancel.token);
    cancel.dispose();
  };

  const verifyOnSave = vscode.workspace.onDidSaveTextDocument((document) => {
    const wanted = vscode.workspace.getConfiguration('mcalc', document).get('verify.onSave', false);
    if (wanted && holdsFormulas(document)) void run(document.uri);
  });
  /** An edit makes verdicts of its file old news; the server knows which. */
  const pauses = new Map<string, ReturnType<typeof setTimeout>>();
  const edited = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const key = document.uri.toString();
    if (contentChanges.length === 0 || !controller.items.get(key)) return;
    clearTimeout(pauses.get(key));
    pauses.set(key, setTimeout(() => {
      pauses.delete(key);
      void refresh(document.uri).catch(() => undefined);
    }, PAUSE_MS));
  });
  const looked = vscode.window.onDidChangeActiveTextEditor((editor) => { if (editor) showCounts(editor.document.uri.toString()); });
  const subscriptions: vscode.Disposable[] = [controller, verifyOnSave, edited, looked];
  return {
    results,
    run,
    follow: (client) => {
      subscriptions.push(client.onNotification(ITEMS_CHANGED, (params: ItemsChangedParams) => {
        void refresh(client.protocol2CodeConverter.asUri(params.uri)).catch(() => undefined);
      }));
    },
    dispose: () => subscriptions.forEach((one) => { one.dispose(); }),
  };
}
