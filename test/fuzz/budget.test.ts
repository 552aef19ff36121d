/** A small budget of random programs on every test run; the long run is `npm run fuzz`. */
import { expect, test } from 'vitest';
import { generate } from './generate';
import { judge, judgeText, requestText } from './judge';
import { countNodes } from './tree';

const FIRST = 1;
const PROGRAMS = 16;
/** Larger ones are left to the long run. */
const LARGEST = 9;

const seeds: number[] = [];
for (let s = FIRST; seeds.length < PROGRAMS; s++) if (countNodes(generate(s).main) <= LARGEST) seeds.push(s);

for (const seed of seeds) {
  test(`the program of seed ${seed}`, () => {
    const p = generate(seed);
    const outcome = judge(p, seed);
    expect(outcome.kind === 'wrong' ? `${outcome.stage}: ${outcome.detail}` : '', requestText(p)).toBe('');
  });
}

test('the same seed gives the same program', () => expect(requestText(generate(7))).toBe(requestText(generate(7))));
test('nothing but a derivative is taken for one: a program outside float64 is undecided', () => {
  expect(judgeText('x : vector(n)\nF = sum(log(-exp(x)))\ngrad(F, x)', 1).kind).not.toBe('right');
});
