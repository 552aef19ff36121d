/**
 * The long run: `node scripts/fuzz.mjs --count N --seed S`. Prints failures shrunk, and a last line of counts. `--jobs J` uses J
 * threads, `--record FILE` adds the counts to a file (`test/fuzz/runs.json` is the one in the documentation), `--refusals` and `--trace` say more, `--shrink N` sets the attempts.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { generate } from './generate';
import { judge, requestText, type Outcome, type Stage } from './judge';
import { shrink } from './shrink';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const has = (name: string): boolean => process.argv.includes(`--${name}`);

/** What one program gives: a line of the tally, and what there is to print. */
interface Judged { readonly seed: number; readonly kind: Outcome['kind']; readonly stages: readonly Stage[]; readonly reason: string; readonly print: string; readonly ms: number }

function judged(seed: number): Judged {
  const p = generate(seed);
  if (has('trace')) console.log(`--- ${seed}\n${requestText(p)}`);
  const before = process.cpuUsage();
  const outcome = judge(p, seed);
  const used = process.cpuUsage(before);
  const head = { seed, kind: outcome.kind, stages: [], reason: '', print: '', ms: (used.user + used.system) / 1000 } as const;
  switch (outcome.kind) {
    case 'right': return { ...head, stages: outcome.stages };
    case 'refused': case 'undecided': return { ...head, reason: outcome.reason, print: has('refusals') ? `${outcome.kind} ${seed}: ${outcome.reason}\n${requestText(p)}\n` : '' };
    case 'wrong': {
      const small = shrink(p, (c) => { const o = judge(c, seed); return o.kind === 'wrong' && o.stage === outcome.stage; }, option('shrink', 200));
      const last = judge(small, seed);
      return { ...head, reason: outcome.stage, print: `WRONG ${seed} ${outcome.stage}\n${requestText(small)}\n  ${last.kind === 'wrong' ? last.detail : outcome.detail}\n` };
    }
  }
}

const CHUNK = 20;

async function all(first: number, count: number, jobs: number, take: (j: Judged) => void): Promise<void> {
  if (jobs <= 1) {
    for (let s = first; s < first + count; s++) take(judged(s));
    return;
  }
  let next = first;
  await Promise.all(Array.from({ length: jobs }, async () => {
    const worker = new Worker(process.argv[1] as string, { argv: process.argv.slice(2), workerData: 'fuzz' });
    for (; next < first + count;) {
      const from = next;
      next = Math.min(first + count, from + CHUNK);
      worker.postMessage([from, next]);
      const done = await new Promise<readonly Judged[]>((resolve, reject) => { worker.once('message', resolve); worker.once('error', reject); });
      done.forEach(take);
    }
    await worker.terminate();
  }));
}

async function main(): Promise<void> {
  const count = option('count', 200);
  const seed = option('seed', 1);
  const counts = { right: 0, refused: 0, undecided: 0, wrong: 0 };
  const passed = new Map<Stage, number>();
  const reasons = new Map<string, number>();
  const slow: { ms: number; seed: number }[] = [];
  let cpu = 0;
  await all(seed, count, option('jobs', 1), (j) => {
    counts[j.kind]++;
    cpu += j.ms;
    for (const stage of new Set(j.stages)) passed.set(stage, (passed.get(stage) ?? 0) + 1);
    if (j.kind === 'refused' || j.kind === 'undecided') {
      const key = `${j.kind}: ${j.reason.replace(/\d+/g, '#').slice(0, 90)}`;
      reasons.set(key, (reasons.get(key) ?? 0) + 1);
    }
    if (j.print !== '') console.log(j.print);
    slow.push({ ms: j.ms, seed: j.seed });
    slow.sort((a, b) => b.ms - a.ms).splice(5);
  });
  console.log([...reasons].sort((a, b) => b[1] - a[1]).map(([k, n]) => `${n} × ${k}`).join('\n'));
  console.log(`stages passed: ${[...passed].map(([k, n]) => `${k} ${n}`).join(', ')}; slowest: ${slow.map((x) => `${x.seed} ${x.ms.toFixed(0)} ms`).join(', ')}; mean ${(cpu / count).toFixed(0)} ms`);
  console.log(`${counts.right} right, ${counts.refused} refused, ${counts.undecided} undecided, ${counts.wrong} wrong`);
  if (has('record')) record(process.argv[process.argv.indexOf('--record') + 1] ?? '', { date: new Date().toISOString().slice(0, 10), first: seed, last: seed + count - 1, ...counts, stages: Object.fromEntries(passed) });
  process.exitCode = counts.wrong === 0 ? 0 : 1;
}

function record(file: string, run: unknown): void {
  const runs = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as unknown[] : [];
  writeFileSync(file, `[\n${[...runs, run].map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
}

if (isMainThread || workerData !== 'fuzz') void main();
else parentPort?.on('message', ([from, to]: readonly [number, number]) => parentPort?.postMessage(Array.from({ length: to - from }, (_, k) => judged(from + k))));
