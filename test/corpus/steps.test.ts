/** Every line of every derivation of the corpus, read again and evaluated as it is written, against the stored tensor: each is equal to the next. */
import { expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { asked } from '../../cli/requests';
import { pointOf } from '../../cli/values';
import { disagreements, linesOf, type Line, type Slopes } from '../printed/lines';
import { cases, sourceFrom, type Case } from './cases';

const TOLERANCE = { tolerance: 1e-7, loose: 1e-6 } as const;

interface Derived { readonly steps: readonly Line[]; readonly wrong: (lines: readonly Line[]) => readonly string[] }

const made = new Map<string, Derived>();
function derived(c: Case): Derived {
  const old = made.get(c.id) ?? derive(c);
  made.set(c.id, old);
  return old;
}

function derive(c: Case): Derived {
  const { program, request: first } = asked(sourceFrom(c), c.of, c.wrt);
  const request = { ...first, ...(c.order === 2 && { kind: 'hessian' as const }) };
  const presented = present(program, request);
  if ('refused' in presented) throw new Error(presented.refused.message);
  // A Hessian is the gradient's Jacobian.
  const [m = 1, n = 1, p = 1, q = 1] = c.order === 2 ? c.derivative.shape.slice(2) : c.derivative.shape;
  const slopes: Slopes = { m, n, p, q, D: c.derivative.data };
  const at = pointOf(program, c.values, []);
  const tolerance = Math.max(TOLERANCE.tolerance, c.tolerance ?? 0);
  return {
    steps: linesOf(presented).filter((l) => l.name === 'step'),
    wrong: (lines) => disagreements(program, c.wrt, presented, at, slopes, { ...TOLERANCE, tolerance, scale: 1e-2, lines }).map((w) => `${w.line.text}: ${w.reason}`),
  };
}

test.each(cases.map((c) => [c.id, c] as const))('%s', (_, c) => {
  const { steps, wrong } = derived(c);
  expect(steps.length).toBeGreaterThan(0);
  expect(wrong(steps)).toEqual([]);
});

test('there are several lines a case', () => {
  const counts = cases.map((c) => derived(c).steps.length);
  expect(counts.reduce((a, b) => a + b, 0)).toBeGreaterThan(3 * cases.length);
});

test('a line that is a thousandth off is noticed, in every derivation', () => {
  const missed = cases.filter((c) => {
    const { steps, wrong } = derived(c);
    const last = steps.at(-1);
    const isZero = c.derivative.data.every((d) => Math.abs(d) < 1e-9);
    return last && !isZero && wrong([{ ...last, text: `1.001*(${last.text})` }]).length === 0;
  });
  expect(missed.map((c) => c.id)).toEqual([]);
});
