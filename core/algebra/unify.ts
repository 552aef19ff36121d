/**
 * Unification of dimensions: polynomials with unknowns (names that begin with `?`), solved where an unknown stands alone, and
 * constraints that wait for unknowns. Everything can be undone, so that a reading can be tried. Deterministic, and linear where
 * sizes are declared: a constraint wakes only when one of its unknowns is bound.
 */
import { addDim, constantDim, dimName, hasUnknown, isUnknownName as isUnknown, scaleDim, shape, substituteDim, type Dim, type DimTerm, type Shape } from './dim';
import { trialSet, type TrialSet } from './trial-set';

export type Outcome = 'done' | 'stuck' | 'conflict';
export interface Constraint {
  /** Tries to go on; called again when an unknown that it waits for is bound. */
  readonly step: () => Outcome;
  /** The unknowns to wait for. */
  readonly waitsFor: () => readonly Dim[];
  /** Called once, when there is no way to satisfy it. */
  readonly conflict: () => void;
}

export interface Solver {
  /** An unknown; `array` ones are not read as a 1×1 scalar where an operator leaves the choice. */
  unknown(array?: boolean): Dim;
  unknownShape(array?: boolean): Shape;
  /** The shape of a result: to equal something says nothing about that. */
  resultShape(): Shape;
  resolve(dim: Dim): Dim;
  resolveShape(s: Shape): Shape;
  isKnown(dim: Dim): boolean;
  /** An unknown, or 1 with an unknown factor, that is not to be read as 1. */
  isArraySize(dim: Dim): boolean;
  /** Something else has been said about this unknown. */
  isTouched(unknown: Dim): boolean;
  markArray(dim: Dim): void;
  /** False where the two cannot be equal. */
  unify(a: Dim, b: Dim): boolean;
  unifyShape(a: Shape, b: Shape): boolean;
  add(constraint: Constraint): void;
  isPending(constraint: Constraint): boolean;
  /** Runs what wakes; false at the first conflict when `trial`, else conflicts are reported. */
  propagate(trial: boolean): boolean;
  /** Keeps what `change` does when it returns true and propagates without conflict, else undoes it. */
  attempt(change: () => boolean): boolean;
  /** Keeps what `change` says of sizes when it returns true, else takes it back; nothing else runs. */
  fitting(change: () => boolean): boolean;
  /** As `attempt`, of a reading that adds constraints: what is undone leaves none behind. */
  tentatively(change: () => boolean): boolean;
  /** As `attempt`, always undone. */
  wouldFit(change: () => boolean): boolean;
  /** Whether `change` succeeds without saying anything about an unknown; undone. */
  asksNothing(change: () => boolean): boolean;
}


/** The name of a dimension that is an unknown alone. */
function onlyUnknown(d: Dim): string | undefined {
  if (d.terms.length !== 1) return undefined;
  const t = d.terms[0];
  const name = t?.names[0];
  return t && name !== undefined && t.names.length === 1 && t.coefficient === 1 && isUnknown(name) ? name : undefined;
}

/** The exact quotient by one monomial, or undefined. */
function divide(a: Dim, by: DimTerm): Dim | undefined {
  let total = scaleDim(a, 0);
  for (const t of a.terms) {
    const names = [...t.names];
    for (const n of by.names) {
      const at = names.indexOf(n);
      if (at < 0) return undefined;
      names.splice(at, 1);
    }
    total = addDim(total, { key: '', terms: [{ coefficient: t.coefficient / by.coefficient, names }] });
  }
  return total.terms.every((t) => Number.isInteger(t.coefficient * 2)) ? total : undefined;
}

/** `unknown = value` from `difference = 0`; `never` where no sizes satisfy it. */
function solve(difference: Dim, results: ReadonlySet<string>): { readonly unknown: string; readonly value: Dim } | 'later' | 'never' {
  const unknowns = difference.terms.flatMap((t) => t.names.filter(isUnknown).map((name) => ({ t, name })));
  for (const preferred of [true, false]) {
    for (const { t, name } of unknowns) {
      if (results.has(name) !== preferred) continue;
      const having = difference.terms.filter((o) => o.names.includes(name));
      if (having.length !== 1 || t.names.indexOf(name) !== t.names.lastIndexOf(name)) continue;
      const rest = { key: '', terms: difference.terms.filter((o) => o !== t) };
      const value = divide(scaleDim(rest, -1), { coefficient: t.coefficient, names: t.names.filter((n) => n !== name) });
      if (!value) continue;
      const constant = constantDim(value);
      if (constant !== undefined && (constant < 1 || !Number.isInteger(constant))) return 'never';
      return { unknown: name, value };
    }
  }
  if (unknowns.length === 0) return 'never';
  // Sizes are positive, so a sum of one sign cannot vanish.
  return difference.terms.every((t) => t.coefficient > 0) || difference.terms.every((t) => t.coefficient < 0) ? 'never' : 'later';
}

