/** What the planner can know of an expression: symmetry, definiteness, sign, triangular form. Only what is certain. */
import { isOneQ, isIntegerQ, toNumber } from '../algebra/rational';
import { constantDim, isScalar } from '../algebra/dim';
import type { StructureWord } from '../algebra/program';
import type { Expr } from './expr';
import type { Exprs } from './exprs';
import { isSquare } from './exprs';
import { onceEach } from './once-each';

export type Sign = 'positive' | 'nonnegative' | undefined;
export type Definite = 'posdef' | 'possemidef' | undefined;
export type Triangle = 'lower' | 'upper' | undefined;

export interface Facts {
  isSymmetric(e: Expr): boolean;
  /** The sign of every entry. */
  sign(e: Expr): Sign;
  definite(e: Expr): Definite;
  triangle(e: Expr): Triangle;
}

const POSITIVE_MAPS = new Set(['exp', 'cosh', 'sigmoid', 'softplus']);
const NONNEGATIVE_MAPS = new Set(['abs', 'step', 'relu', 'normcdf', 'inverseMills', 'square', 'sigmoidSlope']);

export function createFacts(ex: Exprs): Facts {
  const signs = new Map<number, Sign>();
  const definites = new Map<number, Definite>();
  const isSymmetric = (e: Expr): boolean => isSquare(e.shape) && ex.transpose(e) === e;

  const sign = (e: Expr): Sign => {
    if (signs.has(e.id)) return signs.get(e.id);
    const made = findSign(e);
    signs.set(e.id, made);
    return made;
  };
  const weakest = (list: readonly Sign[]): Sign =>
    list.some((s) => s === undefined) ? undefined : list.every((s) => s === 'positive') ? 'positive' : 'nonnegative';
  const findSign = (e: Expr): Sign => {
    switch (e.kind) {
      case 'number': return toNumber(e.value) > 0 ? 'positive' : toNumber(e.value) === 0 ? 'nonnegative' : undefined;
      case 'size': case 'ones': return 'positive';
      case 'literal': return e.text === 'Math.PI' ? 'positive' : undefined;
      case 'identity': case 'zeros': case 'unit': case 'range': return 'nonnegative';
      case 'leaf': {
        const entrywise = isScalar(e.shape) || !(e.words.has('posdef') || e.words.has('possemidef'));
        return e.words.has('positive') && entrywise ? 'positive' : e.words.has('nonnegative') ? 'nonnegative' : undefined;
      }
      case 'transpose': return sign(e.arg);
      case 'times': return weakest(e.powers.map((p) => {
        const even = isIntegerQ(p.exponent) && p.exponent.n % 2n === 0n && p.exponent.n > 0n;
        return sign(p.base) ?? (even ? 'nonnegative' : undefined);
      }));
      case 'sum': {
        const all = e.terms.map((t) => weakest([sign(t.coefficient), sign(t.arg)]));
        if (all.some((s) => s === undefined)) return undefined;
        return all.includes('positive') ? 'positive' : 'nonnegative';
      }
      case 'map': return POSITIVE_MAPS.has(e.fn) ? 'positive' : NONNEGATIVE_MAPS.has(e.fn) ? 'nonnegative' : undefined;
      case 'diag': return sign(e.arg) ? 'nonnegative' : undefined;
      case 'diagOf': return definite(e.arg) === 'posdef' ? 'positive' : definite(e.arg) ? 'nonnegative' : sign(e.arg);
      case 'total': return sign(e.arg);
      case 'product':
        if (isScalar(e.shape) && isPalindrome(e.factors)) return 'nonnegative';
        return weakest(e.factors.map(sign)) ? 'nonnegative' : undefined;
      case 'call':
        if (e.op === 'positiveSpectrum') return 'positive';
        if (e.op === 'nonnegativeSpectrum') return 'nonnegative';
        if (e.op === 'eigSym' && e.part === 1) { const d = e.args[0] && definite(e.args[0]); return d === 'posdef' ? 'positive' : d ? 'nonnegative' : undefined; }
        return e.op === 'norm' || e.op === 'squaredDistances' || (e.op === 'weightedSquaredDistances' && e.args[2] !== undefined && sign(e.args[2]) !== undefined) || (e.op === 'svd' && e.part === 1) ? 'nonnegative' : undefined;
      case 'inverse': case 'trace': return undefined;
    }
  };

  /** G'MG with M positive semidefinite, or G'G. */
  const isPalindrome = (factors: readonly Expr[]): boolean => {
    const n = factors.length;
    for (let i = 0; i < n >> 1; i++) {
      const a = factors[i];
      const b = factors[n - 1 - i];
      if (!a || !b || ex.transpose(a) !== b) return false;
    }
    const middle = factors[n >> 1];
    return n % 2 === 0 || (middle !== undefined && definite(middle) !== undefined);
  };

  const definite = (e: Expr): Definite => {
    if (definites.has(e.id)) return definites.get(e.id);
    definites.set(e.id, undefined);
    const made = isSquare(e.shape) && !isScalar(e.shape) ? findDefinite(e) : undefined;
    definites.set(e.id, made);
    return made;
  };
  const findDefinite = (e: Expr): Definite => {
    switch (e.kind) {
      case 'identity': return 'posdef';
      case 'leaf': return e.words.has('posdef') ? 'posdef' : e.words.has('possemidef') ? 'possemidef' : undefined;
      case 'diag': { const s = sign(e.arg); return s === 'positive' ? 'posdef' : s ? 'possemidef' : undefined; }
      case 'product': return isPalindrome(e.factors) ? 'possemidef' : undefined;
      case 'inverse': return definite(e.arg) ? 'posdef' : undefined;
      case 'sum': {
        let strict = false;
        for (const t of e.terms) {
          const c = sign(t.coefficient);
          const d = definite(t.arg);
          if (!c || !d) return undefined;
          if (c === 'positive' && d === 'posdef') strict = true;
        }
        return strict ? 'posdef' : 'possemidef';
      }
      default: return undefined;
    }
  };

  const triangle: (e: Expr) => Triangle = onceEach((e) => {
    switch (e.kind) {
      case 'leaf': return isSquare(e.shape) && e.words.has('lower') ? 'lower' : isSquare(e.shape) && e.words.has('upper') ? 'upper' : undefined;
      case 'transpose': { const t = triangle(e.arg); return t === 'lower' ? 'upper' : t === 'upper' ? 'lower' : undefined; }
      case 'call': return e.op === 'chol' ? 'lower' : undefined;
      case 'inverse': return triangle(e.arg);
      case 'map': return e.fn === 'tril' || e.fn === 'phi' ? 'lower' : e.fn === 'triu' || e.fn === 'phiT' ? 'upper' : undefined;
      case 'product': { const [first] = e.factors; const t = first && triangle(first); return t && e.factors.every((f) => triangle(f) === t) ? t : undefined; }
      case 'sum': { const [first] = e.terms; const t = first && triangle(first.arg); return t && e.terms.every((x) => triangle(x.arg) === t || x.arg.kind === 'identity' || x.arg.kind === 'diag') ? t : undefined; }
      default: return undefined;
    }
  });
  return { isSymmetric, sign, definite, triangle };
}

