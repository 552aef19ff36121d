/** Writing a file whole or not at all: to the side first, then renamed over the old one, whose permissions stay. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { EXIT, Stop } from './exit';

/** The file that a symbolic link leads to, so that the link itself stays. */
function target(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** @throws Stop with exit code 2 where the file cannot be written; what stood there is untouched then. */
export function writeWhole(file: string, text: string): void {
  const place = target(file);
  const aside = `${place}.${process.pid}.tmp`;
  try {
    const mode = statSync(place, { throwIfNoEntry: false })?.mode;
    writeFileSync(aside, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(aside, mode);
    renameSync(aside, place);
  } catch (error) {
    rmSync(aside, { force: true });
    throw new Stop(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); it is as it was`, EXIT.usage);
  }
}
