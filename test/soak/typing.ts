/** An edit storm: someone types and takes back pieces of formulas, 50 keystrokes a second, and waits for each one's diagnostics. */
import { dice, one } from './dice';
import { lines, open, published } from './documents';
import { figure, ms, spread, type Figure } from './figure';
import { serverProcess } from './servers';

const BAR = 100;
const PAUSE = 20;
const TYPED = [" + 3*w'w", ' - norm(w)', '*2', " + tr(X'*X)", " + (X*w)'*y", ' ^ 2', " + w'*(", ' + q'];

export async function typing(scale: number, seed: number): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const count of [1000, 10_000]) {
    const times = await keystrokes(count, Math.ceil(3000 * scale), seed);
    const { p50, p99, max } = spread(times);
    found.push(figure(`keystroke to diagnostics, ${times.length} keystrokes, 50 a second, ${count} lines`, `p99 ≤ ${BAR} ms`, `median ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(max)}`, p99 <= BAR));
  }
  return found;
}

async function keystrokes(count: number, strokes: number, seed: number): Promise<readonly number[]> {
  const roll = dice(seed);
  const { client, kill } = serverProcess([], false);
  await client.initialize();
  const uri = 'file:///w/a.mcalc';
  const text = lines(count);
  const lengths = text.split('\n').map((line) => line.length);
  open(client, uri, text);
  await published(client, uri, 1);
  const waits: Promise<number>[] = [];
  let version = 1;
  let next = performance.now();
  /** One keystroke in its time, however late the answers to those before are. */
  const stroke = async (line: number, from: number, to: number, typed: string): Promise<void> => {
    next = Math.max(next + PAUSE, performance.now() - PAUSE);
    await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
    const sent = performance.now();
    client.notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text: typed }] });
    waits.push(published(client, uri, version).then(() => performance.now() - sent));
  };
  while (waits.length < strokes) {
    const line = 2 + roll(count);
    const end = lengths[line] ?? 0;
    const typed = one(roll, TYPED);
    for (const [k, c] of [...typed].entries()) await stroke(line, end + k, end + k, c);
    for (let k = typed.length; k > 0; k--) await stroke(line, end + k - 1, end + k, '');
  }
  const times = await Promise.all(waits);
  kill();
  return times;
}
