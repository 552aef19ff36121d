// Forms are made when they are read, and no form depends on which others were read before it; equal parts are printed once.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { lazily, withOwn } from '../../core/notation/lazy';
import { present } from '../../core/notation/present';
import type { FormName, Presentation } from '../../core/notation/presentation';
import { parse } from '../../core/syntax/parse';
import { cases } from '../corpus/cases';

function presented(text: string): Presentation {
  const program = resolve(parse(text));
  const request = program.requests.at(-1);
  const made = request && present(program, request);
  if (!made || 'refused' in made) throw new Error(`nothing to present in ${text}`);
  return made;
}

const nest = (depth: number): string => `A, X : matrix(n, n)\nY0 = X\n${Array.from({ length: depth }, (_, i) => `Y${i + 1} = A*Y${i}*Y${i} + I`).join('\n')}`;

describe('forms on demand', () => {
  const sample = cases.filter((_, i) => i % 4 === 0);
  test.each(sample.map((c) => [c.id, c.mcalc] as const))('%s: each form alone is what it is among all, in any order', (_id, text) => {
    const all = presented(text);
    const names = Object.keys(all.forms) as FormName[];
    const whole = names.map((name) => ({ ...all.forms[name] }));
    names.forEach((name, i) => expect({ ...presented(text).forms[name] }).toEqual(whole[i]));
    const backwards = presented(text);
    const steps = backwards.steps.map((s) => s.text);
    expect([...names].reverse().map((name) => ({ ...backwards.forms[name] })).reverse()).toEqual(whole);
    expect(steps).toEqual(all.steps.map((s) => s.text));
  });
  test('the same request is presented once', () => {
    const program = resolve(parse("x : vector(n)\nA : matrix(n, n)\ngrad(x'*A*x, x)"));
    const request = program.requests[0];
    if (!request) throw new Error('no request');
    expect(present(program, request)).toBe(present(program, request));
  });
});

describe('derivations of what is too long to print without names', () => {
  const long = presented(`${nest(7)}\ngrad(tr(Y7), X)`);
  test('no line is left out: long lines have names of their own', () => {
    expect(long.steps.length).toBeGreaterThan(7);
    expect(long.steps.some((s) => (s.where ?? []).length > 0)).toBe(true);
  });
  test('each name that a line uses is defined with it, above its use', () => {
    for (const s of long.steps) {
      const names = new Set([...(s.where ?? []).map((d) => d.slice(0, d.indexOf(' '))), ...long.where.map((d) => d.name)]);
      const used = (text: string): readonly string[] => (text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).filter((w) => /^[A-Z]_\d+$/.test(w));
      for (const w of used(s.text)) expect(names.has(w)).toBe(true);
    }
  });
});

describe('objects with properties on demand', () => {
  test('a property is made once, when it is read; a copy with others of its own leaves it unread', () => {
    let made = 0;
    const o = lazily<{ a: number; b: number }>({ a: () => ++made, b: () => 7 });
    const copy = withOwn(o, { b: 8 });
    expect(made).toBe(0);
    expect([copy.b, o.b]).toEqual([8, 7]);
    expect([o.a, o.a, made]).toEqual([1, 1, 1]);
    expect(JSON.parse(JSON.stringify(o))).toEqual({ a: 1, b: 7 });
    expect({ ...o }).toEqual({ a: 1, b: 7 });
  });
});
