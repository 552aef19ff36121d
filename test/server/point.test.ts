/** A derivative verified at a person's own point: a template to begin with, the verdict, and refusals that name what is wrong. */
import { afterEach, expect, test } from 'vitest';
import { analyse } from '../../core/ide/analysis';
import { pointTemplate } from '../../core/ide/point-template';
import { verificationPoint } from '../../core/ide/values';
import { engine } from '../../server/engine';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/p.mcalc';
const TEXT = "A : matrix(n, n) posdef\nx : vector(n)\nf = x'*A*x\ngrad(f, x)\ncheck f == x'*A'*x\n";
const ID = 'request:grad(f,x)';
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

const verifyAt = (p: Peer, values: unknown, id = ID): Promise<unknown> =>
  p.request('workspace/executeCommand', { command: 'mcalc.verifyAt', arguments: [URI, id, typeof values === 'string' ? values : JSON.stringify(values)] }).catch((e: Error) => e.message);

async function opened(): Promise<Peer> {
  peer = serve();
  await peer.start();
  await peer.open(URI, TEXT);
  return peer;
}

test('the verdict is of that point', async () => {
  const p = await opened();
  const { text } = await p.request<{ text: string }>('mcalc/point', { uri: URI, id: ID });
  expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(['A', 'dims', 'x']);
  expect(await verifyAt(p, text)).toMatchObject({ verdict: 'verified', details: expect.stringMatching(/points \| 1/) as string });
  expect(await verifyAt(p, { A: [[2, 1], [1, 3]], x: [1, -1] })).toMatchObject({ verdict: 'verified' });
  // The lens speaks of random points; a point of one's own says nothing of others.
  const lenses = await p.request<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument: { uri: URI } });
  expect(lenses.some((lens) => lens.command.title.includes('verified'))).toBe(false);
});

test.each([
  ['no JSON', '{x', /not JSON/], ['a name is missing', { A: [[1]] }, /x has no value/], ['a shape is wrong', { A: [[2, 1], [1, 3]], x: [1, 2, 3] }, /makes the dimension n/],
  ['a structure is broken', { A: [[1, 2], [3, 4]], x: [1, 1] }, /declared posdef/], ['an entry is none', { A: [[1, 'b'], [0, 1]], x: [1, 1] }, /entry \(1, 2\)/],
])('%s', async (_, values, message) => expect(await verifyAt(await opened(), values)).toMatch(message));

test('a claim is not verified at one point', async () => expect(await verifyAt(await opened(), '{}', "check:checkf==x'*A'*x")).toMatch(/many points/));

test.each([
  ['Q : matrix(n, n) orthogonal\nS : matrix(n, n) symmetric\nf = tr(Q*S)\ngrad(f, S)\n'], ['X : matrix(m, n) fullrank\ndim m >= n\nP = X*inv(X\'*X)*X\'\njacobian(P, X)\n'],
  ['L : matrix(n, n) lower\nt : scalar positive\nf = log(t)*tr(L)\ngrad(f, L)\n'], ['x : vector(n) positive\nf = sum(log(x))\ngrad(f, x)\n'],
])('a template is a point of the declared structure: %s', (text) => {
  const { items } = analyse(text, 'mcalc', engine);
  const item = items.find((one) => one.kind === 'request');
  if (item?.kind !== 'request') throw new Error('no request');
  const { program } = item.part.compiled;
  const template = pointTemplate(program, item.request);
  expect(template).toBeDefined();
  expect(verificationPoint(program, item.request, 'the template', template ?? '').values.size).toBeGreaterThan(0);
});
