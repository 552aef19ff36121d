/** The problems of `problems.ts`: every printed form, every line of the derivation and the literature's answer against stored tensors; Hessians too. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import type { Presentation } from '../../core/notation/presentation';
import { workspaceOf } from '../../core/notation/subject';
import { array } from '../../core/numeric/array';
import { evaluate } from '../../core/numeric/evaluate';
import { parse } from '../../core/syntax/parse';
import { distance } from '../corpus/cases';
import type { FuzzPoint } from '../fuzz/point';
import { disagreements, linesOf, type Slopes } from '../printed/lines';
import { problems, type Problem } from './problems';
import type { Stored } from './store';

const tensors = JSON.parse(readFileSync(path.join(import.meta.dirname, '../data/anchors.json'), 'utf8')) as Readonly<Record<string, Stored>>;
const TOLERANCE = { value: 1e-9, form: 1e-8, differences: 1e-6 } as const;

interface Asked { readonly program: Program; readonly presented: Presentation }
function ask(p: Problem, request: string): Asked {
  const program = resolve(parse(`${p.text}\n${request}(F, ${p.by})`));
  expect(program.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const presented = present(program, program.requests.at(-1) as ProgramRequest);
  if ('refused' in presented) throw new Error(presented.refused.message);
  return { program, presented };
}
const pointOf = (s: Stored): FuzzPoint => ({
  sizes: new Map(Object.entries(s.sizes)), values: new Map(Object.entries(s.values).map(([name, v]) => [name, array(v.rows, v.cols, Float64Array.from(v.data))])),
});
function slopesOf(p: Problem, s: Stored, order: 1 | 2): Slopes {
  const X = s.values[p.by] as Stored['value'];
  return order === 2 ? { m: X.rows, n: X.cols, p: X.rows, q: X.cols, D: s.second ?? [] } : { m: s.value.rows, n: s.value.cols, p: X.rows, q: X.cols, D: s.derivative };
}
const check = (p: Problem, { program, presented }: Asked, at: FuzzPoint, slopes: Slopes): void => {
  // A second derivative that is zero is compared with the first in size.
  const scale = 1e-2;
  const wrong = disagreements(program, p.by, presented, at, slopes, { tolerance: TOLERANCE.form, loose: TOLERANCE.differences, scale });
  expect(wrong.map((w) => `${w.line.name}: ${w.line.text} ${w.reason}`)).toEqual([]);
};

describe.each(problems.map((p) => [`${p.id} ${p.name}`, p] as const))('%s', (_, p) => {
  const s = tensors[p.id] as Stored;
  const at = pointOf(s);

  test('value, every form and every line', () => {
    const asked = ask(p, s.value.data.length === 1 ? 'grad' : 'jacobian');
    const F = workspaceOf(asked.program).definition('F');
    expect(distance(evaluate(F, at).data, s.value.data)).toBeLessThan(TOLERANCE.value);
    const names = new Set(linesOf(asked.presented).map((l) => l.name));
    for (const form of ['differential', 'directional', 'components', 'index', 'vec', 'step']) expect([...names]).toContain(form);
    if (s.value.data.length === 1) expect([...names]).toContain('gradient');
    check(p, asked, at, slopesOf(p, s, 1));
    for (const step of asked.presented.steps.slice(1)) expect(step.rule).not.toBe('');
  });

  if (s.value.data.length === 1) {
    test('the Hessian, in every form', () => {
      const asked = ask(p, 'hessian');
      check(p, asked, at, slopesOf(p, s, 2));
    });
  }

  test("the literature's answer", () => {
    const { program, presented } = ask(p, p.order === 2 ? 'hessian' : s.value.data.length === 1 ? 'grad' : 'jacobian');
    const line = { name: p.form, text: p.answer, where: [], indices: [] };
    const wrong = disagreements(program, p.by, { ...presented, direction: 'V' }, at, slopesOf(p, s, p.order ?? 1), { tolerance: TOLERANCE.form, lines: [line] });
    expect(wrong.map((w) => w.reason)).toEqual([]);
    // Negative control: twice the answer is no answer.
    const twice = disagreements(program, p.by, { ...presented, direction: 'V' }, at, slopesOf(p, s, p.order ?? 1), { tolerance: TOLERANCE.form, lines: [{ ...line, text: `2*(${p.answer})` }] });
    expect(twice).toHaveLength(1);
  });
});

test('there are the seventy-five, and each has a tensor that is not zero', () => {
  expect(problems.filter((p) => /^\d\d$/.test(p.id) && Number(p.id) <= 75)).toHaveLength(75);
  expect(new Set(problems.map((p) => p.id)).size).toBe(problems.length);
  for (const p of problems) {
    const s = tensors[p.id];
    expect(s, p.id).toBeDefined();
    expect(s?.derivative.some((d) => Math.abs(d) > 1e-6), p.id).toBe(true);
    expect(s?.second === undefined, p.id).toBe(s?.value.data.length !== 1);
  }
});

