/** Writing a file whole or not at all: to the side first, then renamed over the old one, whose permissions stay. */
import { chmodSync, existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { EXIT, Stop } from './exit';

/** The file that a symbolic link leads to, so that the link itself stays. */
function target(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Without the mark that some editors put first, which readers of files do not see. */
const bare = (text: string | undefined): string | undefined => text?.replace(/^\ufeff/, '');
const textAt = (place: string): string | undefined => (existsSync(place) ? readFileSync(place, 'utf8') : undefined);

/**
 * @param seen what stood there when it was decided to write; where that has changed since, nothing is written
 * @throws Stop with exit code 2 where the file cannot be written; what stood there is untouched then
 */
export function writeWhole(file: string, text: string, seen?: { readonly text: string | undefined }): void {
  const place = target(file);
  const aside = `${place}.${process.pid}.tmp`;
  try {
    const mode = statSync(place, { throwIfNoEntry: false })?.mode;
    writeFileSync(aside, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(aside, mode);
    if (seen && bare(textAt(place)) !== bare(seen.text)) throw new Stop(`${file}: was changed by another program meanwhile, and is left as it is`, EXIT.usage);
    renameSync(aside, place);
  } catch (error) {
    rmSync(aside, { force: true });
    if (error instanceof Stop) throw error;
    throw new Stop(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); it is as it was`, EXIT.usage);
  }
}
