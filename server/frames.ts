/**
 * Messages as they come over a stream: what is no message is left out up to the next header. The protocol library waits for ever
 * where a header is broken or a length is wrong, and everything that is said afterwards is lost.
 */
import { Transform } from 'node:stream';

/** No client sends more headers than fit here, nor a longer message: editors do not synchronise larger documents. */
const LONGEST_HEADER = 4096;
const LONGEST_MESSAGE = 256 * 1024 * 1024;

/** How much of what is left out is shown. */
const SHOWN = 60;

const END_OF_HEADER = '\r\n\r\n';
const STARTS = ['Content-Length:', 'content-length:'] as const;

/** The length that a header names, undefined where it is broken. */
function lengthIn(header: string): number | undefined {
  let length: number | undefined;
  for (const line of header.split('\r\n')) {
    const [, name, value] = /^([!-9;-~]+):[ \t]*([^\n]*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (name.toLowerCase() !== 'content-length') continue;
    if (!/^\d{1,15}$/.test(value)) return undefined;
    length = Number(value);
  }
  return length !== undefined && length <= LONGEST_MESSAGE ? length : undefined;
}

/** @param onSkipped is told of what was left out, once for each stretch of it */
export function frames(onSkipped: (what: string) => void): Transform {
  /** What has come of a header. */
  let waiting: Buffer = Buffer.alloc(0);
  /** How much of the message's body is still to come. */
  let body = 0;
  let isSkipping = false;

  /** Looks for the next header behind the one that is broken. */
  function skip(): void {
    const found = STARTS.map((start) => waiting.indexOf(start, 1)).filter((at) => at !== -1);
    // The start of one may stand at the end of what has come.
    const next = found.length > 0 ? Math.min(...found) : Math.max(1, waiting.length - STARTS[0].length);
    if (!isSkipping) onSkipped(waiting.toString('latin1', 0, Math.min(found.length > 0 ? next : waiting.length, SHOWN)));
    isSkipping = true;
    waiting = waiting.subarray(next);
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rest: Buffer = chunk;
      while (rest.length > 0 || waiting.length > 0) {
        if (body > 0) {
          const part = rest.subarray(0, body);
          if (part.length === 0) break;
          this.push(part);
          body -= part.length;
          rest = rest.subarray(part.length);
          continue;
        }
        waiting = waiting.length === 0 ? rest : Buffer.concat([waiting, rest]);
        rest = Buffer.alloc(0);
        const end = waiting.subarray(0, LONGEST_HEADER).indexOf(END_OF_HEADER);
        if (end === -1 && waiting.length < LONGEST_HEADER) break;
        const length = end === -1 ? undefined : lengthIn(waiting.toString('latin1', 0, end));
        if (length === undefined) { skip(); continue; }
        isSkipping = false;
        const header = end + END_OF_HEADER.length;
        this.push(waiting.subarray(0, header));
        rest = waiting.subarray(header);
        waiting = Buffer.alloc(0);
        body = length;
      }
      done();
    },
  });
}
