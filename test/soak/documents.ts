/** Documents in a server under test: opened, and told what is wrong with them. */
import type { Wire } from './wire';

export function open(client: Wire, uri: string, text: string, languageId = 'mcalc'): void {
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
}

/** Resolves at the first diagnostics of a version or a later one. */
export const published = (client: Wire, uri: string, version: number): Promise<void> =>
  client.heard('textDocument/publishDiagnostics', uri, (params) => ((params as { readonly version?: number }).version ?? 0) >= version);

/** A file of so many definitions, with one derivative. */
export const lines = (count: number): string => `X : matrix(m, n)\ny : vector(m)\n${Array.from({ length: count }, (_, i) => `f${i}(w) = norm(X*w - y)^2 + ${i}*w'w`).join('\n')}\ngrad(f1, w)\n`;
