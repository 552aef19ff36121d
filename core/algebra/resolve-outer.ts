/** What a comment sees of the comments above it, and the conventions of a file. */
import type { Document } from '../syntax/tree';
import type { Assumption, Program, ProgramDefinition, Settings } from './program';
import { subterms } from './inline';
import type { Scope } from './scope';
import type { Term } from './term';

interface Inherited { readonly definitions: ReadonlyMap<string, ProgramDefinition>; readonly assumptions: readonly Assumption[] }

/** Names of an earlier program that this text does not declare anew, and definitions that use only such names. */
export function inheritOuter(scope: Scope, document: Document, outer: Program | undefined): Inherited {
  const definitions = new Map<string, ProgramDefinition>();
  if (!outer) return { definitions, assumptions: [] };
  const own = new Set(document.statements.flatMap((s) => (s.kind === 'declaration' ? s.names.map((n) => n.name) : s.kind === 'definition' ? [s.name.name] : [])));
  for (const v of outer.variables.values()) {
    if (!own.has(v.name)) scope.names.set(v.name, { kind: 'variable', name: v.name, shape: v.shape, words: v.words, range: v.range, inferred: v.inferred, open: false, unknown: false, outer: true });
  }
  for (const f of outer.functions.values()) if (!own.has(f.name)) scope.names.set(f.name, { kind: 'function', name: f.name, formal: f });
  const stands = (t: Term): boolean => namesOf(t).every((n) => scope.names.has(n));
  for (const d of outer.definitions.values()) {
    if (own.has(d.name) || !stands(d.body) || !d.parameters.every((p) => scope.names.has(p))) continue;
    const range = { start: 0, end: 0 };
    scope.names.set(d.name, {
      kind: 'definition', name: d.name, parameters: d.parameters, owner: { broken: false, range }, term: () => d.body,
      typed: { shape: d.body.shape, expr: { kind: 'name', name: d.name, range }, owner: { broken: false, range }, settle: () => d.body },
    });
    definitions.set(d.name, d);
  }
  for (const [name, range] of outer.dimensions) scope.dimensions.set(name, range);
  for (const [name, size] of outer.sizes) scope.sizes.set(name, size);
  scope.facts.push(...outer.dimFacts);
  return { definitions, assumptions: outer.assumptions.filter((a) => stands(a.left) && (!a.right || stands(a.right))) };
}

function namesOf(term: Term): readonly string[] {
  const out: string[] = [];
  const todo: Term[] = [term];
  for (let t = todo.pop(); t; t = todo.pop()) {
    if (t.kind === 'variable' || t.kind === 'reference' || t.kind === 'formal') out.push(t.name);
    if (t.kind === 'derivative') out.push(...t.wrt);
    todo.push(...subterms(t));
  }
  return out;
}

const VALUES = { vec: ['column', 'row'], layout: ['numerator', 'denominator', 'mixed'] } as const;

/** `set vec = row`, `set layout = numerator`; the last one counts. */
export function readSettings(scope: Scope, document: Document, outer: Program | undefined): Settings {
  let settings: Settings = outer?.settings ?? { vec: 'column', layout: 'mixed' };
  for (const s of document.statements) {
    if (s.kind !== 'set') continue;
    const [key, value] = [s.key.name, s.value.name];
    const vec = VALUES.vec.find((v) => v === value);
    const layout = VALUES.layout.find((v) => v === value);
    if (key === 'vec' && vec) settings = { ...settings, vec };
    else if (key === 'layout' && layout) settings = { ...settings, layout };
    else {
      const isKey = key === 'vec' || key === 'layout';
      const meant: readonly string[] = isKey ? VALUES[key] : vec ? ['vec'] : layout ? ['layout'] : [];
      const at = isKey ? s.value.range : s.key.range;
      scope.report('MC2013', isKey ? `\`${key}\` is ${meant.join(' or ')}, not \`${value}\`` : `there is no setting \`${key}\`: \`vec\` and \`layout\` can be set`, at, {
        fixes: meant.map((v) => ({ title: `Write ${v}`, edits: [{ range: at, text: v }], safe: false })),
      });
    }
  }
  return settings;
}
