/** Standard output, written at once and whole: Node's stream of it takes a tenth of a short command's time to load. */
import { writeSync } from 'node:fs';

const STDOUT = 1;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** A reader that went away (`mcalc … | head -1`) ends the command without a word, as it ends other tools. */
export function print(text: string): void {
  let rest: Uint8Array = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit();
      if (code !== 'EAGAIN') throw error;
      // A pipe that another process made non-blocking is full: its reader needs a moment.
      Atomics.wait(sleeper, 0, 0, 2);
    }
  }
}
