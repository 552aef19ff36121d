/**
 * The fault table of generated code: 41 programs that bring every kind of kernel and loop into play, at singular, indefinite, zero,
 * tiny and huge inputs, beside 64-digit values, in all targets, and with NaN and Infinity at every entry. Each function gives its
 * value within the bound, says that there is none, or gives NaN or Infinity; none gives a wrong number without a word.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { libraryCode, numpyCodes } from './fault-codes';
import { FAULTS, pointAt, ROWS, SIZES } from './fault-inputs';
import { flatCode, outcomes, preparedRow, type Code } from './fault-table';
import { argumentsOf, load } from './harness';

const TARGETS = ['typescript', 'typescript-wasm'] as const, LIBRARIES = ['ml-matrix', 'mathjs'] as const;

describe('values, errors and what is not finite', () => {
  let python: readonly Code[] = [];
  beforeAll(() => { python = numpyCodes(ROWS.map(preparedRow)); }, 200000);
  test.each(ROWS.map((row, k) => ({ ...row, k })))('$title', ({ k, ...row }) => {
    const prepared = preparedRow(row);
    const words = outcomes(row, [...TARGETS.map((t) => flatCode(prepared, t)), ...LIBRARIES.map((t) => libraryCode(prepared, t)), python[k] as Code]);
    const names = [...TARGETS, ...LIBRARIES, 'numpy'];
    words.forEach((made, at) => {
      const others = names[at] === 'numpy' ? row.numpy : at >= TARGETS.length ? row.libraries : undefined;
      const expected = row.expected.split(' ').map((word, f) => others?.[FAULTS[f]?.name ?? ''] ?? word);
      FAULTS.forEach((f, i) => {
        expect(made.split(' ')[i], `${names[at]}, ${f.name}`).not.toMatch(/WRONG/);
        expect(made.split(' ')[i], `${names[at]}, ${f.name}`).toBe(expected[i]);
      });
    });
  }, 60000);
});

/** NaN or Infinity goes in, and finite numbers come out: only where the entry is not read (half of a symmetric matrix), or the value is the limit. */
describe.each(TARGETS)('NaN and Infinity, %s', (target) => {
  test.each(ROWS)('$title', (row) => {
    const { input } = preparedRow(row);
    const module = generateModule([input], { target });
    const code = load(module.text);
    const silent: string[] = [];
    for (const f of module.functions) {
      const values = new Map([...pointAt(FAULTS[0]!)].map(([name, v]) => [name, Float64Array.from(v.data, Number)] as const));
      const direction = f.parameters.find((x) => x.role === 'direction');
      const ones = direction?.type === 'number' ? 1 : new Float64Array(direction ? direction.shape.reduce((n, d) => n * (SIZES.get(d) ?? Number(d)), 1) : 0).fill(1);
      const call = (): readonly number[] | undefined => {
        try {
          const made = code[f.name]?.(...argumentsOf(f, values, SIZES, ones));
          return typeof made === 'number' ? [made] : made && [...made];
        } catch (error) { expect(String(error)).toMatch(/definite|singular|NaN|negative|eigenvalue|too small|too large/); return undefined; }
      };
      const ordinary = call();
      for (const p of f.parameters.filter((x) => x.role === 'input' && x.type === 'Float64Array')) {
        const a = values.get(p.name)!;
        for (const at of a.keys()) {
          const old = a[at]!;
          const withEntry = (x: number): readonly number[] | undefined => { a[at] = x; const made = call(); a[at] = old; return made; };
          if (JSON.stringify(withEntry(old * 1.01 + 0.01)) === JSON.stringify(ordinary)) continue;
          const finite = (x: readonly number[] | undefined): boolean => x?.every((v) => Number.isFinite(v)) ?? false;
          if (finite(withEntry(NaN))) silent.push(`${f.kind}: NaN at ${p.name}[${at}]`);
          const limit = withEntry(1e200);
          const made = withEntry(Infinity);
          if (finite(made) && !made?.every((v, k) => Math.abs(v - (limit?.[k] ?? NaN)) <= 1e-12)) silent.push(`${f.kind}: Infinity at ${p.name}[${at}]`);
        }
      }
    }
    expect(silent).toEqual([]);
  });
});
