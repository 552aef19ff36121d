/** The long run: `node scripts/fuzz.mjs --count N --seed S`. Prints failures shrunk, and a last line of counts. */
import { judge, requestText, type Stage } from './judge';
import { generate } from './generate';
import { shrink } from './shrink';

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
  counts[outcome.kind]++;
  if (outcome.kind === 'right') for (const stage of outcome.stages) passed.set(stage, (passed.get(stage) ?? 0) + 1);
  if (outcome.kind === 'refused' || outcome.kind === 'undecided') {
    const key = `${outcome.kind}: ${outcome.reason.replace(/\d+/g, '#').slice(0, 90)}`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
    if (process.argv.includes('--refusals')) console.log(`${outcome.kind} ${s}: ${outcome.reason}\n${requestText(p)}\n`);
  }
  if (outcome.kind === 'wrong') {
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
