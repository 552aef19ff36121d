/** Writing a file whole or not at all: to the side first, then renamed over the old one, whose permissions stay. */
import { isUtf8 } from 'node:buffer';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT, Stop } from './exit';
import { inWords, shownName } from './system-errors';

/** The file was changed by another program since it was read. */
export class Changed extends Stop {
  constructor(file: string) {
    super(`${shownName(file)}: was changed by another program meanwhile, and is left as it is`, EXIT.usage);
  }
}

/** The file that a symbolic link leads to, so that the link itself stays. */
function target(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) throw new Stop(`${shownName(file)}: is a symbolic link that leads nowhere, and is left as it is`, EXIT.usage);
    return file;
  }
}

/** Folder by folder: Node's own recursion never ends where the system refuses one as `there is no such folder`, as /proc does. */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = path.dirname(path.resolve(folder));
  if (above !== path.resolve(folder)) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been quicker.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Without the mark that some editors put first, which readers of files do not see. */
const bare = (text: string | undefined): string | undefined => text?.replace(/^\ufeff/, '');
/** Undefined where there is none, or it goes away at this moment. */
export function textAt(place: string): string | undefined {
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a process that was killed left beside a file: it is gone, and so is every one that could still be writing. */
const LEFT_AFTER_MS = 60_000;
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
function clearAway(place: string): void {
  const folder = path.dirname(place);
  const own = `${path.basename(place)}.`;
  try {
    for (const name of readdirSync(folder)) {
      const pid = name.startsWith(own) ? /^([1-9][0-9]*)\.tmp$/.exec(name.slice(own.length))?.[1] : undefined;
      if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
      const left = path.join(folder, name);
      const found = lstatSync(left, { throwIfNoEntry: false });
      if (found?.isFile() && Date.now() - found.mtimeMs > LEFT_AFTER_MS) rmSync(left, { force: true });
    }
  } catch {
    // A folder that cannot be listed, or a file that another process clears away at the same moment, keeps nobody from writing.
  }
}

const ANYONE_WRITES = 0o222;

/**
 * @param seen what stood there when it was decided to write; where that has changed since, nothing is written
 * @throws Stop with exit code 2 where the file cannot be written; what stood there is untouched then
 */
export function writeWhole(file: string, text: string, seen?: { readonly text: string | undefined }): void {
  const place = target(file);
  const aside = `${place}.${process.pid}.tmp`;
  clearAway(place);
  try {
    const mode = statSync(place, { throwIfNoEntry: false })?.mode;
    // Renaming asks for the folder's rights alone, and the superuser has them all: the file's own mark is what its owner meant.
    if (mode !== undefined && (mode & ANYONE_WRITES) === 0) throw new Stop(`${shownName(file)}: is read-only, and is left as it is`, EXIT.usage);
    if (mode !== undefined) accessSync(place, constants.W_OK);
    // What is no UTF-8 was read as U+FFFD; written back, it would be lost.
    if (mode !== undefined && !isUtf8(readFileSync(place))) throw new Stop(`${shownName(file)}: holds bytes that are no UTF-8, and is left as it is; save it as UTF-8 first`, EXIT.usage);
    writeFileSync(aside, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(aside, mode);
    if (seen && bare(textAt(place)) !== bare(seen.text)) throw new Changed(file);
    renameSync(aside, place);
  } catch (error) {
    rmSync(aside, { force: true });
    if (error instanceof Stop) throw error;
    throw new Stop(`${shownName(file)}: cannot be written: ${inWords(error)}; it is as it was`, EXIT.usage);
  }
}
