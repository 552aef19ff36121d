/** A pause lasts until what came in is read: the protocol library reads one message a turn of the event loop. */
import { expect, test } from 'vitest';
import { arrival, messagesHeard } from '../../server/arrival';
import { nodeRuntime } from '../../server/nodeRuntime';

/** Reads as the library does, and says when all is read. */
function queue(count: number): void {
  const one = (left: number): void => {
    if (left === 0) return;
    setImmediate(() => {
      void arrival.handleMessage({ jsonrpc: '2.0' }, () => undefined);
      one(left - 1);
    });
  };
  one(count);
}

test('all of a queue is read in one pause', async () => {
  const runtime = nodeRuntime('unused');
  const before = messagesHeard();
  queue(50);
  await runtime.pause();
  expect(messagesHeard() - before).toBe(50);
});

test('who never stops talking is not waited for', async () => {
  const runtime = nodeRuntime('unused');
  const before = messagesHeard();
  queue(5000);
  await runtime.pause();
  expect(messagesHeard() - before).toBeGreaterThan(100);
  expect(messagesHeard() - before).toBeLessThan(1000);
});

test('pauses of several are one after another', async () => {
  const runtime = nodeRuntime('unused');
  const order: number[] = [];
  await Promise.all([1, 2, 3].map(async (k) => { await runtime.pause(); order.push(k); }));
  expect(order).toEqual([1, 2, 3]);
});
