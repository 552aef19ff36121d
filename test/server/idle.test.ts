/** The thread for long work ends when it has nothing to do, and another starts when there is work again. */
import { expect, test } from 'vitest';
import type { Runtime } from '../../server/runtime';
import { startVerifying } from '../../server/verifying';
import type { FromVerifier } from '../../server/verifierProtocol';

const REPORT = { verdict: 'verified', short: '', summary: '', details: '' } as const;

test('an idle thread is ended, a busy one is not', async () => {
  let [started, ended] = [0, 0];
  let release: () => void = () => undefined;
  const startVerifier = (): ReturnType<Runtime['startVerifier']> => {
    let listen: (message: FromVerifier) => void = () => undefined;
    started++;
    return {
      post: ({ job }) => { release = () => listen({ job, report: REPORT }); },
      onMessage: (l) => { listen = l; },
      onFailure: () => undefined,
      terminate: () => { ended++; },
    };
  };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const verifying = startVerifying({ startVerifier } as unknown as Runtime, () => undefined, 20);
  const job = { text: '', languageId: 'mcalc', id: 'x' };
  const first = verifying.verify(job, 'asked');
  await wait(80);
  expect([started, ended]).toEqual([1, 0]);
  release();
  await first.result;
  await expect.poll(() => ended).toBe(1);
  const second = verifying.verify(job, 'asked');
  release();
  await second.result;
  expect(started).toBe(2);
  verifying.dispose();
});
