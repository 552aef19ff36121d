// The Python process: asked line by line, so that its samples stand in the same rounds as ours.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'side.py');

/** The first Python that has numpy and scipy, Debian's own before others; undefined where there is none. */
export async function openPython() {
  const wished = process.env.MCALC_BENCH_PYTHON;
  const command = (wished ? [wished] : ['/usr/bin/python3', 'python3']).find((c) => spawnSync(c, ['-c', 'import numpy, scipy'], { stdio: 'ignore' }).status === 0);
  if (command === undefined) return undefined;
  const child = spawn(command, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (message) => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('the Python process ended');
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  const encode = (values) => Object.fromEntries(Object.entries(values).map(([k, v]) => [k, typeof v === 'number' ? v : Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64')]));
  return {
    about: await ask({ do: 'about' }),
    close: () => child.stdin.end(),
    /** Candidates of this case. */
    async candidates(id, sets, sizes) {
      const { names } = await ask({ do: 'load', id, sizes, sets: sets.map(encode) });
      return names.map((name) => ({
        name,
        value: async () => (await ask({ do: 'value', name })).value,
        sample: async (turns) => (await ask({ do: 'sample', name, turns })).ns,
      }));
    },
  };
}
