/** A text that was edited is read as if it were new, and what the edit did not touch is not read again. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileOf, KINDS } from '../../bench/files';
import { resolve, workOf } from '../../core/algebra/resolve';
import { parse, readingOf } from '../../core/syntax/parse';
import { reparse } from '../../core/syntax/reparse';
import { exampleTexts } from '../fuzz/texts';
import { documentText, followEdits, programText } from './edits';

const examples = exampleTexts(path.resolve(import.meta.dirname, '../..')).filter((t) => t.length < 1200);

describe('after every one of a chain of random edits, the tree and the program are those of the text', () => {
  test.each(Array.from({ length: 8 }, (_, i) => [i + 1] as const))('chain %i', (seed) => {
    const start = seed % 3 === 0 ? fileOf(KINDS[seed % KINDS.length] ?? 'plain', 20) : `${examples[(seed * 5) % examples.length]}\n${examples[(seed * 11) % examples.length]}`;
    const { faults, keptSlices } = followEdits(start, seed, 10, examples);
    expect(faults).toEqual([]);
    expect(keptSlices).toBeGreaterThan(0);
  });
});

const CHANGES: readonly (readonly [string, (lines: string[]) => void, number])[] = [
  ['a blank in one line', (lines) => { lines[20] += ' '; }, 0],
  ['a line added', (lines) => { lines.splice(20, 0, "own = a'b"); }, 1],
  ['a line taken out at the end', (lines) => { lines.pop(); lines.pop(); }, 0],
  ['a line broken', (lines) => { lines.splice(30, 0, 'broken = A *'); }, 1],
];
describe.each(KINDS)('in a file of the kind %s', (kind) => {
  test.each(CHANGES)('%s', (_, change, most) => {
    const before = fileOf(kind, 60);
    const lines = before.split('\n');
    change(lines);
    const text = lines.join('\n');
    const old = parse(before);
    const document = reparse(old, text);
    const reading = readingOf(document);
    expect((reading?.slices.length ?? 0) - (reading?.kept ?? 0)).toBeLessThanOrEqual(most + 1);
    const program = resolve(document, { previous: resolve(old) });
    expect(workOf(program).read).toBeLessThanOrEqual(most);
    expect(documentText(document)).toBe(documentText(parse(text)));
    expect(programText(program)).toBe(programText(resolve(parse(text))));
  });
});

test.each(['plain', 'dense', 'inferred', 'arguments', 'chained', 'claims'] as const)('a term in the middle of a file of the kind %s: a few statements are read and the text is not gone through', (kind) => {
  const before = fileOf(kind, 300);
  const lines = before.split('\n');
  const at = lines.findIndex((line, i) => i > 150 && / = /.test(line));
  let document = parse(before);
  let program = resolve(document);
  for (const phrase of [' + 1', ' + 1 - 2', '']) {
    const text = lines.with(at, `${lines[at]}${phrase}`).join('\n');
    document = reparse(document, text);
    program = resolve(document, { previous: program });
    expect([workOf(program).times, workOf(program).read <= 3]).toEqual([0, true]);
    expect(programText(program)).toBe(programText(resolve(parse(text))));
  }
});

describe('while somebody types, what differs is read and nothing else is gone through', () => {
  test('in files of all kinds', () => {
    let patches = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const start = seed % 3 === 0 ? fileOf(KINDS[seed % KINDS.length] ?? 'plain', 20) : `${examples[(seed * 7) % examples.length]}\n${examples[(seed * 13) % examples.length]}`;
      const { faults, patched } = followEdits(start, seed + 100, 30, examples, true);
      expect(faults).toEqual([]);
      patches += patched;
    }
    expect(patches).toBeGreaterThan(60);
  });

  const models = ['X : matrix(m, n)', 'y : vector(m)', ...Array.from({ length: 40 }, (_, i) => `f${i}(w) = norm(X*w - y)^2 + ${i}*w'w`), 'b = y + X*ones(n, 1)', 'grad(f1, w)', "check b'*y == y'*b"].join('\n');
  test.each([
    ['a term', 'f7(w) = norm(X*w - y)^2', " + 3*w'w"],
    ['a name that nothing declares', 'f30(w) = norm(X*w - y)^2', ' + rate'],
    ['a definition that another statement is built on', 'b = y', ' + 2*y'],
    ['one with a request', 'f1(w) = norm(X*w - y)^2', ' + sum(w)'],
    ['a claim', "b'*y == y'*b", ' + 0'],
    ['a comment', 'grad(f1, w)', ' # slope'],
  ])('%s', (_, after, phrase) => {
    let text = models;
    let document = parse(text);
    let program = resolve(document);
    const at = models.indexOf(after) + after.length;
    for (let k = 1; k <= phrase.length; k++) {
      text = models.slice(0, at) + phrase.slice(0, k) + models.slice(at);
      document = reparse(document, text);
      program = resolve(document, { previous: program });
      expect([workOf(program).times, phrase.slice(0, k)]).toEqual([0, phrase.slice(0, k)]);
      expect(workOf(program).read).toBeLessThanOrEqual(3);
      expect(programText(program)).toBe(programText(resolve(parse(text))));
    }
  });

  test.each([
    ['a line is set in whose mending goes before it', "X*(X'*X)^(-1/2)\nx : vector(n)", " X*(X'*X)^(-1/2)\nx : vector(n)"],
    ['a line is put between a function and its call, whose term has parts of both', "x : vector(n)\nf(w) = w'*w\ng = f(2*x)\ngrad(g, x)", "x : vector(n)\nf(w) = w'*w\n\ng = f(2*x)\ngrad(g, x)"],
    ['a comment grows before a statement on its last line', "x : vector(n)\n/* a\n */ f = x'*y\ngrad(f, x)", "x : vector(n)\n/* a\nb\n */ f = x'*y\ngrad(f, x)"],
    ['a size bears the name of what is edited', "x : vector(n)\nd = x'*x\nK : matrix(d, d)\nx : vector(d)", "x : vector(n)\nd = x'*x + 1\nK : matrix(d, d)\nx : vector(d)"],
    ['a line ends inside a statement that cannot be read, before another', '7: what the next one is abou, i;n a few', '7: \nwhat the next one is abou, i;n a few'],
    ['an error goes that made another wait', "x : vector(n)\nf = x + q*I\ng = w'*(I + 1 + w)*x*I", "x : vector(n)\nf = x\ng = w'*(I + 1 + w)*x*I"],
    ['an error is made beside another further on', "A : matrix(n, n)\nx : vector(n)\ngrad(x'*A*x, x)\nA : matri", "A : matrix(n, n)\nx : vector(n)\ngrad(x'*A*x, x) + I\nA : matri"],
    ['a name is typed that is the one given to a size of something declared', "A : matrix\nx : vector(r)\ng = x'*x", "A : matrix\nx : vector(r)\ng = x'*x + n(2)"],
    ['the first of two declarations changes', "X : matrix(m:, n)\nX : matrix(n, n)\nF = adj(X)\ntr(F)", "X : matrix(m:,, n)\nX : matrix(n, n)\nF = adj(X)\ntr(F)"],
    ['a variable more: it is no longer the only one', "W : matrix(n, k)\nF = W*W'\njacobian(W)\nr = =(c'*d)", "W : matrix(n, k)\nF = W*W'\njacobian(W)\nr = =(c'\nb : vector(n)*d)"],
    ['a size that the reading named is named otherwise', "f = vec(X)'*B*vec(X)\ngrad(f, X)\n\nx : vr(n)\nf = g + x '*(x\ng = + I 2*f\n", "f( = vec(X)'*B*vec(X)\ngrad(f, X)\n\nx : vr(n)\nf = g + x '*(x\ng = + I 2*f\n"],
    ['a name is typed that is the one given to a size', "A*B\nx : vector(r)\nf = x'*x + 1", "A*B\nx : vector(r)\nf = x'*x + n"],
  ])('%s', (_, before, text) => {
    const program = resolve(reparse(parse(before), text), { previous: resolve(parse(before)) });
    expect(programText(program)).toBe(programText(resolve(parse(text))));
  });
});

