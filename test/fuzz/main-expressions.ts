/** The quick long run over expressions: prints each failure shrunk, reasons of refusals, and a last line of counts. */
import { resolve } from '../../core/algebra/resolve';
import { candidateOf } from '../../core/ide/candidate';
import { parse } from '../../core/syntax/parse';
import { verifyRequest } from '../../core/verify/verify';
import { quickly, type Quick } from './expressions';
import { generate } from './generate';
import { requestText } from './judge';
import { shrink } from './shrink';

function oracleSays(text: string): string {
  const program = resolve(parse(text));
  const request = program.requests.at(-1);
  const candidate = request && candidateOf(program, request);
  return request && candidate ? verifyRequest(program, request, candidate).verdict : 'undecided';
}
/** What 64 digits say of a derivative that float64 has doubts about: right after all, or asked for where there is none. */
function asOracle(found: Quick, text: string): Quick {
  const verdict = oracleSays(text);
  if (verdict === 'verified') return { kind: 'undecided', reason: 'float64 disagrees, 64 digits agree' };
  return verdict === 'undecided' && found.kind === 'wrong' && found.detail.startsWith('no value') ? { kind: 'undecided', reason: 'a kink wherever the function has a value' } : found;
}
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const [count, seed, budget] = [option('count', 1000), option('seed', 1), option('shrink', 120)];
const counts = { right: 0, refused: 0, undecided: 0, wrong: 0 };
const second = { right: 0, refused: 0, none: 0 };
const reasons = new Map<string, number>();
let forms = 0;
const tally = (key: string): void => { reasons.set(key, (reasons.get(key) ?? 0) + 1); };
const shown = (reason: string): string => reason.replace(/\d+/g, '#').slice(0, 100);
for (let s = seed; s < seed + count; s++) {
  const p = generate(s);
  if (process.argv.includes('--trace')) console.log(`--- ${s}\n${requestText(p)}`);
  const found = quickly(requestText(p), s);
  const judged = found.kind === 'wrong' && found.stage === 'derivative' ? asOracle(found, requestText(p)) : found;
  counts[judged.kind]++;
  if (judged.kind === 'right') {
    forms += judged.forms;
    second[judged.second]++;
    if (judged.second === 'refused') tally(`second derivative refused: ${shown(judged.reason ?? '')}`);
  } else if (judged.kind === 'wrong') {
    const small = shrink(p, (c) => { const o = quickly(requestText(c), s); return o.kind === 'wrong' && o.stage === judged.stage; }, budget);
    const last = quickly(requestText(small), s);
    console.log(`WRONG ${s} ${judged.stage}\n${requestText(small)}\n  ${last.kind === 'wrong' ? last.detail : ''}\n`);
  } else {
    tally(`${judged.kind}: ${shown(judged.reason)}`);
    if (process.argv.includes('--refusals')) console.log(`${judged.kind} ${s}: ${judged.reason}\n${requestText(p)}\n`);
  }
}
console.log([...reasons].sort((a, b) => b[1] - a[1]).map(([k, n]) => `${n} × ${k}`).join('\n'));
console.log(`${forms} printed forms and lines read again; second derivatives: ${second.right} right, ${second.refused} refused`);
console.log(`seeds ${seed} to ${seed + count - 1}: ${counts.right} right, ${counts.refused} refused, ${counts.undecided} undecided, ${counts.wrong} wrong`);
process.exitCode = counts.wrong === 0 ? 0 : 1;
