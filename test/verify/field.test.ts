/** Exactly, in a finite field: the rational anchor problems with every line of their derivations, and the rational identities. */
import { describe, expect, test } from 'vitest';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import { resolve } from '../../core/algebra/resolve';
import { declarationOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { identities } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';
import { drawField, evaluateField, projectF, sameField, type FieldMatrix } from '../../core/verify/field';
import { mulJ, powJ, sameJet } from '../../core/verify/field-jet';
import { scaleF, tabulateF, totalF, zipF } from '../../core/verify/field-matrix';
import { mulF, PRIME, rootF, signF } from '../../core/verify/field-numbers';
import { OutsideDomain } from '../../core/verify/oracle';
import { problems } from '../anchors/problems';
import { randomFrom } from '../fuzz/random';
import { open, plain } from '../notation/program';
import { asDifferential, linesOf, readBack } from '../printed/lines';
import { DECLARED, examplesOf } from '../simplify/rows';

const SIZES = new Map(Object.entries({ m: 4, n: 3, k: 2 }));
/** A field without roots of some numbers: another point, then. */
const POINTS = 12;
const generator = (seed: number): (() => number) => { const r = randomFrom(seed); return () => r.next(); };

test('arithmetic modulo the prime is that of whole numbers', () => {
  const r = randomFrom(3);
  for (let k = 0; k < 200; k++) {
    const [a, b] = [Math.floor(r.next() * PRIME), Math.floor(r.next() * PRIME)];
    expect(mulF(a, b)).toBe(Number((BigInt(a) * BigInt(b)) % BigInt(PRIME)));
    const square = mulF(a, a);
    expect(mulF(rootF(square), rootF(square))).toBe(square);
    expect(signF(rootF(square))).toBe(square === 0 ? 0 : 1);
  }
  // (x + ε)^(1/2) squared is x + ε.
  const x = [mulF(7, 7), 1, 1, 0];
  const root = powJ(x, { n: 1n, d: 2n });
  expect(sameJet(mulJ(root, root), x)).toBe(true);
});

interface Line { readonly text: string; readonly name: string; readonly where: readonly string[] }
/** The lines that are not the derivative, exactly; undefined where the function is not rational. */
function wrongLines(text: string, by: string, order: 1 | 2, change = (line: Line): string => line.text): { readonly wrong: string[]; readonly checked: number } | undefined {
  const program = resolve(parse(text));
  const request = program.requests.at(-1) as ProgramRequest;
  const presented = present(program, request);
  const x = program.variables.get(by);
  if ('refused' in presented || !x) throw new Error(text);
  const base = text.split('\n').slice(0, -1).join('\n');
  const moved = [`d${by}`, presented.direction];
  const function_ = order === 2 ? `grad(F, ${by})` : 'F';
  const wanted = readBack([base, `d${by} : ${declarationOf(x.shape, x.words)}`, `diff(${function_}, ${by}, d${by})`].join('\n'));
  for (let seed = 1; seed <= POINTS; seed++) {
    try {
      const at = drawField(program, SIZES, generator(seed));
      const X = at.values.get(by) as FieldMatrix;
      const random = generator(seed + 100);
      const V = projectF(x.words, X, tabulateF(X.rows, X.cols, () => [Math.floor(random() * PRIME)]));
      const withV = { sizes: at.sizes, values: new Map([...at.values, ...moved.map((name) => [name, V] as const)]) };
      const want = evaluateField(wanted.program, wanted.term, withV);
      const wrong: string[] = [];
      let checked = 0;
      for (const line of linesOf(presented)) {
        const gradient = line.name === 'gradient';
        if (!gradient && line.name !== 'differential' && line.name !== 'directional' && line.name !== 'step') continue;
        const read = asDifferential(change(line), by);
        const where = line.where.map((w) => (line.name === 'step' ? asDifferential(w, by) : w));
        if (line.name === 'step' && !new RegExp(`(?<![\\p{L}\\p{N}_])d${by}(?![\\p{L}\\p{N}_])`, 'u').test([read, ...where].join('\n'))) continue;
        const view = readBack([base, ...(gradient ? [] : moved.map((name) => `${name} : ${declarationOf(x.shape, x.words)}`)), ...where, read].join('\n'));
        const got = evaluateField(view.program, view.term, withV);
        checked++;
        const is = gradient && want.data.length === 1 ? sameField({ rows: 1, cols: 1, data: [totalF(zipF(got, V, mulJ).data)] }, want) : gradient || sameField(got, want);
        if (!is) wrong.push(`${line.name}: ${line.text}`);
      }
      return { wrong, checked };
    } catch (error) {
      if (!(error instanceof OutsideDomain)) throw error;
      if (/not rational|no value|no body|does not have/.test(error.message)) return undefined;
    }
  }
  return undefined;
}

const texts = problems.map((p) => [p, `${p.text}\n${p.order === 2 ? 'hessian' : /\bF = .*(?:tr|det|norm|norm1|normF|sum)\(|'\*[a-z]$/.test(p.text) && p.form === 'gradient' ? 'grad' : 'jacobian'}(F, ${p.by})`] as const);
describe('anchor problems', () => {
  let exact = 0;
  test.each(texts.map(([p, text]) => [`${p.id} ${p.name}`, p, text] as const))('%s', (_, p, text) => {
    const found = wrongLines(text, p.by, p.order ?? 1);
    if (!found) return;
    exact++;
    expect(found.wrong).toEqual([]);
    expect(found.checked).toBeGreaterThan(2);
    const twin = wrongLines(text, p.by, p.order ?? 1, (line) => (line.name === 'directional' ? `2*(${line.text})` : line.text));
    expect(twin?.wrong.length).toBeGreaterThan(0);
  });
  test('most of them are rational', () => expect(exact).toBeGreaterThan(35));
});

test('every rational identity, exactly, and twice its right side is something else', () => {
  const wrong: string[] = [];
  const missed: string[] = [];
  let exact = 0;
  for (const row of identities) {
    for (const example of examplesOf(row.op, row.text)) {
      let printed: string;
      try { printed = plain(`${DECLARED}\n${example}`); } catch { continue; }
      const program: Program = open(`${DECLARED}\n${example}`).program;
      const read = (text: string): ReturnType<typeof readBack> => readBack(`${DECLARED}\n${text}`);
      for (let seed = 1; seed <= POINTS; seed++) {
        try {
          const at = drawField(program, SIZES, generator(seed));
          const [left, right] = [read(example), read(printed)].map((r) => evaluateField(r.program, r.term, at)) as [FieldMatrix, FieldMatrix];
          exact++;
          if (!sameField(left, right)) wrong.push(`${example} is not ${printed}`);
          if (left.data.some((x) => x.some((c) => c !== 0)) && sameField(left, scaleF([2], right))) missed.push(example);
          break;
        } catch (error) {
          if (!(error instanceof OutsideDomain)) throw error;
          if (/not rational/.test(error.message)) break;
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(missed).toEqual([]);
  expect(exact).toBeGreaterThan(100);
});
