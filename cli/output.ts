/** Standard output and standard error, written at once and whole: Node's streams of them take a tenth of a short command's time to load. */
import { writeSync } from 'node:fs';
import { EXIT, Stop } from './exit';
import { inWords } from './system-errors';
import { pause } from './pause';

const STDOUT = 1;
const STDERR = 2;

/** Writes all of it; a pipe that another process made non-blocking may be full for a moment. */
function write(descriptor: number, text: string): void {
  let rest: Uint8Array = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

/**
 * A result. A reader that went away (`mcalc … | head -1`) gets no more of it, without a word, and the exit code still says what was found.
 * @throws Stop with exit code 2 where it cannot be written
 */
export function print(text: string): void {
  try {
    write(STDOUT, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw new Stop(`mcalc: standard output cannot be written: ${inWords(error)}`, EXIT.usage);
  }
}

/** A message. Where nobody can be told, the exit code tells alone. */
export function say(text: string): void {
  try {
    write(STDERR, `${text}\n`);
  } catch {
    return;
  }
}

/** On a terminal, one line that the next one is written over; nothing where standard error is a file or a pipe. */
export function showProgress(text: string): void {
  if (!process.stderr.isTTY) return;
  try {
    write(STDERR, `\r\u001b[K${text}`);
  } catch {
    return;
  }
}
