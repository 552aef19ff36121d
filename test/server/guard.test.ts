import { ResponseError } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import { answer, cancelled, invalidParams, runWork, type Clock } from '../../server/guard';
import { refusal } from '../../server/lifecycle';

/** A clock that moves by `step` each time it is looked at. */
const clock = (step: number): { pauses: number; now: Clock['now']; pause: Clock['pause'] } => {
  let time = 0;
  const made = {
    pauses: 0,
    now: () => (time += step),
    pause: async () => { made.pauses++; },
  };
  return made;
};
const token = { isCancellationRequested: false };
const code = (value: unknown): number | undefined => (value instanceof ResponseError ? value.code : undefined);
const ignore = (): void => undefined;

function* counting(to: number): Generator<void, number, void> {
  for (let i = 0; i < to; i++) yield;
  return to;
}

describe('pausable work', () => {
  test('short work does not pause', async () => {
    const c = clock(0.1);
    expect(await runWork(counting(20), c)).toBe(20);
    expect(c.pauses).toBe(0);
  });
  test('long work pauses', async () => {
    const c = clock(6);
    expect(await runWork(counting(20), c)).toBe(20);
    expect(c.pauses).toBeGreaterThan(5);
  });
  test('is cancelled between slices', async () => {
    const late = { isCancellationRequested: false };
    const c = clock(20);
    c.pause = async () => { c.pauses++; if (c.pauses === 3) late.isCancellationRequested = true; };
    expect(code(await answer(() => counting(1000), { now: c.now, pause: c.pause }, late, ignore))).toBe(-32800);
    expect(c.pauses).toBe(3);
  });
});

describe('answers', () => {
  test('undefined is null', async () => expect(await answer(() => undefined, clock(1), token, ignore)).toBeNull());
  test('a list is not taken for work', async () => expect(await answer(() => [1, 2], clock(1), token, ignore)).toEqual([1, 2]));
  test('cancelled before it starts, nothing runs', async () => {
    let ran = false;
    expect(code(await answer(() => { ran = true; }, clock(1), { isCancellationRequested: true }, ignore))).toBe(-32800);
    expect(ran).toBe(false);
  });
  test('a bug is answered and reported', async () => {
    const reported: unknown[] = [];
    const bug = new TypeError('no such field');
    expect(code(await answer(() => { throw bug; }, clock(1), token, (e) => reported.push(e)))).toBe(-32603);
    expect(reported).toEqual([bug]);
  });
  test.each([[invalidParams('uri must be a string'), -32602], [cancelled(), -32800]])('a refusal is answered and not reported', async (error, expected) => {
    const reported: unknown[] = [];
    expect(code(await answer(() => Promise.reject(error), clock(1), token, (e) => reported.push(e)))).toBe(expected);
    expect(reported).toEqual([]);
  });
});

describe('lifecycle', () => {
  test.each([
    ['new', 'initialize', undefined], ['new', 'textDocument/hover', -32002], ['new', 'shutdown', -32002],
    ['running', 'initialize', -32600], ['running', 'textDocument/hover', undefined], ['shutdown', 'textDocument/hover', -32600], ['shutdown', 'initialize', -32600],
  ] as const)('%s: %s', (phase, method, expected) => expect(refusal(phase, method)?.code).toBe(expected));
});
