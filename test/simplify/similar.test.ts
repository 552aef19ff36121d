// Inverses that are one, functions of a product that let its factors pass, and what is symmetric by that: right, where they show, and noticed where they are wrong.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { present } from '../../core/notation/present';
import { newGraph } from '../../core/simplify';
import { mergedTail } from '../../core/simplify/merged-inverse';
import { similarTail } from '../../core/simplify/similar';
import { parse } from '../../core/syntax/parse';
import { gap, mutated, open } from './tails';

const DECLARED = `
A, B : matrix(n, n) invertible
S, T, P : matrix(n, n) posdef
X : matrix(n, m)
t : scalar positive`;

describe.each([
  ['inv(A)*inv(I + B*inv(A))', mergedTail, 'inv(A + B)'], ['inv(t*I + inv(S)*P)*inv(S)', mergedTail, 'inv(P + t*S)'], ["inv(S)*inv(I + X*X'*inv(S))*X", mergedTail, "inv(S + X*X')*X"],
  ['S*logm(inv(S)*T)*inv(S)*T*P', similarTail, 'T*logm(S^-1*T)*P'], ['A*logm(S*T)*S*T*inv(T)', similarTail, 'A*logm(S*T)*S'],
  ['B*S*T*logm(S*T)*inv(T)', similarTail, 'B*logm(S*T)*S'],
] as const)('%s', (text, tail, shown) => {
  test(`is ${shown}`, () => {
    const made = open(DECLARED, text, tail);
    expect(made.text).toBe(shown);
    expect(gap(made.values, made.want)).toBeLessThan(1e-9);
  });
});

test.each([['inv(A)*inv(I + B*inv(A))', mergedTail], ['S*logm(inv(S)*T)*inv(S)*T*P', similarTail]] as const)('a wrong twin of %s is noticed', (text, tail) => {
  const made = open(DECLARED, text, mutated(tail));
  expect(gap(made.values, made.want)).toBeGreaterThan(1e-3);
});

describe('symmetric', () => {
  const isSymmetric = (text: string): boolean => {
    const program = resolve(parse(`${DECLARED}\n${text}`));
    const term = program.requests.at(-1)?.term;
    if (!term) throw new Error(text);
    const w = openWorkspace(program, newGraph);
    return w.g.isSymmetric(w.node(term));
  };
  test.each(['S*inv(I + P*S)', 'inv(I + S*P)*S', "inv(S)*X*X'*inv(S + X*X')", "X'*S*inv(I + P*S)*X", 'invsqrtm(S)*logm(invsqrtm(S)*T*invsqrtm(S))*sqrtm(S)*inv(T)'])('%s', (text) => expect(isSymmetric(text)).toBe(true));
  test.each(['S*inv(I + A*S)', 'P*inv(I + P*S + S)', 'A*inv(I + P*A)', 'S*logm(S*T*S)*inv(T)', 'inv(S)*logm(invsqrtm(S)*T*invsqrtm(S))*sqrtm(S)*inv(T)'])('not %s', (text) => expect(isSymmetric(text)).toBe(false));
});

describe('distances of positive definite matrices', () => {
  const gradient = (f: string, x: string): readonly string[] => {
    const program = resolve(parse(`${DECLARED}\nf = ${f}\ngrad(f, ${x})`));
    const request = program.requests.at(-1);
    const p = request && present(program, request);
    if (!p || 'refused' in p) throw new Error(f);
    return [p.forms.gradient?.text ?? '', ...p.where.map((d) => d.text)];
  };
  test.each([
    ['normF(logm(invsqrtm(S)*T*invsqrtm(S)))^2', 'S', ['-2*R*logm(R*T*R)*R', 'R = S^(-1/2)']],
    ['normF(logm(invsqrtm(S)*T*invsqrtm(S)))^2', 'T', ['2*T^-1*R^-1*logm(R*T*R)*R', 'R = S^(-1/2)']],
    ['tr(S) + tr(T) - 2*tr(sqrtm(sqrtm(S)*T*sqrtm(S)))', 'S', ['I - R^-1*(R*T*R)^(1/2)*R^-1', 'R = S^(1/2)']],
    ['logdet(I + inv(S)*T)', 'S', ['inv(S + T) - S^-1']],
  ] as const)('%s by %s', (f, x, shown) => expect(gradient(f, x)).toEqual(shown));
});
