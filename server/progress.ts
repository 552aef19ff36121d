/** Work-done progress for commands that take time, with a button that cancels them. */
import { CancellationTokenSource, type CancellationToken } from 'vscode-languageserver';
import type { Session } from './session';

/** Runs work under a progress where the client shows them; its button and the request's own token cancel alike. */
export async function withProgress<T>(session: Session, title: string, token: CancellationToken, run: (token: CancellationToken) => Promise<T>): Promise<T> {
  if (!session.client.showsProgress) return run(token);
  const progress = await session.connection.window.createWorkDoneProgress();
  const source = new CancellationTokenSource();
  const listening = [token, progress.token].map((t) => t.onCancellationRequested(() => source.cancel()));
  if (token.isCancellationRequested) source.cancel();
  progress.begin(title, undefined, undefined, true);
  try {
    return await run(source.token);
  } finally {
    progress.done();
    for (const one of listening) one.dispose();
    source.dispose();
  }
}
