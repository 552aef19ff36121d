/** Times of reading a file of a thousand lines, afresh and after one edit, beside TypeScript's parser on a text of equal length. */
import ts from 'typescript';
import { resolve, workOf } from '../core/algebra/resolve';
import { parse, readingOf } from '../core/syntax/parse';
import { reparse } from '../core/syntax/reparse';
import { fileOf, KINDS } from './files';

/** `--small`: every part once on a few lines, as the test of this script does: its figures mean nothing. */
const isSmall = process.argv.includes('--small');
const [WARM, RUNS] = isSmall ? [0, 1] : [8, 15];
/** Median CPU milliseconds of a run, after warming up. */
function median(run: () => void): number {
  for (let k = 0; k < WARM; k++) run();
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    run();
    const used = process.cpuUsage(before);
    return (used.user + used.system) / 1000;
  });
  return times.sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
}

const STATEMENTS = ['const f1 = (a: number[], b: number): number => a[0]! * b + Math.sqrt(b);', 'interface Shape { readonly rows: string; readonly cols: string }', 'for (let i = 0; i < 10; i++) total += f1(values, i) / (i + 1);'];
/** TypeScript of about as many characters. */
function typescriptOf(length: number): string {
  let text = '';
  for (let k = 0; text.length < length; k++) text += `${STATEMENTS[k % STATEMENTS.length]?.replace('f1', `f${k}`)}\n`;
  return text;
}

const cell = (x: number): string => x.toFixed(1).padStart(8);
console.log('CPU ms, medians: parse + resolve afresh, after one edit, and what TypeScript takes to parse (not check) as many characters');
console.log('kind        characters   parse resolve   edit: parse resolve   read/kept   TypeScript   afresh/TS   edit/afresh');
for (const kind of KINDS) {
  const text = fileOf(kind, isSmall ? 20 : 1000);
  const document = parse(text);
  const program = resolve(document);
  const [parsing, resolving] = [median(() => parse(text)), median(() => resolve(document))];
  const middle = text.indexOf('\n', text.length >> 1);
  let [now, doc, prog] = [text, document, program];
  const edit = (): void => { now = now.length > text.length ? text : `${text.slice(0, middle)} + 1${text.slice(middle)}`; };
  const reparsing = median(() => { edit(); doc = reparse(doc, now); });
  const both = median(() => { edit(); doc = reparse(doc, now); prog = resolve(doc, { previous: prog }); });
  const source = typescriptOf(text.length);
  const anchor = median(() => ts.createSourceFile('a.ts', source, ts.ScriptTarget.ES2022, false));
  const work = workOf(prog);
  const fresh = parsing + resolving;
  console.log(`${kind.padEnd(12)}${String(text.length).padStart(10)}${cell(parsing)}${cell(resolving)}${cell(reparsing).padStart(14)}${cell(both - reparsing)}${`${work.read}/${work.kept}`.padStart(12)}${cell(anchor).padStart(13)}${cell(fresh / anchor).padStart(12)}${cell(both / fresh).padStart(14)}   (${readingOf(doc)?.kept} slices kept)`);
}
const HOSTILE: readonly (readonly [string, string])[] = [
  ['10 000 nested parentheses', `f = ${'('.repeat(10_000)}x${')'.repeat(10_000)}`], ['a line of 1 MB', `f = ${'x + '.repeat(250_000)}x`], ['1 MB of short lines', 'x\n'.repeat(500_000)],
  ['an exponent tower', `f = ${'2^('.repeat(5_000)}`], ['a cyclic definition', 'f = g\ng = f'], ['a cycle of 10 000', Array.from({ length: 10_000 }, (_, k) => `f${k} = f${(k + 1) % 10_000}`).join('\n')],
];
console.log('\nWhat no person writes: CPU ms of one reading, cold runs left out, and the first diagnostic');
for (const [name, text] of isSmall ? HOSTILE.slice(0, 1) : HOSTILE) {
  const ms = median(() => { resolve(parse(text)); });
  console.log(`${name.padEnd(28)}${cell(ms)}   ${resolve(parse(text)).diagnostics.map((d) => d.code)[0] ?? 'none'}`);
}
