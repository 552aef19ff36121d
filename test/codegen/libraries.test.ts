/** The targets over ml-matrix and mathjs, compiled strictly and run with the real libraries over the corpus and our programs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { distance } from '../corpus/cases';
import { corpusRuns, programRuns, type Run, type Sized } from './drawn-requests';
import { prepare, requested } from './harness';
import { LIBRARIES, loadLibrary as load, type LibraryName } from './libraries';

/** What went wrong in these runs, in words. */
function failures(name: LibraryName, runs: readonly Run[]): readonly string[] {
  const { value, numbers } = LIBRARIES[name];
  return runs.flatMap((run) => {
    const wrong: string[] = run.module.refused.map((r) => `${run.id}, ${r.kind}: refused, ${r.reason}`);
    if (run.calls.length === 0) wrong.push(`${run.id}: nothing to call`);
    const code = load(run.module.text);
    for (const { f, args, want } of run.calls) {
      const given = args.map((a, i) => {
        const p = f.parameters[i];
        return 'shape' in a && p ? (p.type === 'number' ? (a as Sized).data[0] : value(a as Sized, p.shape[0] === '1' || p.shape[1] === '1')) : a;
      });
      const before = given.map((x) => (typeof x === 'object' && x !== null && !Object.hasOwn(x, 'n') ? JSON.stringify(x) : ''));
      try {
        const out = code[f.name]?.(...given);
        const e = distance(typeof out === 'number' ? [out] : numbers(out), want ?? [], 1);
        if (!(e < run.tolerance * 10)) wrong.push(`${run.id}, ${f.name}: ${e.toExponential(1)}`);
      } catch (error) {
        wrong.push(`${run.id}, ${f.name}: ${String(error)}`);
      }
      if (given.some((x, i) => before[i] !== '' && JSON.stringify(x) !== before[i])) wrong.push(`${run.id}, ${f.name}: an input was changed`);
    }
    return wrong;
  });
}

describe.each(['ml-matrix', 'mathjs'] as const)('%s', (name) => {
  test('the corpus', () => expect(failures(name, corpusRuns(name))).toEqual([]), 300000);
  test('our programs', () => expect(failures(name, programRuns(name, 5))).toEqual([]), 300000);
  test('compiles under every strict flag', () => {
    const texts = corpusRuns(name).filter((_, k) => k % 8 === 0).map((r) => r.module.text);
    const folder = mkdtempSync(path.join(import.meta.dirname, '../../node_modules/.mcalc-'));
    try {
      const files = texts.map((text, k) => { const file = path.join(folder, `m${k}.mts`); writeFileSync(file, text); return file; });
      const program = ts.createProgram(files, {
        strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noPropertyAccessFromIndexSignature: true, noImplicitReturns: true, isolatedModules: true, verbatimModuleSyntax: true,
        target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, noEmit: true, skipLibCheck: true, types: [],
      });
      const wrong = ts.getPreEmitDiagnostics(program).map((d) => `${path.basename(d.file?.fileName ?? '')}:${d.file && d.start !== undefined ? d.file.text.slice(d.file.text.lastIndexOf('\n', d.start) + 1, d.file.text.indexOf('\n', d.start)).trim() : ''} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
      expect(wrong).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300000);
  test('of two plans the one that the sizes ask for', () => {
    const { input } = prepare("Y : matrix(m, n); U : matrix(m, k); Z : matrix(n, k)\nf = normF(Y - U*Z')^2\ngrad(f, U)")[0]!;
    const [made, plain] = [generateModule([input], { target: name }).text, generateModule([input], { target: 'javascript' }).text];
    expect(made).toMatch(/if \(2 \* k \* m \+ k \* n <= 2 \* m \* n\) \{/);
    const [code, expected] = [load(made), load(plain)];
    for (const [m, n, k] of [[5, 4, 1], [2, 2, 4]] as const) {
      const data = ([[m, n], [m, k], [n, k]] as const).map(([r, c], at) => ({ shape: [r, c] as const, data: Array.from({ length: r * c }, (_, i) => Math.sin(1 + i + at)) }));
      const want = expected['gradientFByU']!(...data.map((x) => Float64Array.from(x.data)), { m, n, k }) as Float64Array;
      LIBRARIES[name].numbers(code['gradientFByU']!(...data.map((x) => LIBRARIES[name].value(x, false)))).forEach((x, i) => expect(x).toBeCloseTo(want[i]!, 12));
    }
  });
  test('wrong shapes and singular matrices are said by name', () => {
    const code = load(generateModule([prepare('A : matrix(n, n)\nB : matrix(n, k)\nF = inv(A)*B\njacobian(F, B)')[0]!.input], { target: name }).text);
    const matrix = (r: number, c: number, x: number): unknown => LIBRARIES[name].value({ shape: [r, c], data: new Array<number>(r * c).fill(x) }, false);
    expect(() => code.F?.(matrix(2, 2, 1), matrix(3, 1, 1))).toThrow('B is 3 x 1, expected n x k = 2 x 1');
    expect(() => code.F?.(matrix(2, 2, 1), matrix(2, 1, 1))).toThrow('A is singular');
  });
});

test.each([['numpy', 'np.outer(Ybar * x, y)'], ['mathjs', 'outer(scaled(Ybar, x), y)'], ['ml-matrix', 'Matrix.mul(x, Ybar).mmul(y.transpose())']] as const)('a number scales a vector before an outer product is made of it: %s', (target, text) => {
  const module = generateModule(requested("A : matrix(m, n); x : vector(m); y : vector(n)\nf = x'*A*y + normF(A)^2\ngrad(f, A)"), { target });
  expect(module.text).toContain(text);
});
