/** Every differential of the rule tables against 64-digit differences at a drawn point; mutated twins of each must be rejected. */
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import type { Term } from '../../core/algebra/term';
import { eachRules, logsumexpOfColumn, pinvRules, powerRules, rules, tieRules, type Rule } from '../../core/calculus/rules';
import { parse } from '../../core/syntax/parse';
import { createOracle, fromPoint, type Oracle } from '../../core/verify/oracle';
import { add, largest, sub, type Matrix } from '../../core/verify/oracle-matrix';
import { drawPoint } from '../fuzz/point';
import { randomFrom } from '../fuzz/random';
import { mutations, rowCheck, type RowCheck } from './rows';

/** Digits that rounding of the differences leaves at the least. */
const ENOUGH = 1e-25;
const MUTANT = 1e-6;

interface Point { readonly oracle: (program: ReturnType<typeof resolve>) => Oracle; readonly values: ReadonlyMap<string, Matrix> }

function read(text: string): { readonly program: ReturnType<typeof resolve>; readonly terms: readonly Term[] } {
  const document = parse(text);
  const program = resolve(document);
  const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
  if (error) throw new Error(`${error.message} in\n${text}`);
  return { program, terms: program.requests.map((r) => r.term) };
}

function pointFor(check: RowCheck, seed: number): Point {
  const { program } = read(check.program);
  const at = drawPoint(program, 0, randomFrom(seed));
  const points = new Map([...at.values].map(([name, v]) => [name, { rows: v.rows, cols: v.cols, data: Array.from(v.data, String) }]));
  return { oracle: (p) => createOracle(p, at.sizes, points), values: new Map([...points].map(([name, p]) => [name, fromPoint(p)])) };
}

/** The relative distance of a differential, given as text, from the differences of the value. */
function distance(check: RowCheck, text: string, point: Point): number {
  const { program, terms } = read(`${check.program}\n${text}`);
  const oracle = point.oracle(program);
  const F = program.definitions.get('F')?.body;
  const change = terms.at(-1);
  if (!F || !change) throw new Error('nothing to compare');
  const found = oracle.evaluate(change);
  const want = check.by.map((x) => oracle.differentiate(F, x, point.values.get(`d${x}`) as Matrix)).reduce(add);
  const size = Math.max(largest(want).toNumber(), largest(oracle.evaluate(F)).toNumber() * 1e-3);
  if (found.rows !== want.rows || found.cols !== want.cols) return Infinity;
  return largest(sub(found, want)).toNumber() / size;
}

const PATTERNS: readonly (readonly [rule: Rule, declared?: readonly string[]])[] = [
  ...rules.map((r) => [r] as const), [logsumexpOfColumn, ['vector(n)']], ...Object.values(powerRules).map((r) => [r] as const),
  ...Object.values(tieRules).map((r) => [r] as const), [pinvRules.tall], [pinvRules.wide, ['matrix(n, m) fullrank']], [pinvRules.general], [pinvRules.general, ['matrix(n, m) fullrank']],
  // Every proportion.
  ...rules.filter((r) => /^(?:norm2|svd)/.test(r.op)).map((r) => [r, ['matrix(n, n)']] as const), ...rules.filter((r) => /^(?:norm2|svdu1|svdv1)/.test(r.op)).map((r) => [r, ['matrix(n, m)']] as const),
];
const zero = new Set(['argmax', 'sign', 'step']);

describe.each(PATTERNS.map(([r, d]) => [`${r.of}${d ? ` of ${d.join(', ')}` : ''}`, rowCheck(r, d)] as const))('d %s', (_, check) => {
  test('is right, and its mutated twins are not', () => {
    const point = pointFor(check, 11);
    expect(distance(check, check.change, point)).toBeLessThan(ENOUGH);
    if (zero.has(check.rule.op)) return;
    for (const wrong of mutations(check.change)) expect(distance(check, wrong, point), wrong).toBeGreaterThan(MUTANT);
  });
});

describe.each(eachRules.map((r) => [r.op, r] as const))('%s of every entry', (op, r) => {
  const domain = /x > 0|whole number/.test(r.condition ?? '') ? 'vector(n) positive' : 'vector(n)';
  const program = (derivative: string): RowCheck => ({
    rule: { op, of: op, differential: derivative, name: op, source: '' }, value: op, change: derivative, by: ['x'],
    program: `x : ${domain}\ndx : vector(n)\nF = ${op}(x)`,
  });
  const elementwise = (text: string): string => text.replace(/(?<![.])\*/g, ' .* ').replace(/(?<![.])\^/g, '.^').replace(/(?<![.])\/(?=[x(])/g, './');
  test('is right, and its mutated twins are not', () => {
    const check = program(`(${elementwise(r.derivative)}) .* dx`);
    const point = pointFor(check, 12);
    expect(distance(check, check.change, point)).toBeLessThan(ENOUGH);
    if (zero.has(op)) return;
    for (const wrong of mutations(check.change)) expect(distance(check, wrong, point), wrong).toBeGreaterThan(MUTANT);
  });
});

test('every row names its source and, off a domain, its condition', () => {
  for (const r of [...rules, ...Object.values(powerRules), ...Object.values(pinvRules), logsumexpOfColumn]) {
    expect(r.source, r.op).not.toBe('');
    expect(r.name, r.op).not.toBe('');
  }
});
