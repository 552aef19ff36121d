/** Requests, claims and assumptions: read when names are known, turned into terms when sizes are. */
import { LATER, withLater } from '../syntax/later-fields';
import { lazily, moved } from '../syntax/shift';
import type { Steps } from '../syntax/steps';
import type { Assume, Check, Document, Expr, Range, Request, Statement } from '../syntax/tree';
import { isScalar, type Shape } from './dim';
import { glance, wholesOf } from './glance';
import { applyShape } from './infer-apply';
import { known, origins, witness } from './infer-conflict';
import { structureWord } from './resolve-declarations';
import type { Assumption, Program, ProgramClaim, ProgramRequest } from './program';
import type { Kept } from './reuse';
import { signatures } from './signature';
import { NO_INDICES, type Owner, type Place, type Scope, type Typed } from './scope';
import type { Term } from './term';
import { bare, excerpt, namesIn, textAt } from './walk';
import { infer } from './typed';

const SAME = signatures('(m,n),(m,n) -> (m,n)');

export type Results = Pick<Program, 'requests' | 'claims' | 'assumptions'>;

/** Reads all of them; the result makes the terms. */
export function* readStatements(scope: Scope, document: Pick<Document, 'text' | 'statements'>, reuse: Kept, owners: Map<Statement, Owner>): Steps<() => Results> {
  const lineOf = lines(document.text);
  const requests: (() => ProgramRequest | undefined)[] = [];
  const claims: (() => ProgramClaim | undefined)[] = [];
  const assumptions: (() => Assumption | undefined)[] = [];
  for (const s of document.statements) {
    const line = (): number => lineOf(s.range.start);
    if (reuse.isKept(s)) {
      const kept = keptResults(s, reuse, line);
      if (kept.request) requests.push(kept.request);
      if (kept.claim) claims.push(kept.claim);
      if (kept.assumption) assumptions.push(kept.assumption);
      continue;
    }
    if (s.kind !== 'request' && s.kind !== 'check' && s.kind !== 'assume') continue;
    const owner: Owner = { broken: false, range: s.range };
    owners.set(s, owner);
    const place: Place = { scope, owner, indices: NO_INDICES };
    if (s.kind === 'request') requests.push(request(place, s, line()));
    else if (s.kind === 'check') claims.push(claim(place, s, line()));
    else assumptions.push(assumption(place, s));
    scope.solver.propagate(false);
    yield;
  }
  const all = <T>(makers: readonly (() => T | undefined)[]): readonly T[] => makers.map((make) => make()).filter((t) => t !== undefined);
  return () => ({ requests: all(requests), claims: all(claims), assumptions: all(assumptions) });
}

interface KeptResults { readonly request?: () => ProgramRequest; readonly claim?: () => ProgramClaim; readonly assumption?: () => Assumption }

/** The results of an earlier reading, where the statement stands now. */
function keptResults(s: Statement, reuse: Kept, line: () => number): KeptResults {
  const result = reuse.resultOf(s);
  const delta = s.range.start - (result?.start ?? 0);
  if (result?.request) {
    const { request } = result;
    return { request: () => requestAt(request, s.range, line(), (terms) => moved(terms, delta)) };
  }
  if (result?.claim) {
    const { claim } = result;
    return { claim: () => claimAt(claim, s.range, line(), (terms) => moved(terms, delta)) };
  }
  const assumption = result?.assumption;
  return assumption ? { assumption: () => moved(assumption, delta) } : {};
}

/** One that was read before, at another place; `move` makes its terms when they are asked for. */
export const requestAt = ({ of, wrt, kind, term, ofTerm }: ProgramRequest, range: Range, line: number, move: <T>(terms: T) => T): ProgramRequest =>
  withLater({ of, ofTerm: LATER, wrt, kind, term: LATER, range, line }, () => move({ term, ofTerm }));
export const claimAt = ({ left, right }: ProgramClaim, range: Range, line: number, move: <T>(terms: T) => T): ProgramClaim =>
  withLater({ left: LATER, right: LATER, range, line }, () => move({ left, right }));