/** What a stored value of this expression may be declared as. */
export function wordsOf(facts: Facts, e: Expr): ReadonlySet<StructureWord> {
  const triangle = facts.triangle(e);
  const sign = facts.sign(e);
  return new Set<StructureWord>([...(facts.isSymmetric(e) ? ['symmetric' as const] : []), ...(triangle ? [triangle] : []), ...(sign ? [sign] : [])]);
}

/** The factors of a symmetric matrix, Cholesky's where it turns out to be definite: of a size that only the call knows, for kernels of written sizes have LU alone. */
export function isFactorOfSymmetric(facts: Facts, value: Expr | undefined): boolean {
  const of = value?.kind === 'call' && value.op === 'lu' ? value.args[0] : undefined;
  return of !== undefined && facts.isSymmetric(of) && (constantDim(of.shape.rows) ?? Infinity) > 4;
}

/** A parameter declared tridiagonal, or its transpose. */
export const isBand = (e: Expr): boolean => {
  const leaf = e.kind === 'transpose' ? e.arg : e;
  return leaf.kind === 'leaf' && leaf.words.has('tridiagonal') && isSquare(leaf.shape);
};
/** A coefficient as a sign and what is left: numbers, and a scalar whose one term has a negative number before it. */
export function signed(c: Expr): { readonly negative: boolean; readonly size: Expr } {
  const turn = (e: Expr & { kind: 'number' }): Expr => ({ ...e, id: -1, value: { n: -e.value.n, d: e.value.d } });
  if (c.kind === 'number' && c.value.n < 0n) return { negative: true, size: turn(c) };
  const [t] = c.kind === 'sum' ? c.terms : [];
  if (c.kind === 'sum' && c.terms.length === 1 && t && t.coefficient.kind === 'number' && t.coefficient.value.n < 0n) {
    const coefficient = turn(t.coefficient);
    return { negative: true, size: isNumberOne(coefficient) ? t.arg : { ...c, id: -1, terms: [{ coefficient, arg: t.arg }] } };
  }
  return { negative: false, size: c };
}
export const isNumberOne = (e: Expr): boolean => e.kind === 'number' && isOneQ(e.value);
