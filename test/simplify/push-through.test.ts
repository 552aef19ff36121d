// Low-rank updates on their small side: right, noticed when mutated, and done where the sizes say which side is small.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { pushedTail } from '../../core/simplify/push-through';
import { parse } from '../../core/syntax/parse';
import { gap, mutated, open } from './tails';

const DECLARED = `
dim n >= k
U, W : matrix(n, k)
R : matrix(k, n)
C : matrix(k, k)
S : matrix(k, k) posdef
u, w : vector(n)
y : vector(k)
c : scalar positive`;

describe('an inverse pushed through', () => {
  test.each([
    ["inv(I + U*U')*U", "U*inv(I + U'*U)"], ["U'*inv(I + U*U')", "inv(I + U'*U)*U'"], ["inv(c*I + U*R)*U*C", "U*inv(R*U + c*I)*C"], ["R*inv(c*I + U*R)*w", "inv(R*U + c*I)*R*w"],
    ["inv(I + U*S*U')*U*S", "U*inv(I + S*U'*U)*S"], ["inv(I + 3*u*w')*u", "u/(1 + 3*u'*w)"], ["W'*inv(2*I - U*U')*U*y", "W'*U*inv(2*I - U'*U)*y"],
  ])('%s = %s', (text, shown) => {
    const made = open(DECLARED, text, pushedTail);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
    expect(made.text.replaceAll(' ', '')).toBe(shown.replaceAll(' ', ''));
    expect(gap(open(DECLARED, text, mutated(pushedTail)).values, made.want)).toBeGreaterThan(1e-3);
  });
  test.each(["inv(I + U*U')*W", "inv(I + U'*U)*U'", "inv(diag(w) + U*U')*U", "U*inv(I + U'*U)"])('%s stays', (text) => {
    let pushed = 0;
    const made = open(DECLARED, text, (g, factors, next) => { const tail = pushedTail(g, factors, next); if (tail) pushed++; return tail; });
    expect(pushed).toBe(0);
    expect(gap(made.values, made.want)).toBeLessThan(1e-8);
  });
});

const UPDATES = `U : matrix(n, k)\nu : vector(n)\nA : matrix(n, n) posdef\nC : matrix(k, k) posdef\na : scalar positive`;
function shown(dim: string, text: string, x: string): { readonly gradient: string; readonly also: readonly string[] } {
  const program = resolve(parse(`${dim}\n${UPDATES}\nf = ${text}\ngrad(f, ${x})`));
  const request = program.requests.at(-1);
  const p = request && present(program, request);
  if (!p || 'refused' in p) throw new Error(text);
  return { gradient: p.forms.gradient?.text ?? '', also: p.alternatives.filter((o) => o.label.startsWith('with an inverse')).map((o) => o.text) };
}

describe('the log-determinant of an update', () => {
  test.each([
    ["logdet(I + U*U')", 'U', "2*inv(I + U*U')*U", "2*U*inv(I + U'*U)"],
    ["logdet(I + a*U*U')", 'U', "2*a*inv(I + a*U*U')*U", "2*a*U*inv(I + a*U'*U)"],
    ["logdet(I + a*U*U')", 'a', "tr(U'*inv(I + a*U*U')*U)", "tr(U'*U*inv(I + a*U'*U))"],
    ["logdet(A + U*C*U')", 'U', "2*inv(A + U*C*U')*U*C", "2*A^-1*U*inv(C^-1 + U'*A^-1*U)"],
    ["logdet(A + U*C*U')", 'A', "inv(A + U*C*U')", "A^-1*(I - U*inv(C^-1 + U'*A^-1*U)*U'*A^-1)"],
    ["logdet(A + U*C*U')", 'C', "U'*inv(A + U*C*U')*U", "U'*A^-1*U*inv(C*U'*A^-1*U + I)"],
    ["logdet(A + u*u')", 'u', "2*inv(A + u*u')*u", "2*A^-1*u / (1 + u'*A^-1*u)"],
  ])('%s by %s: %s, and on the other side', (text, x, gradient, also) => {
    expect(shown('', text, x)).toEqual({ gradient, also: [also] });
  });
  test('a smaller inverse is no gain where the formula is more than three times as long', () => {
    const program = resolve(parse("X : matrix(n, k)\nZ : matrix(n, q)\ns, t : scalar positive\ny : vector(n)\nV = s*I + t*Z*Z'\nP = inv(V) - inv(V)*X*inv(X'*inv(V)*X)*X'*inv(V)\nf = (logdet(V) + logdet(X'*inv(V)*X) + y'*P*y)/2\ngrad(f, t)"));
    const request = program.requests.at(-1);
    const p = request && present(program, request);
    if (!p || 'refused' in p) throw new Error('refused');
    expect(p.forms.gradient?.text).toBe("(tr(Z'*P*Z) - y'*P*Z*Z'*P*y) / 2");
    expect(p.alternatives.filter((o) => o.label.startsWith('with an inverse'))).toEqual([]);
  });
  test('the sizes say which side is small', () => {
    expect(shown('dim n >= k', "logdet(I + U*U')", 'U')).toEqual({ gradient: "2*U*inv(I + U'*U)", also: [] });
    expect(shown('dim k >= n', "logdet(I + U'*U)", 'U')).toEqual({ gradient: "2*inv(I + U*U')*U", also: [] });
    expect(shown('', "logdet(I + u*u')", 'u').gradient).toBe("2*u / (1 + u'*u)");
  });
});
