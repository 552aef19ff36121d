/** Whether an error of shapes may be due to a definition that settled the shape of an argument for all others. */
import { isKnownShape } from './dim';
import type { Diagnostic } from '../syntax/diagnostic';
import type { Document } from '../syntax/tree';
import { couldDiffer } from './alone';
import type { Anchor } from './reuse';
import type { Scope } from './scope';
import { freeNames } from './units';

export const isShapeError = (d: Diagnostic): boolean => d.code.startsWith('MC3') && d.severity === 'error';

/**
 * False where the errors are one statement's, all of whose names have shapes that cannot be others: that statement stays wrong
 * however the rest is read, and reading it all again would only take time.
 */
export function isDoubtful(scope: Scope, document: Pick<Document, 'statements'>, anchors: readonly Anchor[], errors: readonly Diagnostic[]): boolean {
  const wrong = new Set(errors.map((d) => document.statements.find((s) => s.range.start <= d.range.start && d.range.end <= s.range.end)));
  const [statement] = wrong;
  if (!statement || wrong.size > 1) return true;
  // Its names, and those that its names are made of: each must be settled before it is read.
  const names = new Set(freeNames(statement));
  for (const name of names) {
    const entry = scope.names.get(name);
    // A name that nothing declares is one however the rest is read.
    if (entry?.kind === 'variable' && !entry.unknown && !isKnownShape(entry.shape)) return true;
    if (entry?.kind === 'definition' && entry.statement) for (const inner of freeNames(entry.statement)) names.add(inner);
  }
  return anchors.some((anchor) => anchor.names.some((v) => names.has(v.name)) && couldDiffer(scope, anchor.statement, anchor.names));
}
