// Products entry by entry that have a name, or get one, inside longer products: weights of logistic models and of robust losses.
import { expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { firstRequest, program } from '../verify/document';
import { best } from './best';

const LOGISTIC = 'A : matrix(m, n)\nb : vector(m)\nx : vector(n)\n';

test.each([
  ['a weight', `${LOGISTIC}p = sigmoid(A*x) .* (1 - sigmoid(A*x))\nf = logdet(A'*diag(p)*A)\ngrad(f, x)`, "A'*(p .* (1 - 2*sigmoid(A*x)) .* diag(A*inv(A'*diag(p)*A)*A'))"],
  ['a weight with more beside it', `${LOGISTIC}p = b.^2 .* sigmoid(A*x) .* (1 - sigmoid(A*x))\nf = sum(p)\ngrad(f, x)`, "A'*(p .* (1 - 2*sigmoid(A*x)))"],
  ['a power of it', 'x, y, z : vector(n)\np = exp(x) .* y\nF = p.^2 .* z.^3\nF .* exp(x)', 'F .* exp(x)'],
  ['two names', 'x, y, u, v : vector(n)\np = tanh(x) .* y\nq = cos(u) .* v\ntanh(x) .* cos(u) .* y .* v .* x', 'p .* q .* x'],
  // Put into the terms before they are joined.
  ['a gate', `${LOGISTIC}gate = sigmoid(A*x) .* tanh(A*x + b)\nv : vector(n)\ndiff(gate, x, v)`, '(A*v) .* (gate .* (sigmoid(-A*x) - tanh(A*x + b)) + sigmoid(A*x))'],
  // Not where entries would be divided by, or a root be asked of what has none.
  ['no quotient', 'x, y, z, b : vector(n)\np = b.^2 .* exp(x .* y + z)\nexp(x .* y + z) .* b', 'b .* exp(x .* y + z)'],
  ['no root', 'x, y, z : vector(n)\np = sqrt(x) .* exp(x .* y + z)\nx .* exp(x .* y + z)', 'x .* exp(x .* y + z)'],
])('%s', (_, text, shown) => { expect(best(text)).toBe(shown); });

test('what two products share gets a name, whatever sums the terms would be in', () => {
  const p = program(`${LOGISTIC}f = logdet(A'*diag(b .* sigmoid(-b .* (A*x)) .* sigmoid(b .* (A*x)) .* b)*A)\ngrad(f, x)`);
  const shown = present(p, firstRequest(p));
  if ('refused' in shown) throw new Error(shown.refused.message);
  expect([shown.forms.gradient?.text, ...shown.where.map((w) => w.text)]).toEqual(["A'*(b .* u .* (1 - 2*sigmoid(c)) .* diag(A*inv(A'*diag(u)*A)*A'))", 'c = b .* (A*x)', 'u = b.^2 .* sigmoid(-c) .* sigmoid(c)']);
});
