// The same function written in several ways is printed in one.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';
import { cases } from '../corpus/cases';
import { problems, type Problem } from '../anchors/problems';
import { REWRITINGS, rewritten } from './rewritten';
import { short } from './program';

const groups: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['quadratic form', 'A : matrix(n, n)\nx : vector(n)', 'x', ["x'*A*x", "tr(A*x*x')", "x'*A'*x", "dot(x, A*x)", 'sum(x .* (A*x))', "tr(x'*A*x)"]],
  ['least squares', 'X : matrix(m, n)\ny : vector(m)\nw : vector(n)', 'w', ['norm(X*w - y)^2', "(X*w - y)'*(X*w - y)", 'sum((y - X*w).^2)', 'normF(X*w - y)^2', "w'*X'*X*w - 2*y'*X*w + y'*y"]],
  ['squared Frobenius norm', 'X, A : matrix(m, n)', 'X', ['normF(X - A)^2', "tr((X - A)'*(X - A))", 'sum((X - A).^2)', "tr((A - X)*(A - X)')"]],
  ['log-determinant', 'X : matrix(n, n) posdef', 'X', ['logdet(X)', 'log(det(X))', '-logdet(inv(X))', '2*sum(log(diag(chol(X))))', "logdet(X')"]],
  ['logistic loss', 'X : matrix(m, n)\nw : vector(n)', 'w', ['sum(softplus(X*w))', 'sum(log(1 + exp(X*w)))', '-sum(log(1 - sigmoid(X*w)))', '-sum(log(sigmoid(-X*w)))']],
  ['trace of products', 'A, B, X : matrix(n, n)', 'X', ['tr(A*X*B)', 'tr(B*A*X)', "tr(X'*A'*B')", "A' : (X*B)"]],
  ['bilinear form', 'a : vector(m)\nb : vector(n)\nX : matrix(m, n)', 'X', ["a'*X*b", "b'*X'*a", "tr(X*b*a')", 'sum((a*b\') .* X)']],
  ['log-sum-exp', 'x : vector(n)', 'x', ['logsumexp(x)', 'log(sum(exp(x)))']],
  ['Kronecker product on a vector', 'A : matrix(p, q)\nB, X : matrix(n, n)', 'X', ["vec(B*X)'*vec(B*X)", 'norm((I(n) ⊗ B)*vec(X))^2', 'normF(B*X)^2']],
];

describe.each(groups)('%s', (_name, declared, x, functions) => {
  const printed = (f: string): string => short(`${declared}\ngrad(${f}, ${x})`);
  test.each(functions.slice(1))('%s', (f) => {
    expect(printed(f)).toBe(printed(functions[0] ?? ''));
  });
});

describe('the corpus and the anchor problems written in other ways', () => {
  const shown = (text: string): readonly string[] => {
    const program = resolve(parse(text));
    expect(program.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    const request = program.requests.at(-1);
    const p = request && present(program, request);
    return !p || 'refused' in p ? [] : [...Object.values(p.forms).map((f) => f.text), ...p.where.map((w) => w.text), ...p.alternatives.map((a) => a.text)];
  };
  const requestOf = (p: Problem): string => (p.order === 2 ? `hessian(F, ${p.by})` : p.form === 'gradient' ? `grad(F, ${p.by})` : `jacobian(F, ${p.by})`);
  const texts = [...cases.map((c) => [c.id, c.mcalc] as const), ...problems.map((p) => [`problem ${p.id}`, `${p.text}\n${requestOf(p)}`] as const)];
  const sample = texts.map(([id, text], i) => [id, text, rewritten(text, i + 1)] as const).filter(([, text, other]) => other !== text);
  test('most are written differently', () => expect(sample.length).toBeGreaterThan(130));
  test.each(REWRITINGS)('some by %s alone', (kind) => expect(texts.some(([, text], i) => rewritten(text, i + 1, [kind]) !== text)).toBe(true));
  test.each(sample)('%s', (_id, text, other) => {
    expect(shown(text).length).toBeGreaterThan(0);
    expect(shown(other)).toEqual(shown(text));
  });
});
