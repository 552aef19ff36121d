/** The long run: `node scripts/fuzz.mjs --count N --seed S`. Prints failures shrunk, and a last line of counts. */
import { resolve } from '../../core/algebra/resolve';
import { candidateOf } from '../../core/ide/candidate';
import { parse } from '../../core/syntax/parse';
import { verifyRequest } from '../../core/verify/verify';
import { judge, requestText, type Stage } from './judge';
import { generate } from './generate';
import { shrink } from './shrink';

/** The 64-digit verdict on the last request of a text: whether a disagreement is the point's conditioning. */
function oracleSays(text: string): string {
  const program = resolve(parse(text));
  const request = program.requests.at(-1);
  const candidate = request && candidateOf(program, request);
  return request && candidate ? verifyRequest(program, request, candidate).verdict : 'undecided';
}

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const count = option('count', 200);
const seed = option('seed', 1);
const budget = option('shrink', 200);
const counts = { right: 0, refused: 0, undecided: 0, wrong: 0 };
const passed = new Map<Stage, number>();
const reasons = new Map<string, number>();
const slow: { ms: number; seed: number }[] = [];
for (let s = seed; s < seed + count; s++) {
  const p = generate(s);
  if (process.argv.includes('--trace')) console.log(`--- ${s}\n${requestText(p)}`);
  const before = process.cpuUsage();
  const outcome = judge(p, s);
  const used = process.cpuUsage(before);
  slow.push({ ms: (used.user + used.system) / 1000, seed: s });
  const judged = outcome.kind === 'wrong' && outcome.stage === 'derivative' && oracleSays(requestText(p)) === 'verified' ? { kind: 'undecided', reason: 'float64 disagrees, 64 digits agree' } as const : outcome;
  counts[judged.kind]++;
  if (judged.kind === 'right') for (const stage of judged.stages) passed.set(stage, (passed.get(stage) ?? 0) + 1);
  if (judged.kind === 'refused' || judged.kind === 'undecided') {
    const key = `${judged.kind}: ${judged.reason.replace(/\d+/g, '#').slice(0, 90)}`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
    if (process.argv.includes('--refusals')) console.log(`${judged.kind} ${s}: ${judged.reason}\n${requestText(p)}\n`);
  }
  if (judged.kind === 'wrong' && outcome.kind === 'wrong') {
    const small = shrink(p, (c) => { const o = judge(c, s); return o.kind === 'wrong' && o.stage === outcome.stage; }, budget);
    const last = judge(small, s);
    console.log(`WRONG ${s} ${outcome.stage}\n${requestText(small)}\n  ${last.kind === 'wrong' ? last.detail : ''}\n`);
  }
}
slow.sort((a, b) => b.ms - a.ms);
console.log([...reasons].sort((a, b) => b[1] - a[1]).map(([k, n]) => `${n} × ${k}`).join('\n'));
console.log(`stages passed: ${[...passed].map(([k, n]) => `${k} ${n}`).join(', ')}; slowest: ${slow.slice(0, 5).map((x) => `${x.seed} ${x.ms.toFixed(0)} ms`).join(', ')}`);
console.log(`${counts.right} right, ${counts.refused} refused, ${counts.undecided} undecided, ${counts.wrong} wrong`);
process.exitCode = counts.wrong === 0 ? 0 : 1;