/** Line numbers from 1, by the places of the line feeds, which are looked for when the first one is asked. */
export function lines(text: string): (offset: number) => number {
  const found = lazily(() => {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  });
  return (offset) => {
    const starts = found();
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** The terms, unless an error stands in the statement or in a definition that it names. */
function finish(place: Place, exprs: () => readonly Expr[], make: () => readonly Term[]): readonly Term[] | undefined {
  const { scope, owner } = place;
  owner.broken ||= scope.hasErrors() && exprs().flatMap(namesIn).some(({ name }) => {
    const entry = scope.names.get(name);
    return entry?.kind === 'definition' && entry.owner.broken;
  });
  if (owner.broken) return undefined;
  const terms = make();
  return owner.broken ? undefined : terms;
}

function request(place: Place, s: Request, line: number): () => ProgramRequest | undefined {
  const typed: Typed | undefined = glance(place.scope, place.owner, wholesOf(place.scope, s)[0]) ?? infer(place, s.expr);
  return () => {
    if (!typed) return undefined;
    const { derivative } = typed;
    const [term, ofTerm] = finish(place, () => [s.expr], () => [typed.settle(), (derivative?.of ?? typed).settle()]) ?? [];
    if (!term || !ofTerm) return undefined;
    const of = ofTerm.kind === 'reference' ? ofTerm.name : (derivative?.ofText ?? textAt(place.scope.text, s.expr.range));
    return { of, ofTerm, wrt: derivative?.wrt ?? [], kind: derivative?.kind() ?? 'value', term, range: s.range, line };
  };
}

/** Both sides; a number 0 beside an array is the array of zeros. */
function sides(place: Place, s: Check | Assume & { readonly right: Expr }): (() => readonly Term[]) | undefined {
  const { scope } = place;
  const [glancedLeft, glancedRight] = wholesOf(scope, s).map((whole) => glance(scope, place.owner, whole));
  if (glancedLeft && glancedLeft.shape === glancedRight?.shape) return () => [glancedLeft.settle(), glancedRight.settle()];
  const { left, right } = s;
  const a = glancedLeft ?? infer(place, left);
  const b = glancedRight ?? infer(place, right);
  if (!a || !b) return undefined;
  const zero = isZero(right) ? b : isZero(left) ? a : undefined;
  const other = zero === a ? b : a;
  const make = (t: Typed): Term => {
    const s = scope.solver.resolveShape(other.shape);
    return t === zero && !isScalar(s) ? { kind: 'apply', op: 'zeros', args: [], dims: [s.rows, s.cols], shape: s, range: t.expr.range } : t.settle();
  };
  if (!zero) {
    applyShape({ place, expr: left, signatures: SAME, args: [a.shape, b.shape], conflict: (shapes) => explainSides(place, left, right, shapes) });
  }
  return () => [make(a), make(b)];
}

const isZero = (e: Expr): boolean => {
  const b = bare(e);
  return b.kind === 'number' && Number(b.text) === 0;
};

function explainSides(place: Place, left: Expr, right: Expr, shapes: readonly Shape[]): void {
  const { scope } = place;
  const [a, b] = shapes;
  if (!a || !b) return;
  const example = witness(scope, [a, b], 'and');
  scope.report('MC3018', `\`${excerpt(scope.text, left.range)}\` is ${known(scope, a)}, \`${excerpt(scope.text, right.range)}\` is ${known(scope, b)}${example ? ` (${example})` : ''}`, { start: left.range.start, end: right.range.end }, { related: origins(place, left, right) });
}

function claim(place: Place, s: Check, line: number): () => ProgramClaim | undefined {
  const make = sides(place, s);
  return () => {
    const [left, right] = (make && finish(place, () => [s.left, s.right], make)) ?? [];
    return left && right && { left, right, range: s.range, line };
  };
}

function assumption(place: Place, s: Assume): () => Assumption | undefined {
  const { scope, owner } = place;
  const { right } = s;
  if (right) {
    const make = sides(place, { ...s, right });
    return () => {
      const [a, b] = (make && finish(place, () => [s.left, right], make)) ?? [];
      return a && b && { left: a, right: b, range: s.range };
    };
  }
  const e = bare(s.left);
  const isFact = e.kind === 'call' && e.args.length === 1;
  const word = isFact ? structureWord(e.callee.name) : undefined;
  const [arg] = isFact ? e.args : [];
  if (!word || !arg) {
    owner.broken = true;
    if (e.kind !== 'missing') scope.report('MC1020', '`assume` takes `A == B`, or a structure word: `assume invertible(A)`', s.left.range);
    return () => undefined;
  }
  const typed = infer(place, arg);
  return () => {
    const [left] = (typed && finish(place, () => [arg], () => [typed.settle()])) ?? [];
    return left && { left, word, range: s.range };
  };
}
