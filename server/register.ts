/** Formatting is registered for .mcalc files alone where the client allows it, so that TypeScript keeps its own formatter. */
import type { Session } from './session';

export const FORMATTING = {
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
} as const;

export function registerFormatting(session: Session): void {
  if (!session.client.registersFormatting) return;
  const documentSelector = [{ language: 'mcalc' }];
  const registrations = [
    { id: 'mcalc.formatting', method: 'textDocument/formatting', registerOptions: { documentSelector } },
    { id: 'mcalc.rangeFormatting', method: 'textDocument/rangeFormatting', registerOptions: { documentSelector } },
    { id: 'mcalc.onTypeFormatting', method: 'textDocument/onTypeFormatting', registerOptions: { documentSelector, ...FORMATTING.documentOnTypeFormattingProvider } },
  ];
  void session.connection.sendRequest('client/registerCapability', { registrations }).catch(() => undefined);
}
