/** Files and standard input as texts: in UTF-8, read once, and only where they end. */
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { EXIT, Stop } from './exit';
import { say } from './output';
import { pause } from './pause';
import { inWords, shownName } from './system-errors';

const STDIN = 0;
let isStdinRead = false;

/**
 * @param file `-` is standard input
 * @throws Stop with exit code 2 where it cannot be read, or is in UTF-16 or no text at all
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = file === '-' ? readStdin() : statSync(file).isFile() ? readFileSync(file) : readDevice(file);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`${shownName(file)}: cannot be read: ${inWords(error)}`, EXIT.usage);
  }
  const other = otherEncoding(bytes);
  if (other !== undefined) throw new Stop(`${shownName(file)}: cannot be read: it is ${other}; save it as UTF-8`, EXIT.usage);
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function readStdin(): Buffer {
  if (isStdinRead) throw new Stop('mcalc: standard input can be read once only; give `-` once', EXIT.usage);
  isStdinRead = true;
  if (fstatSync(STDIN).isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (isTerminal()) say('mcalc: reading from the terminal; Ctrl-D on a line of its own ends the text');
  return readAll(STDIN);
}

/** Asking node:tty would load what only terminals need: any character device but the one that is always empty. */
function isTerminal(): boolean {
  const input = fstatSync(STDIN);
  return input.isCharacterDevice() && input.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev && process.stderr.isTTY;
}

const CHUNK = 1 << 20;
const MAX_DEVICE = 64 * CHUNK;

/** A pipe by its name, or a device, which may never end. */
function readDevice(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    return readAll(descriptor, () => { throw new Stop(`${shownName(file)}: cannot be read (it is no file, and does not end within ${MAX_DEVICE / CHUNK} MB)`, EXIT.usage); });
  } finally {
    closeSync(descriptor);
  }
}

/** Reads to the end; a pipe that another process made non-blocking may be empty for a moment. */
function readAll(descriptor: number, onTooMuch?: () => void): Buffer {
  const chunks: Buffer[] = [];
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let size = 0; ;) {
    let count = 0;
    try {
      count = readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return Buffer.concat(chunks);
      if (code !== 'EAGAIN') throw error;
      pause();
      continue;
    }
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(Buffer.from(chunk.subarray(0, count)));
    size += count;
    if (size > MAX_DEVICE) onTooMuch?.();
  }
}

const LOOKED_AT = 4096;
/** Text in the Latin alphabet has one in two bytes 0 in UTF-16; formulas in UTF-8 have none. */
const ZEROS_OF_UTF16 = 1 / 8;

function otherEncoding(bytes: Buffer): string | undefined {
  if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) return 'in UTF-16';
  const first = bytes.subarray(0, LOOKED_AT);
  let zeros = 0;
  for (const byte of first) if (byte === 0) zeros++;
  return zeros > ZEROS_OF_UTF16 * first.length ? 'in UTF-16, or no text' : undefined;
}
