/** Every row of the rule tables with a domain to draw its arguments from: what `rows.test.ts` checks, each next to a mutated twin. */
import type { Rule } from '../../core/calculus/rules';

/** Declarations of A, B, C of a row by its operator; a matrix(m, n) where nothing is said. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  det: ['matrix(n, n) invertible'], logdet: ['matrix(n, n) posdef'], adj: ['matrix(n, n) invertible'], chol: ['matrix(n, n) posdef'], expm: ['matrix(n, n)'], logm: ['matrix(n, n) posdef'],
  sylvester: ['matrix(n, n) posdef', 'matrix(k, k) posdef', 'matrix(n, k)'], softmax: ['vector(n)'], eigmax: ['matrix(n, n) symmetric'], eigmin: ['matrix(n, n) symmetric'],
  eigvals: ['matrix(n, n) symmetric'], eigvecs: ['matrix(n, n) symmetric'], prod: ['vector(n) positive'], reciprocalGaps: ['vector(n)'], normInf: ['vector(n)'], max: ['vector(n)', 'vector(n)'], min: ['vector(n)', 'vector(n)'],
  inv: ['matrix(n, n) invertible'], sqrtm: ['matrix(n, n) posdef'], invsqrtm: ['matrix(n, n) posdef'], powm: ['matrix(n, n) posdef'],
};
/** The changes of a structured argument stay in its space. */
const directionOf = (declared: string): string => declared.replace(/\b(?:posdef|symmetric)\b/, 'symmetric').replace(/ (?:invertible|positive|fullrank)/, '');

export interface RowCheck { readonly rule: Rule; readonly program: string; readonly value: string; readonly change: string; readonly by: readonly string[] }

/** A row as a program: its value as F, its differential as a request of its own. `p` is 1/3, and the text of the pattern is the value. */
export function rowCheck(rule: Rule, declared = ARGUMENTS[rule.op] ?? ['matrix(m, n) fullrank']): RowCheck {
  const letters = ['A', 'B', 'C'].slice(0, declared.length);
  const [rows, cols] = (/\(([^)]*)\)/.exec(declared[0] ?? '')?.[1] ?? 'n').split(', ') as [string, string?];
  const power = (text: string): string => text.replace(/\bp\b/g, '1/3').replace(/\^1\/3/g, '^(1/3)').replace(/\b(?:maximum|minimum)\b/g, (w) => w.slice(0, 3));
  const sized = (text: string): string => power(text).replace(/\bIm\b/g, `I(${rows})`).replace(/\bIn\b/g, `I(${cols ?? '1'})`).replace(/\[:, n\]/g, `[:, ${rows}]`);
  const value = power(rule.of);
  return {
    rule, value, change: sized(rule.differential), by: letters,
    program: ['dim m >= n', ...letters.map((l, i) => `${l} : ${declared[i] ?? ''}`), ...letters.map((l, i) => `d${l} : ${directionOf(declared[i] ?? '')}`),
      ...(rule.where ?? []).map(power), `F = ${value}`].join('\n'),
  };
}

/**
 * Wrong rows that look right: a sign, a transpose, a number, a factor. Each is one edit away; a mutation that changes nothing at any
 * point (the transpose of a symmetric value) is no mistake and is left out by `HARMLESS`.
 */
export function mutations(text: string): string[] {
  const out = [`2*(${text})`, `-(${text})`];
  const sign = text.search(/ [-+] (?=[^)]*$)/);
  if (sign >= 0) out.push(`${text.slice(0, sign)} ${text[sign + 1] === '+' ? '-' : '+'} ${text.slice(sign + 3)}`);
  return out;
}
