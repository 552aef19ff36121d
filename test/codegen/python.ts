/** Generated Python, run with numpy and scipy: many modules and calls in one process, for starting numpy is what costs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PYTHONS = ['/usr/bin/python3', 'python3'];
/** The first Python that has numpy and scipy; `npm test` and CI install Debian's where there is none. */
export const python = PYTHONS.find((p) => spawnSync(p, ['-c', 'import numpy, scipy']).status === 0);

/** An argument as it goes over: an array with its shape, told apart as Python takes it, or the sizes. */
export type PythonArgument = { readonly shape: readonly [number, number]; readonly data: readonly (number | string)[]; readonly scalar: boolean; readonly vector: boolean } | Readonly<Record<string, number>>;
export interface PythonJob { readonly text: string; readonly calls: readonly { readonly name: string; readonly args: readonly PythonArgument[] }[] }
/** A call's entries (`NaN` and infinities as they are), or the text of what it raised. */
export type PythonAnswer = readonly number[] | string;

const RUNNER = `
import importlib.util, json, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
warnings.simplefilter("error", SyntaxWarning)
def value(x):
    if "shape" not in x: return x
    a = np.array(x["data"], dtype=float).reshape(x["shape"])
    if x["shape"] == [1, 1] and x.get("scalar"): return float(a[0, 0])
    return a.ravel() if x.get("vector") else a
results = []
for run in json.load(open(sys.argv[1])):
    answers = []
    module, failed = None, ""
    try:
        spec = importlib.util.spec_from_file_location("m", run["file"])
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as e:
        failed = repr(e)
    for call in run["calls"]:
        try:
            if module is None: raise RuntimeError(failed)
            args = [value(a) for a in call["args"]]
            kept = [np.copy(a) if isinstance(a, np.ndarray) else a for a in args]
            r = getattr(module, call["name"])(*args)
            for a, b in zip(args, kept):
                if isinstance(a, np.ndarray) and not np.array_equal(a, b, equal_nan=True): raise AssertionError("an input was changed")
            answers.append([str(x) for x in np.asarray(r, dtype=float).ravel().tolist()])
        except Exception as e:
            answers.append(repr(e))
    results.append(answers)
json.dump(results, open(sys.argv[2], "w"))
`;
const NUMBERS: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };

export function inPython(jobs: readonly PythonJob[]): readonly (readonly PythonAnswer[])[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-numpy-'));
  try {
    const listed = jobs.map(({ text, calls }, k) => { const file = path.join(folder, `m${k}.py`); writeFileSync(file, text); return { file, calls }; });
    const [runner, input, output] = ['run.py', 'in.json', 'out.json'].map((f) => path.join(folder, f)) as [string, string, string];
    writeFileSync(runner, RUNNER);
    writeFileSync(input, JSON.stringify(listed));
    const done = spawnSync(python ?? 'python3', [runner, input, output], { encoding: 'utf8', timeout: 120_000, env: { ...process.env, OPENBLAS_NUM_THREADS: '1' } });
    if (done.status !== 0) throw new Error(done.stderr || 'Python did not end in two minutes');
    return (JSON.parse(readFileSync(output, 'utf8')) as (string[] | string)[][]).map((answers) => answers.map((a) => (typeof a === 'string' ? a : a.map((x) => NUMBERS[x] ?? Number(x)))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
