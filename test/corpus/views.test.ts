/** Every view that is printed, read again with the case's file and evaluated, against the stored tensor. */
import { expect, test } from 'vitest';
import { isScalar } from '../../core/algebra/dim';
import type { Program } from '../../core/algebra/program';
import { declarationOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import type { FormName } from '../../core/notation/presentation';
import { workspaceOf } from '../../core/notation/subject';
import { evaluate, type NumericArray } from '../../core/numeric/evaluate';
import { sourceOf } from '../../cli/files';
import { asked } from '../../cli/requests';
import { pointOf } from '../../cli/values';
import { cases, distance, sourceFrom, type Case } from './cases';

const FORMS: readonly FormName[] = ['differential', 'directional', 'gradient', 'components', 'index', 'vec'];
const STRUCTURED = ['symmetric', 'skew', 'diagonal', 'lower', 'upper', 'posdef', 'possemidef', 'orthogonal', 'tridiagonal'];
const isRequest = (line: string): boolean => /^\s*(?:grad|jacobian|hessian|diff|hvp|vjp)\s*\(|^\s*∂|^\s*check\b/.test(line);

/** The last expression of a text at a point. */
function valueOf(text: string, values: Record<string, unknown>): NumericArray {
  const source = sourceOf('view.mcalc', text);
  const program = source.analysis.parts[0]?.compiled.program as Program;
  const errors = [...(source.analysis.parts[0]?.compiled.diagnostics ?? []), ...program.diagnostics].filter((d) => d.severity === 'error');
  expect(errors.map((e) => e.message), text).toEqual([]);
  const request = program.requests.at(-1);
  if (!request) throw new Error(`nothing to evaluate in ${text}`);
  return evaluate(workspaceOf(program).node(request.term), pointOf(program, values, []));
}

for (const c of cases.filter((x) => (x.order ?? 1) === 1)) {
  const chosen = asked(sourceFrom(c), c.of, c.wrt);
  const p = present(chosen.program, chosen.request);
  const x = chosen.program.variables.get(c.wrt);
  const base = c.mcalc.split('\n').filter((line) => !isRequest(line)).join('\n');
  for (const name of FORMS) {
    if ('refused' in p || !x) { test(`${c.id} ${name}`, () => expect.fail('refused')); continue; }
    const form = p.forms[name];
    const isGradient = name === 'gradient';
    const scalarF = c.value.data.length === 1;
    if (isGradient && !scalarF && !isScalar(x.shape)) continue;
    test(`${c.id} ${name}`, () => {
      expect(form, 'the form is there').toBeDefined();
      if (!form) return;
      const where = p.where.map((w) => w.text).join('\n');
      check(c, name, form.text, form.indices, (extra) => [base, extra, where, form.text].join('\n'), declarationOf(x.shape, x.words), p.direction);
    });
  }
}

function check(c: Case, name: FormName, _text: string, indices: readonly string[] | undefined, text: (extra: string) => string, type: string, direction: string): void {
  const [m, n, p, q] = c.derivative.shape as [number, number, number, number];
  const D = (i: number, j: number, k: number, l: number): number => c.derivative.data[((i * n + j) * p + k) * q + l] ?? NaN;
  const values = { ...c.values };
  const isStructured = STRUCTURED.some((w) => new RegExp(`\\b${c.wrt}\\b[^\\n]*:[^\\n]*\\b${w}\\b`).test(c.mcalc));
  const V = Array.from({ length: p * q }, (_, k) => ((k * 7 + 3) % 11) / 5 - 1);
  const at = (k: number, l: number): number => {
    if (!isStructured) return V[k * q + l] ?? 0;
    // A direction within the space: the derivative is that of the space, so its own adjoint image of V serves.
    return D(0, 0, k, l);
  };
  const largest = Math.max(...c.derivative.data.map(Math.abs));
  const close = (got: NumericArray, want: readonly number[]): void => expect(distance(got.data, want, largest)).toBeLessThan(Math.max(1e-7, c.tolerance ?? 0));
  switch (name) {
    case 'differential': case 'directional': {
      if (isStructured && m * n > 1) return;
      const symbol = name === 'differential' ? `d${c.wrt}` : direction;
      const rows = Array.from({ length: p }, (_, k) => Array.from({ length: q }, (_, l) => at(k, l)));
      values[symbol] = p === 1 && q === 1 ? rows[0]?.[0] : rows;
      const want = Array.from({ length: m * n }, (_, r) => rows.flatMap((row, k) => row.map((v, l) => D(Math.floor(r / n), r % n, k, l) * v)).reduce((a, b) => a + b, 0));
      close(valueOf(text(`${symbol} : ${type}`), values), want);
      return;
    }
    case 'gradient': close(valueOf(text(''), values), p * q === 1 ? Array.from(c.derivative.data) : Array.from({ length: p * q }, (_, k) => D(0, 0, Math.floor(k / q), k % q))); return;
    case 'vec': close(valueOf(text(''), values), Array.from({ length: m * n * p * q }, (_, e) => {
      const [r, col] = [Math.floor(e / (p * q)), e % (p * q)];
      return D(r % m, Math.floor(r / m), col % p, Math.floor(col / p));
    })); return;
    case 'components': case 'index': {
      const names = indices ?? [];
      for (let e = 0; e < p * q * (name === 'index' ? m * n : 1); e++) {
        const [k, l] = [Math.floor(e / q) % p, e % q];
        const [i, j] = [Math.floor(e / (p * q * n)) % m, Math.floor(e / (p * q)) % n];
        const axes = (rows: number, cols: number, a: number, b: number, count: number): number[] => (count === 0 ? [] : count === 1 ? [cols === 1 ? a + 1 : b + 1] : [a + 1, b + 1]);
        const ofX = x(names, name, c);
        const given = [...axes(m, n, i, j, names.length - ofX), ...axes(p, q, k, l, ofX)];
        names.forEach((s, at2) => { values[s] = given[at2] ?? 1; });
        const got = valueOf(text(names.length > 0 ? `${names.join(', ')} : scalar` : ''), values);
        close(got, name === 'components' ? Array.from({ length: m * n }, (_, r) => D(Math.floor(r / n), r % n, k, l)) : [D(i, j, k, l)]);
      }
      return;
    }
    default: return;
  }
}

/** How many of the indices are X's: none for a scalar, one for a column, two for a matrix. */
function x(names: readonly string[], name: FormName, c: Case): number {
  if (name === 'components') return names.length;
  const program = sourceFrom(c).analysis.parts[0]?.compiled.program;
  const s = program?.variables.get(c.wrt)?.shape;
  return !s || isScalar(s) ? 0 : s.cols.key === '1' ? 1 : 2;
}
