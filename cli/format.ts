/** `mcalc format`: the canonical layout, in place; `--check` only says. */
import { writeFileSync } from 'node:fs';
import { format } from '../core/syntax/format';
import { parse } from '../core/syntax/parse';
import { EXIT, Stop } from './exit';
import { readText } from './files';
import type { Flags } from './main';

export function formatFiles(files: readonly string[], flags: Flags): number {
  let stale = 0;
  for (const file of files) {
    const text = readText(file);
    const laid = format(parse(text));
    if (file === '-') { process.stdout.write(laid); continue; }
    if (laid === text) continue;
    stale++;
    if (flags.check === true) { process.stderr.write(`${file}:1:1: error: not in the canonical layout; run mcalc format [MC1000]\n`); continue; }
    try {
      writeFileSync(file, laid);
    } catch (error) {
      throw new Stop(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`, EXIT.usage);
    }
  }
  return flags.check === true && stale > 0 ? EXIT.failed : EXIT.ok;
}
