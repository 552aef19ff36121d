/** The language status item of .mcalc files: how many formulas there are, how many are verified, and whether the server lives. */
import * as vscode from 'vscode';
import type { VerdictWord } from '../server/protocol';

export type ServerState = 'starting' | 'running' | 'stopped';

export interface Status extends vscode.Disposable {
  /** Counts of the document that was last looked at or run. */
  readonly counts: (formulas: number, verdicts: readonly VerdictWord[]) => void;
  readonly server: (state: ServerState) => void;
  readonly failed: (error: unknown) => void;
}

function describe(formulas: number, verdicts: readonly VerdictWord[]): string {
  if (formulas === 0) return 'no requests or checks';
  const count = (words: readonly VerdictWord[]): number => verdicts.filter((verdict) => words.includes(verdict)).length;
  const parts = [
    [formulas, formulas === 1 ? 'formula' : 'formulas'],
    [count(['verified', 'proved']), 'verified'],
    [count(['refuted']), 'refuted'],
    [count(['undecided']), 'undecided'],
  ] as const;
  return parts.filter(([number], i) => i === 0 || number > 0).map(([number, word]) => `${number} ${word}`).join(', ');
}

export function createStatus(): Status {
  const item = vscode.languages.createLanguageStatusItem('mcalc.status', { language: 'mcalc' });
  item.name = 'Matrix Calculus';
  item.text = 'Matrix Calculus';
  const verify = { command: 'mcalc.verifyFile', title: 'Verify all' };
  item.command = verify;
  return {
    counts: (formulas, verdicts) => {
      item.text = describe(formulas, verdicts);
      item.severity = verdicts.includes('refuted') ? vscode.LanguageStatusSeverity.Error
        : verdicts.includes('undecided') ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    },
    server: (state) => {
      item.busy = state === 'starting';
      item.detail = state === 'stopped' ? 'the language server has stopped' : undefined;
      item.command = state === 'stopped' ? { command: 'mcalc.restartServer', title: 'Restart' } : verify;
    },
    failed: (error) => {
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.text = 'Matrix Calculus: the server did not start';
      item.detail = error instanceof Error ? error.message : String(error);
      item.command = { command: 'mcalc.showLog', title: 'Show log' };
    },
    dispose: () => item.dispose(),
  };
}
