/** `mcalc format`: the canonical layout, in place; `--check` only says. Files of other languages are left as they are. */
import { formatting } from '../core/ide/formatting';
import { EXIT } from './exit';
import { sourceOf, type Source } from './files';
import { readText } from './input';
import type { Flags } from './main';
import { print, say } from './output';
import { writeWhole } from './write';

function laidOut({ text, analysis }: Source): string {
  const edits = [...formatting(analysis)].sort((a, b) => b.range.start - a.range.start);
  return edits.reduce((made, e) => made.slice(0, e.range.start) + e.text + made.slice(e.range.end), text);
}

export function formatFiles(files: readonly string[], flags: Flags): number {
  let stale = 0;
  for (const file of files) {
    const text = readText(file);
    const source = sourceOf(file, text);
    if (source.analysis.languageId !== 'mcalc') say(`${file}: note: only .mcalc files are laid out; this one is left as it is`);
    const laid = laidOut(source);
    if (file === '-' && flags.check !== true) { print(laid); continue; }
    if (laid === text) continue;
    stale++;
    if (flags.check === true) { say(`${file}:1:1: error: not in the canonical layout; run mcalc format [MC1000]`); continue; }
    writeWhole(file, laid, { text });
  }
  return flags.check === true && stale > 0 ? EXIT.failed : EXIT.ok;
}