describe('what rests on a changed definition', () => {
  const before = "A : matrix(n, n)\nx, b, t : vector(n)\nB = A*A\nC = B + A\nD = A*x\nE1 = C*A + A\ng = x'*E1*x\ntr(C)\ngrad(g, x)\nf(t) = C*t\nf(x)";
  test.each([
    ['is not read where it rests on its shape alone', 'B = A*x*x\'', { kept: 5, read: 4, times: 0 }],
    ['is read where the shape is another', 'B = x', { kept: 1, read: 8, times: 0 }],
    ['is read where the definition has none', 'B = A*', { kept: 1, read: 8, times: 0 }],
    ['is read where the definition now names it', 'B = A*E1', { kept: 1, read: 8, times: 0 }],
    ['is read where that changes what a derivative further on is by', "B = b*b'", { kept: 5, read: 4, times: 0 }],
  ])('%s', (_, line, work) => {
    const text = before.replace('B = A*A', line);
    const program = resolve(reparse(parse(before), text), { previous: resolve(parse(before)) });
    expect(programText(program)).toBe(programText(resolve(parse(text))));
    expect(workOf(program)).toEqual(work);
  });
});

describe('an error of sizes in a file whose definitions share an argument', () => {
  const models = ['X : matrix(m, n)', 'y : vector(m)', 'z : vector(p)', ...Array.from({ length: 40 }, (_, i) => `f${i}(w) = norm(X*w - y)^2 + ${i}*w'w`), 'grad(f1, w)'];
  const text = models.join('\n');
  test.each([
    ['in one statement, whose names cannot be anything else', 'f7(w) = norm(X*w - z)^2', 1],
    ['while it is typed', "f7(w) = norm(X*w - y + w)^2 + 7*w'w", 1],
    ['in the definition that was first to say what the argument is', 'f0(w) = norm(X*w - z)^2', 1],
    ['beside names that nothing declares, as while one types', 'f7(w) = no+rm(X*w - y)^2', 1],
    ['through another definition', 'f7(w) = f3 + tr(X*w - z)', 1],
  ])('%s: the text is gone through once, and one statement is read', (_, line, times) => {
    const changed = text.replace(new RegExp(`^${line.slice(0, 2)}\\(.*$`, 'm'), line);
    const program = resolve(parse(changed), { previous: resolve(parse(text)) });
    expect(program.diagnostics.some((d) => d.code.startsWith('MC3'))).toBe(true);
    expect(workOf(program).times).toBeLessThanOrEqual(times);
    expect(workOf(program).read).toBeLessThanOrEqual(4);
    expect(program.diagnostics).toEqual(resolve(parse(changed)).diagnostics);
  });
  test('where the argument may be something else than the first definition took it for, all that is said of it counts', () => {
    // By itself x'*t is a number times nothing but a vector t; the second line makes t a matrix.
    const program = resolve(parse("A : matrix(n, n)\nx : vector(n)\nf(t) = x'*t\ng(t) = A*t*A\n"));
    expect(workOf(program).times).toBe(2);
    expect(program.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  });
});
