/** Texts through the parser, the checker and the formatter: `node scripts/fuzz.mjs --parser --from 0 --count 1000000 --seconds 200`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../../core/syntax/parse';
import { programFaults } from './program-faults';
import { randomProgram } from './programs';
import { randomFrom } from './random';
import { textFaults } from './text-faults';
import { textInputs, type TextKind } from './text-inputs';
import { exampleTexts } from './texts';

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1] ?? otherwise;
};
const root = option('root', '.');
const from = Number(option('from', '0'));
const to = from + Number(option('count', '100000'));
const seconds = Number(option('seconds', '1e9'));
const record = option('record', '');

type Kind = TextKind | 'program';
interface Slice { readonly from: number; readonly to: number; readonly counts: Readonly<Record<string, number>>; readonly failures: number; readonly slowest: { readonly ms: number; readonly kind: Kind; readonly input: number; readonly length: number } }

const inputs = textInputs(exampleTexts(root));
const counts: Record<Kind, number> = { prefix: 0, deletion: 0, bytes: 0, words: 0, mutation: 0, program: 0 };
let failures = 0;
let slowest: { ms: number; kind: Kind; input: number; length: number } = { ms: 0, kind: 'prefix', input: 0, length: 0 };
const start = process.cpuUsage();
const used = (): number => { const u = process.cpuUsage(start); return (u.user + u.system) / 1e6; };
for (let k = 0; k < 200; k++) parse(inputs.at(k * 97).text);
let i = from;
const examined = (n: number): { readonly kind: Kind; readonly text: string; readonly faults: readonly string[] } => {
  if (n >= inputs.enumerated && n % 8 === 0) {
    const program = randomProgram(randomFrom(n));
    return { kind: 'program', text: program.text, faults: programFaults(program) };
  }
  const input = inputs.at(n);
  return { kind: input.kind, text: input.text, faults: textFaults(input.text) };
};
for (; i < to && (i % 64 > 0 || used() < seconds); i++) {
  const began = performance.now();
  const { kind, text, faults } = examined(i);
  counts[kind]++;
  // The clock is cheap, CPU time is right on a busy machine: what the clock finds slow is measured again.
  if (performance.now() - began > slowest.ms) {
    const before = process.cpuUsage();
    examined(i);
    const after = process.cpuUsage(before);
    const ms = (after.user + after.system) / 1000;
    if (ms > slowest.ms) slowest = { ms, kind, input: i, length: text.length };
  }
  if (faults.length > 0) {
    failures++;
    if (failures <= 20) console.log(`FAULT ${i} ${kind}: ${faults.join('; ')}\n${JSON.stringify(text)}\n`);
  }
}
const slice: Slice = { from, to: i, counts, failures, slowest };
if (record !== '') {
  const file = path.resolve(root, record);
  let old: readonly Slice[] = [];
  try { old = JSON.parse(readFileSync(file, 'utf8')) as readonly Slice[]; } catch { /* The first slice. */ }
  writeFileSync(file, `${JSON.stringify([...old.filter((s) => s.from !== from), slice].sort((a, b) => a.from - b.from), undefined, 1)}\n`);
}
console.log(`inputs ${from} to ${i} (${inputs.enumerated} enumerated): ${Object.entries(counts).map(([k, n]) => `${n} ${k}`).join(', ')}`);
console.log(`slowest: input ${slowest.input} (${slowest.kind}, ${slowest.length} characters) ${slowest.ms.toFixed(0)} ms; ${used().toFixed(0)} s of CPU`);
console.log(`${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
