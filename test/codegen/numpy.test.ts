/** The numpy target, run by Python over the corpus and our programs: values and derivatives equal the stored tensors. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateModule } from '../../core/codegen/generate';
import { distance } from '../corpus/cases';
import { corpusRuns, programRuns, type Run } from './drawn-requests';
import { prepare } from './harness';

const PYTHONS = ['/usr/bin/python3', 'python3'];
/** The first Python that has numpy and scipy; `npm test` and CI install Debian's where there is none. */
const python = PYTHONS.find((p) => spawnSync(p, ['-c', 'import numpy, scipy']).status === 0);

const RUNNER = `
import importlib.util, json, sys, warnings
import numpy as np
warnings.simplefilter("error", SyntaxWarning)
def value(x):
    if "shape" not in x: return x
    a = np.array(x["data"], dtype=float).reshape(x["shape"])
    if x["shape"] == [1, 1] and x.get("scalar"): return float(a[0, 0])
    return a.ravel() if x.get("vector") else a
results = []
for run in json.load(open(sys.argv[1])):
    answers = []
    try:
        spec = importlib.util.spec_from_file_location("m", run["file"])
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for call in run["calls"]:
            args = [value(a) for a in call["args"]]
            kept = [np.copy(a) if isinstance(a, np.ndarray) else a for a in args]
            r = getattr(module, call["name"])(*args)
            for a, b in zip(args, kept):
                if isinstance(a, np.ndarray) and not np.array_equal(a, b): raise AssertionError("an input was changed")
            answers.append(np.asarray(r, dtype=float).ravel().tolist())
    except Exception as e:
        answers.append(repr(e))
    results.append(answers)
json.dump(results, open(sys.argv[2], "w"))
`;
let folder = '';
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'mcalc-numpy-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** One process for all: starting numpy is what costs. */
function inPython(runs: readonly Run[]): readonly (readonly (readonly number[] | string)[])[] {
  const jobs = runs.map((run, k) => {
    const file = path.join(folder, `m${k}.py`);
    writeFileSync(file, run.module.text);
    return { file, calls: run.calls.map((c) => ({ name: c.f.name, args: c.args.map((a, i) => {
      const p = c.f.parameters[i];
      return 'shape' in a && p ? { ...a, scalar: p.type === 'float', vector: p.type === 'ndarray' && (p.shape[0] === '1' || p.shape[1] === '1') } : a;
    }) })) };
  });
  const [runner, input, output] = ['run.py', 'in.json', 'out.json'].map((f) => path.join(folder, f)) as [string, string, string];
  writeFileSync(runner, RUNNER);
  writeFileSync(input, JSON.stringify(jobs));
  const done = spawnSync(python ?? 'python3', [runner, input, output], { encoding: 'utf8', env: { ...process.env, OPENBLAS_NUM_THREADS: '1' } });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(readFileSync(output, 'utf8')) as (number[] | string)[][];
}


test('Python with numpy and scipy is there', () => expect(python, 'apt-get install python3-numpy python3-scipy').toBeDefined());

for (const [title, runsOf] of [['the corpus', () => corpusRuns('numpy')], ['our programs', () => programRuns('numpy', 3)]] as const) {
  describe(title, () => {
    let runs: readonly Run[] = [];
    let answers: readonly (readonly (readonly number[] | string)[])[] = [];
    beforeAll(() => { runs = runsOf(); answers = inPython(runs); }, 300000);
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
