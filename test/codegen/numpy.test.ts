/** The numpy target, run by Python over the corpus and our programs: values and derivatives equal the stored tensors. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { distance } from '../corpus/cases';
import { corpusRuns, programRuns, type Run, type Sized } from './drawn-requests';
import { prepare } from './harness';
import { inPython, python, type PythonAnswer, type PythonArgument } from './python';

let folder = '';
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'mcalc-numpy-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const ran = (runs: readonly Run[]): ReturnType<typeof inPython> => inPython(runs.map((run) => ({ text: run.module.text, calls: run.calls.map((c) => ({ name: c.f.name, args: c.args.map((a, i): PythonArgument => {
  const p = c.f.parameters[i];
  return 'shape' in a && p ? { ...(a as Sized), scalar: p.type === 'float', vector: p.type === 'ndarray' && (p.shape[0] === '1' || p.shape[1] === '1') } : a as Readonly<Record<string, number>>;
}) })) })));

test('Python with numpy and scipy is there', () => expect(python, 'apt-get install python3-numpy python3-scipy').toBeDefined());

for (const [title, runsOf] of [['the corpus', () => corpusRuns('numpy')], ['our programs', () => programRuns('numpy', 3)]] as const) {
  describe(title, () => {
    let runs: readonly Run[] = [];
    let answers: readonly (readonly PythonAnswer[])[] = [];
    beforeAll(() => { runs = runsOf(); answers = ran(runs); }, 300000);
    test('is written whole, runs, and gives the expected numbers', () => {
      const wrong: string[] = [];
      runs.forEach((run, k) => {
        for (const r of run.module.refused) wrong.push(`${run.id}, ${r.kind}: refused, ${r.reason}`);
        if (run.calls.length === 0) wrong.push(`${run.id}: nothing to call`);
        run.calls.forEach((call, i) => {
          const got = answers[k]?.[i];
          const e = Array.isArray(got) ? distance(got as number[], call.want ?? [], 1) : Infinity;
          if (!(e < run.tolerance * 10)) wrong.push(`${run.id}, ${call.f.name}: ${Array.isArray(got) ? e.toExponential(1) : String(got)}`);
        });
      });
      expect(wrong).toEqual([]);
      expect(runs.length).toBeGreaterThan(50);
    });
  });
}

test('of two plans the one that the sizes ask for', () => {
  const module = generateModule([prepare("Y : matrix(m, n); U : matrix(m, k); Z : matrix(n, k)\nf = normF(Y - U*Z')^2\ngrad(f, U)")[0]!.input], { target: 'numpy' });
  expect(module.text).toContain('if 2 * k * m + k * n <= 2 * m * n:');
  const file = path.join(folder, 'plans.py');
  writeFileSync(file, `${module.text}
for m, n, k in ((5, 4, 1), (2, 2, 4)):
    Y, U, V = (np.sin(np.arange(1.0 + i, 1.0 + i + r*c)).reshape(r, c) for i, (r, c) in enumerate(((m, n), (m, k), (n, k))))
    print(float(np.abs(${module.functions.find((f) => f.kind === 'gradient')?.name}(Y, U, V) - 2*(U @ V.T - Y) @ V).max()) < 1e-12)
`);
  expect(spawnSync(python ?? 'python3', [file], { encoding: 'utf8' }).stdout.trim().split('\n')).toEqual(['True', 'True']);
});

test('wrong shapes and singular matrices are said by name', () => {
  const module = generateModule([prepare('A : matrix(n, n)\nB : matrix(n, k)\nF = inv(A)*B\njacobian(F, B)')[0]!.input], { target: 'numpy' });
  const file = path.join(folder, 'errors.py');
  writeFileSync(file, `${module.text}
def message(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(message(lambda: F([[1.0, 2.0]], [[1.0]])))
print(message(lambda: F(np.eye(2), np.ones((3, 1)))))
print(message(lambda: F(np.eye(2), np.ones(2))))
print(message(lambda: F(np.ones((2, 2)), np.ones((2, 1)))))
`);
  const done = spawnSync(python ?? 'python3', [file], { encoding: 'utf8' });
  expect(done.stdout.trim().split('\n')).toEqual([
    'ValueError: A has the shape (1, 2), expected (n, n) = (1, 1)', 'ValueError: B has the shape (3, 1), expected (n, k) = (2, 1)',
    'ValueError: B has 1 dimensions, expected the shape n, k', 'LinAlgError: A is singular',
  ]);
});