export function createSolver(): Solver {
  /** What was bound in a trial and taken back stays as undefined: see trial-set.ts. */
  const bound = new Map<string, Dim | undefined>();
  const arrays = trialSet<string>();
  const touched = trialSet<string>();
  const results = new Set<string>();
  const waiting = new Map<string, Set<Constraint>>();
  const finished = trialSet<Constraint>();
  let awake = new Set<Constraint>();
  /** What is undone when a trial fails, outside of trials nothing: an item of a set, or a name that was bound. */
  const trail: { readonly set: TrialSet<unknown> | undefined; readonly item: unknown }[] = [];
  /** Constraints of a reading that may be undone. */
  let added: Constraint[] | undefined;
  let count = 0;
  let trials = 0;
  let probing = false;

  const resolve = (dim: Dim): Dim => {
    let d = dim;
    let links = 0;
    for (;;) {
      const alone = onlyUnknown(d);
      if (alone !== undefined) {
        const value = bound.get(alone);
        if (!value) break;
        d = value;
        links++;
        continue;
      }
      if (!hasUnknown(d)) break;
      const next = substituteDim(d, bound);
      if (next === d || next.key === d.key) break;
      d = next;
    }
    // Chains are shortened as they are walked; in a trial they would have to be put back.
    if (links > 1 && trials === 0) {
      for (let name = onlyUnknown(dim); name !== undefined; ) {
        const value = bound.get(name);
        if (!value || value === d) break;
        bound.set(name, d);
        name = onlyUnknown(value);
      }
    }
    return d;
  };
  const isKnown = (dim: Dim): boolean => !hasUnknown(resolve(dim));
  const put = <T>(set: TrialSet<T>, item: T): void => {
    if (set.has(item)) return;
    set.add(item);
    if (trials > 0) trail.push({ set: set as TrialSet<unknown>, item });
  };
  const wake = (name: string): void => {
    // A probe is undone before anything runs.
    if (probing) return;
    for (const c of waiting.get(name) ?? []) if (!finished.has(c)) awake.add(c);
  };
  const bind = (name: string, value: Dim): void => {
    bound.set(name, value);
    if (trials > 0) trail.push({ set: undefined, item: name });
    put(touched, name);
    for (const t of value.terms) {
      for (const n of t.names) {
        if (!isUnknown(n)) continue;
        if (!results.has(name)) put(touched, n);
        if (arrays.has(name) && value.terms.length === 1) put(arrays, n);
      }
    }
    wake(name);
  };
  const watch = (constraint: Constraint): void => {
    for (const d of constraint.waitsFor()) {
      for (const t of resolve(d).terms) {
        for (const n of t.names) {
          if (!isUnknown(n)) continue;
          const set = waiting.get(n);
          if (set) set.add(constraint);
          else waiting.set(n, new Set([constraint]));
        }
      }
    }
  };
  const run = (constraint: Constraint): Outcome => {
    const outcome = constraint.step();
    if (outcome === 'stuck') watch(constraint);
    else put(finished, constraint);
    return outcome;
  };
  const unify = (a: Dim, b: Dim): boolean => {
    if (a.key === b.key) return true;
    const x = resolve(a);
    const y = resolve(b);
    if (x.key === y.key) return true;
    if (!hasUnknown(x) && !hasUnknown(y)) return false;
    const [nameX, nameY] = [onlyUnknown(x), onlyUnknown(y)];
    const fromX = nameX !== undefined && (nameY === undefined || results.has(nameX) || !results.has(nameY));
    const name = fromX ? nameX : nameY;
    const value = fromX ? y : x;
    if (name !== undefined && value.terms.every((t) => !t.names.includes(name))) {
      const constant = constantDim(value);
      if (constant !== undefined && (constant < 1 || !Number.isInteger(constant))) return false;
      bind(name, value);
      return true;
    }
    const solved = solve(addDim(x, scaleDim(y, -1)), results);
    if (solved === 'never') return false;
    if (solved === 'later') {
      add({ step: () => later(x, y), waitsFor: () => [x, y], conflict: () => undefined });
      return true;
    }
    bind(solved.unknown, solved.value);
    return true;
  };
  /** An equation of two unknowns waits without adding itself again. */
  const later = (x: Dim, y: Dim): Outcome => {
    const difference = addDim(resolve(x), scaleDim(resolve(y), -1));
    if (difference.terms.length === 0) return 'done';
    const solved = solve(difference, results);
    if (solved === 'never') return 'conflict';
    if (solved === 'later') return 'stuck';
    bind(solved.unknown, solved.value);
    return 'done';
  };
  const add = (constraint: Constraint): void => {
    added?.push(constraint);
    if (run(constraint) === 'conflict') constraint.conflict();
  };
  const propagate = (trial: boolean): boolean => {
    while (awake.size > 0) {
      const now = awake;
      awake = new Set();
      for (const c of now) {
        if (finished.has(c)) continue;
        if (run(c) !== 'conflict') continue;
        if (trial) {
          awake = new Set();
          return false;
        }
        c.conflict();
      }
    }
    return true;
  };
  const takeBack = (mark: number): void => {
    for (let last = trail.length > mark ? trail.pop() : undefined; last; last = trail.length > mark ? trail.pop() : undefined) {
      if (last.set) last.set.delete(last.item); else bound.set(last.item as string, undefined);
    }
  };
  const undoTo = (mark: number): void => {
    takeBack(mark);
    awake = new Set();
  };
  const attempt = (change: () => boolean): boolean => {
    propagate(false);
    const mark = trail.length;
    trials++;
    const holds = change() && propagate(true);
    if (!holds) undoTo(mark);
    if (--trials === 0) trail.length = 0;
    return holds;
  };
  const tentatively = (change: () => boolean): boolean => {
    const own: Constraint[] = (added = []);
    const holds = attempt(change);
    added = undefined;
    if (!holds) for (const c of own) finished.add(c);
    return holds;
  };
  const fitting = (change: () => boolean): boolean => {
    const mark = trail.length;
    trials++;
    const holds = change();
    if (!holds) takeBack(mark);
    if (--trials === 0) trail.length = 0;
    return holds;
  };
  const probe = (change: () => boolean): { readonly fits: boolean; readonly asks: boolean } => {
    const mark = trail.length;
    const outer = probing;
    trials++;
    probing = true;
    const fits = change();
    const asks = trail.length > mark;
    takeBack(mark);
    probing = outer;
    trials--;
    return { fits, asks };
  };
  const unknown = (array = false): Dim => {
    const name = `?${count++}`;
    if (array) put(arrays, name);
    return dimName(name);
  };
  return {
    unknown,
    resultShape: () => {
      const s = shape(unknown(), unknown());
      for (const d of [s.rows, s.cols]) results.add(d.key);
      return s;
    },
    unknownShape: (array) => shape(unknown(array), unknown(array)),
    resolve,
    resolveShape: (s) => {
      const rows = hasUnknown(s.rows) ? resolve(s.rows) : s.rows;
      const cols = s.cols === s.rows ? rows : hasUnknown(s.cols) ? resolve(s.cols) : s.cols;
      return rows === s.rows && cols === s.cols ? s : shape(rows, cols);
    },
    isKnown,
    isArraySize: (dim) => resolve(dim).terms.some((t) => t.names.some((n) => arrays.has(n))),
    isTouched: (u) => u.terms.some((t) => t.names.some((n) => touched.has(n))),
    markArray: (dim) => {
      for (const t of resolve(dim).terms) {
        for (const n of t.names) {
          if (!isUnknown(n)) continue;
          put(arrays, n);
          wake(n);
        }
      }
    },
    unify,
    unifyShape: (a, b) => unify(a.rows, b.rows) && unify(a.cols, b.cols),
    isPending: (c) => !finished.has(c),
    wouldFit: (change) => probe(change).fits,
    asksNothing: (change) => {
      const { fits, asks } = probe(change);
      return fits && !asks;
    },
    add, propagate, attempt, tentatively, fitting,
  };
}
