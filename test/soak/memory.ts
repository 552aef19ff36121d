/** Memory over as many edits as an hour of typing makes: what is left after collecting, and the most that the process held. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dice, one } from './dice';
import { lines, open } from './documents';
import { figure, resident, type Figure } from './figure';
import { serverProcess, type ServerProcess } from './servers';
import { PIECES, TEXTS } from './texts';

/** Keystrokes of an hour, and the stretches after each of which memory is collected and measured. */
const HOUR = 100_000;
const ROUNDS = 20;
const LINES = 200;
/** Each is typed and taken back, so that the text does not grow with the edits; pieces with line ends would move the lines below. */
const TYPED = PIECES.filter((piece) => piece !== '' && !/[\r\n]/.test(piece));

export async function memory(scale: number, seed: number): Promise<readonly Figure[]> {
  const roll = dice(seed);
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-heap-'));
  const account = path.join(folder, 'heap');
  const server = serverProcess(['--expose-gc', '--max-old-space-size=256', '--import', path.join(import.meta.dirname, 'heap.mjs')], false, { MCALC_HEAP: account });
  const { client } = server;
  await client.initialize();
  const uri = 'file:///w/a.mcalc';
  open(client, uri, lines(LINES));
  const marks: number[] = [];
  const each = Math.ceil((HOUR * scale) / ROUNDS / 2) * 2;
  let version = 2;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < each; i += 2) {
      const start = { line: 2 + roll(LINES), character: 3 };
      const text = one(roll, TYPED);
      const change = (end: { readonly line: number; readonly character: number }, by: string): void => client.notify('textDocument/didChange', { textDocument: { uri, version: version++ }, contentChanges: [{ range: { start, end }, text: by }] });
      change(start, text);
      if (i % 20 === 0) await client.request('textDocument/semanticTokens/full', { textDocument: { uri } }).answer;
      change({ ...start, character: start.character + text.length }, '');
    }
    for (let i = 0; i < 10; i++) {
      open(client, `file:///w/other-${round}-${i}.mcalc`, one(roll, TEXTS));
      client.notify('textDocument/didClose', { textDocument: { uri: `file:///w/other-${round}-${i}.mcalc` } });
    }
    await client.settled();
    marks.push(await collected(server, account, round));
  }
  const peak = resident(server, 'VmHWM');
  const now = resident(server, 'VmRSS');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
  // The first rounds warm caches and the compiler; the slope is of the second half.
  const late = marks.slice(ROUNDS / 2);
  const perHour = (slopeOf(late) * HOUR) / each;
  return [
    figure(`what is left after collecting, over ${each * ROUNDS} edits and ${ROUNDS * 10} opens and closes`, 'flat: ≤ 1 MB in 10⁵ edits', `${perHour.toFixed(2)} MB in 10⁵ edits; ${(late[0] ?? NaN).toFixed(1)} MB at half-time, ${(late.at(-1) ?? NaN).toFixed(1)} MB at the end`, perHour <= 1),
    figure('resident memory at its highest', '≤ 256 MB', `${peak.toFixed(0)} MB, ${now.toFixed(0)} MB at the end`, peak <= 256),
  ];
}

/** Megabytes of the heap after a collection that the server is asked for. */
async function collected({ child }: ServerProcess, account: string, round: number): Promise<number> {
  child.kill('SIGUSR2');
  for (;;) {
    const written = existsSync(account) ? readFileSync(account, 'utf8').split('\n').slice(0, -1) : [];
    if (written.length > round) return Number(written[round]) / 2 ** 20;
    if (child.exitCode !== null) return NaN;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The least-squares slope of values at 0, 1, 2, … */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const [above, below] = values.reduce(([a, b], y, x) => [a + (x - middle) * (y - mean), b + (x - middle) ** 2], [0, 0]);
  return below === 0 ? NaN : above / below;
}
