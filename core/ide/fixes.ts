/** Code actions: the fixes that diagnostics carry, and requests that a definition invites. */
import { isScalar } from '../algebra/dim';
import type { Diagnostic, Edit } from '../syntax/diagnostic';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import { separatorAt } from './lines';
import { ownStatements, rangeToDocument, toDocument } from './part';
import { hints } from './hints';
import { fromLatex } from './latex';
import { overlaps } from './walk';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor' | 'fixAll';
  /** In the document. */
  readonly edits: readonly Edit[];
  /** The diagnostic that it answers. */
  readonly diagnostic?: Diagnostic;
  readonly isPreferred: boolean;
}

/** The requests that a definition invites, each a line of its own below it. */
function requestsFor(analysis: Analysis, among: Range): readonly CodeAction[] {
  const actions: CodeAction[] = [];
  for (const part of analysis.parts) {
    const { compiled } = part;
    const { program } = compiled;
    for (const statement of ownStatements(compiled)) {
      if (statement.kind !== 'definition' || !overlaps(rangeToDocument(part, statement.range), among)) continue;
      const definition = program.definitions.get(statement.name.name);
      if (!definition) continue;
      const used = new Set(analysis.occurrences(part, statement.range.start).filter((o) => o.range.start >= statement.range.start && o.range.end <= statement.range.end).map((o) => o.name));
      const variables = definition.parameters.length > 0 ? definition.parameters : [...program.variables.keys()].filter((name) => used.has(name));
      const end = toDocument(part, statement.range.end - 1) + 1;
      const start = toDocument(part, statement.range.start);
      const separator = separatorAt(analysis.text, start);
      for (const variable of variables) {
        const kinds = isScalar(definition.shape) ? ['grad', 'hessian'] : ['jacobian'];
        for (const kind of kinds) {
          const text = `${kind}(${definition.name}, ${variable})`;
          if (program.requests.some((r) => r.of === definition.name && r.kind === kind && r.wrt[0] === variable)) continue;
          actions.push({ title: `Ask for ${text}`, kind: 'refactor', edits: [{ range: { start: end, end }, text: `${separator}${text}` }], isPreferred: false });
        }
      }
    }
  }
  return actions;
}

/** The actions for a range, given the document's diagnostics: fixes first. */
export function codeActions(analysis: Analysis, among: Range, diagnostics: readonly Diagnostic[]): readonly CodeAction[] {
  const quick = diagnostics.filter((d) => overlaps(d.range, among)).flatMap((diagnostic) => (diagnostic.fixes ?? []).map((fix): CodeAction =>
    ({ title: fix.title, kind: 'quickfix', edits: fix.edits, diagnostic, isPreferred: diagnostic.fixes?.length === 1 })));
  const declared = quick.some((a) => a.diagnostic?.fixes?.some((f) => f.declares)) ? declareAll(diagnostics) : [];
  const declare = hints(analysis, among).filter((h) => h.insert).map((h): CodeAction =>
    ({ title: `Write down the inferred shape${h.label}`, kind: 'refactor', edits: h.insert ? [h.insert] : [], isPreferred: false }));
  const all = safeEdits(diagnostics);
  const fixAll: readonly CodeAction[] = all.length > 0 ? [{ title: 'Fix all that is safe to fix', kind: 'fixAll', edits: all, isPreferred: false }] : [];
  const latex = fromLatex(analysis, among);
  const rewrite: readonly CodeAction[] = latex ? [{ title: 'Convert from LaTeX', kind: 'refactor', edits: [latex], isPreferred: false }] : [];
  return [...quick, ...declared, ...rewrite, ...requestsFor(analysis, among), ...declare, ...fixAll];
}

/** The declarations of all names that lack one, where there are several. Shapes are inferred together, so they fit each other. */
function declareAll(diagnostics: readonly Diagnostic[]): readonly CodeAction[] {
  const fixes = diagnostics.flatMap((d) => d.fixes?.filter((f) => f.declares) ?? []);
  if (fixes.length < 2) return [];
  const byPlace = new Map<number, Edit>();
  for (const { range, text } of fixes.flatMap((f) => f.edits)) byPlace.set(range.start, { range, text: (byPlace.get(range.start)?.text ?? '') + text });
  const edits = [...byPlace.values()].sort((a, b) => a.range.start - b.range.start);
  return [{ title: `Declare all ${fixes.length} names`, kind: 'quickfix', edits, isPreferred: false }];
}

/** The edits of all safe fixes that do not get in each other's way, in order. */
export function safeEdits(diagnostics: readonly Diagnostic[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (const diagnostic of diagnostics) {
    const fix = diagnostic.fixes?.find((f) => f.safe);
    if (fix && fix.edits.every((edit) => edits.every((other) => other.range.end < edit.range.start || edit.range.end < other.range.start))) edits.push(...fix.edits);
  }
  return edits.sort((a, b) => a.range.start - b.range.start);
}
