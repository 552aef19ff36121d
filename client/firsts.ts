/** What a person has done with mcalc in this window: the walkthrough's steps complete by it, whichever way it was done. */
import * as vscode from 'vscode';

export type First = 'example' | 'derivation' | 'code' | 'verdict';
const done = new Set<First>();

/** Sets the context that a step of the walkthrough waits for. */
export function did(first: First): void {
  if (done.has(first)) return;
  done.add(first);
  void vscode.commands.executeCommand('setContext', `mcalc.did.${first}`, true);
}
