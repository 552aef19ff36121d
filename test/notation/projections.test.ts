// Least squares with its variables eliminated: the residual is orthogonal to the fitted space, so the derivatives of the pseudo-inverse fall away.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import type { FormName } from '../../core/notation/presentation';
import { parse } from '../../core/syntax/parse';

function shown(text: string): { readonly forms: Readonly<Partial<Record<FormName, string>>>; readonly where: readonly string[] } {
  const program = resolve(parse(text));
  const request = program.requests.at(-1);
  const p = request && present(program, request);
  if (!p || 'refused' in p) throw new Error(`refused: ${text}`);
  return { forms: Object.fromEntries(Object.entries(p.forms).map(([name, f]) => [name, f.text])), where: p.where.map((d) => d.text) };
}

const VARPRO = `v : matrix(m, n)\nB : matrix(n, k)\np : vector(n)\nw : vector(m)
f = norm(v*(p - B*inv(B'*v'*v*B)*B'*v'*(v*p - w)) - w)^2`;
const OLS = "X : matrix(m, n)\ny : vector(m)\nf = norm(y - X*inv(X'*X)*X'*y)^2";
const WEIGHTED = "A : matrix(m, n)\nb, w : vector(m)\nx = inv(A'*diag(w.^2)*A)*A'*diag(w.^2)*b\nf = norm(w .* (A*x - b))^2";
const GLS = "X : matrix(m, n)\nS : matrix(m, m) posdef\ny : vector(m)\nc = inv(X'*inv(S)*X)*X'*inv(S)*y\nf = (y - X*c)'*inv(S)*(y - X*c)";

describe('variable projection', () => {
  test('by B: -2 v\'M c\', both named', () => {
    const { forms, where } = shown(`${VARPRO}\ngrad(f, B)`);
    expect(forms.gradient).toBe("2*v'*r*c'");
    expect(forms.directional).toBe("2*r'*v*V*c");
    expect(forms.components).toBe("2*c[l]*(v'*r)[q]");
    expect(forms.vec).toBe("2*vec(v'*r*c')'");
    expect(where).toEqual(["c = inv(B'*v'*v*B)*B'*v'*(v*p - w)", 'r = w - v*(p - B*c)']);
  });
  test('by the others: as if the coefficients stood still', () => {
    expect(shown(`${VARPRO}\ngrad(f, v)`).forms.gradient).toBe("2*(v*r - w)*r'");
    expect(shown(`${VARPRO}\ngrad(f, p)`).forms.gradient).toBe("2*(v - v*B*inv(M'*B)*M')'*(v*p - w)");
    expect(shown(`${VARPRO}\ngrad(f, w)`).forms.gradient).toBe("2*(I - v*B*inv(B'*v'*v*B)*B'*v')*(w - v*p)");
  });
});

describe('ordinary, weighted and generalised least squares', () => {
  test.each([
    [OLS, 'X', "2*(X*c - y)*c'"], [OLS, 'y', "2*(y - X*inv(X'*X)*X'*y)"],
    [WEIGHTED, 'w', '2*(w .* (A*x - b).^2)'], [WEIGHTED, 'A', "2*(w.^2 .* (A*x - b))*x'"], [WEIGHTED, 'b', '2*(w.^2 .* (b - A*x))'],
    [GLS, 'X', "2*S^-1*(X*c - y)*c'"], [GLS, 'y', '2*S^-1*(y - X*c)'], 
  ])('%s by %s', (text, x, gradient) => expect(shown(`${text}\ngrad(f, ${x})`).forms.gradient).toBe(gradient));
  test('by the weights of the general one: the two sides of the outer product have one name', () => {
    const { forms, where } = shown(`${GLS}\ngrad(f, S)`);
    expect(forms.gradient).toBe("-u*u'");
    expect(where).toEqual(['u = S^-1*(y - X*c)']);
  });
});

describe('the projector: its differential factors through the complement, in every view', () => {
  const { forms, where } = shown("X : matrix(m, n)\nF = X*inv(X'*X)*X'\njacobian(F, X)");
  test('where', () => expect(where).toEqual([]));
  test.each([
    ['differential', "2*sym((I - F)*dX*inv(X'*X)*X')"], ['directional', "2*sym((I - F)*V*inv(X'*X)*X')"], ['components', "2*sym(X*inv(X'*X)*E(l, k)*(I - F))"],
    ['index', "(delta(i, k) - F[i, k])*(X*inv(X'*X))[j, l] + (delta(j, k) - F[j, k])*(X*inv(X'*X))[i, l]"], ['vec', "(I + commutation(m, m))*((X*inv(X'*X)) ⊗ (I - F))"], ['tensor', "((I - F) ⊠ (X*inv(X'*X))) + ((X*inv(X'*X)) ⊠ (I - F)) : 𝕋"],
  ] as const)('%s', (name, text) => expect(forms[name]).toBe(text));
});
