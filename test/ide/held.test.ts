/** A session of edits does not hold its earlier readings. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { analyse, type Analysis } from '../../core/ide/analysis';
import { engine } from '../../server/engine';
import { lines } from '../soak/documents';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const turn = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

test('of 60 edits, few readings are held by the next', async () => {
  const text = lines(80).split('\n');
  const held: WeakRef<object>[] = [];
  let last: Analysis | undefined = analyse(text.join('\n'), 'mcalc', engine);
  for (let k = 0; k < 60; k++) {
    const at = 2 + ((k * 37) % 80);
    const edited = text.map((line, i) => (i === at ? `${line} + ${k}*w'w` : line)).join('\n');
    last = analyse(edited, 'mcalc', engine, last);
    const statement = last.parts[0]?.compiled.statements[at];
    expect(statement?.kind).toBe('definition');
    if (statement) held.push(new WeakRef(statement));
    // What a turn has looked at through weak references lives until its end.
    await turn();
  }
  collect();
  expect(held.filter((h) => h.deref() !== undefined).length).toBeLessThan(10);
  expect(last.parts).toHaveLength(1);
});
