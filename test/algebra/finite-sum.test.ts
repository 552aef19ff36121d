/** Sums over an index with deltas in them: what is picked, and where a range would have to be known. */
import { describe, expect, test } from 'vitest';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest } from '../../core/verify/verify';
import { firstRequest, program } from '../verify/document';

const DECLARED = 'X : matrix(n, n)\nx : vector(n)\ny : vector(3)\n';
const shown = (text: string, declared = DECLARED): string | undefined => {
  const p = program(`${declared}${text}`);
  const made = present(p, firstRequest(p));
  return 'forms' in made ? made.forms[made.best]?.text : made.refused.message;
};

test.each([
  ['sum(sum(delta(i, j)*X[i, j]*x[i], j = 1:n), i = 1:n)', "diag(X)'*x"], ['grad(sum(sum(delta(i, j)*X[i, j]*x[i], j = 1:n), i = 1:n), X)', 'diag(x)'],
  ['sum(sum(delta(j, i)*x[i]*x[j], j = 2:n), i = 2:n)', 'norm(x[2:n])^2'], ['sum(delta(i, 2)*y[i], i = 1:3)', 'y[2]'], ['grad(sum(delta(i, 1)*x[i]^2, i = 1:n), x)', '2*x[1]*e(1, n)'],
])('%s', (text, expected) => {
  expect(shown(text)).toBe(expected);
  const p = program(`${DECLARED}${text}`);
  const candidate = candidateOf(p, firstRequest(p));
  expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
});

describe('an index that may lie outside the range', () => {
  test.each(['sum(delta(i, 2)*x[i], i = 1:n)', 'sum(sum(delta(i, j)*x[j], j = 1:n), i = 1:3)'])('%s is refused', (text) => expect(shown(text)).toContain('may lie outside the range'));
});

const ROWS = 'X, Y : matrix(m, n)\nmu, w : vector(n)\nS : matrix(n, n) posdef\nA : matrix(n, n)\ny : vector(m)\nW : matrix(k, n)\nt : scalar\n';
/** Terms with the rows, columns and entries of a matrix; every value is compared with the sum written out, at 64 digits. */
describe('sums over rows, columns and entries', () => {
  test.each([
    ["sum(norm(X[i, :]' - mu)^2, i = 1:m)", "normF(X - ones(m)*mu')^2"],
    ["grad(sum((X[i, :]' - mu)'*inv(S)*(X[i, :]' - mu), i = 1:m), mu)", "2*S^-1*(m*mu - rowsum(X'))"],
    ["grad(sum((X[i, :]' - mu)'*inv(S)*(X[i, :]' - mu), i = 1:m), S)", "-S^-1*(X' - mu*ones(m)')*(X - ones(m)*mu')*S^-1"],
    ["sum((X[i, :]' - mu)*(X[i, :]' - mu)', i = 1:m)", "(X' - mu*ones(m)')*(X - ones(m)*mu')"],
    ["sum(y[i]*(X[i, :]' - mu)*X[i, :], i = 1:m)", undefined], ["sum(y[i]*norm(X[i, :]' - mu)^2, i = 1:m)", undefined],
    ["sum(X[i, :]*A*Y[i, :]', i = 1:m)", "tr(Y'*X*A)"], ["sum(w'*A*X[i, :]'*t, i = 1:m)", undefined], ["sum(X[i, :]*A*w*y[i], i = 1:m)", undefined],
    ["sum(tanh(W*X[i, :]'), i = 1:m)", "rowsum(tanh(W*X'))"], ["sum(tanh(X[i, :]), i = 1:m)", 'colsum(tanh(X))'], ["sum(norm(tanh(W*X[i, :]'))^2, i = 1:m)", "normF(tanh(W*X'))^2"],
    ["sum(exp(-norm(X[i, :]' - mu)^2), i = 1:m)", undefined], ['grad(sum(norm(X[i, :]), i = 1:m), X)', undefined],
    ["sum(norm(X[i + 1, :]' - A*X[i, :]')^2, i = 1:m-1)", "normF(X[1:(m - 1), :]*A' - X[2:m, :])^2"], ['sum(norm(X[:, j] - y)^2, j = 1:n)', "normF(X - y*ones(n)')^2"],
    ["sum(diag(X[i, :]'), i = 1:m)", "diag(rowsum(X'))"], ["sum(diag(X[i, :]')*w, i = 1:m)", undefined], ["sum((A + X[i, :]'*X[i, :])*w, i = 1:m)", undefined], ["sum(A*tanh(X[i, :]')*w'*A, i = 1:m)", undefined],
    ["sum(A*diag(X[i, :]')*A', i = 1:m)", undefined], ['sum(sum(X[i, j], i = 1:m), j = 1:n)', 'sum(X)'], ['sum(X[i, j]^2, i = 1:m, j = 1:n)', 'normF(X)^2'],
    ['grad(sum(abs(X[i, j] - Y[i, j]), i = 1:m, j = 1:n), X)', 'sign(X - Y)'], ['sum(sum(tanh(X[i, :])), i = 1:m)', 'sum(tanh(X))'],
    ['sum(A[i, j]*(w[i] - w[j])^2, i = 1:n, j = 1:n)', undefined], ['sum(max(0, 1 - y[i]*(X[i, :]*w)), i = 1:m)', 'sum(max(0, 1 - y .* (X*w)))'],
    ["sum(logsumexp(W*X[i, :]'), i = 1:m)", "sum(log(colsum(exp(W*X'))))"], ["grad(sum(logsumexp(W*X[i, :]'), i = 1:m), W)", undefined], ['sum(y[i]*logsumexp(X[i, :]), i = 1:m)', undefined],
    ["sum(norm(softmax(X[i, :]'))^2, i = 1:m)", undefined], ["grad(sum(Y[i, :]*softmax(X[i, :]'), i = 1:m), X)", undefined], ["sum(softmax(X[i, :]'), i = 1:m)", undefined], ['sum(entropy(exp(X[i, :])), i = 1:m)', undefined],
  ])('%s', (text, expected) => {
    if (expected !== undefined) expect(shown(text, ROWS)).toBe(expected);
    const p = program(`${ROWS}${text}`);
    const candidate = candidateOf(p, firstRequest(p));
    expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
  });
  test.each([["sum(w'*inv(A + X[i, :]'*X[i, :])*w, i = 1:m)", 'declare it `posdef`'], ["sum(w'*sqrtm(A + y[i]*I)*w, i = 1:m)", 'declared `symmetric`'], ['sum(inv(A + y[i]*I), i = 1:m)', 'declared `symmetric`'], ["sum(norm(chol(S + X[i, :]'*X[i, :])*w), i = 1:m)", 'chol(…)'], ['sum(max(X[i, :]), i = 1:m)', 'largest entry'], ['sum(normInf(X[i, :]), i = 1:m)', 'largest entry']])('%s is refused', (text, why) => expect(shown(text, ROWS)).toContain(why));
});

/** Rows beside a row that is declared as one: the transpose of the difference stands outside it. */
describe('rows of an index beside a row', () => {
  const declared = 'X : matrix(m, n)\nr, s : matrix(1, n)\nz : vector(m)\nA : matrix(n, n)\n';
  test.each([
    ['grad(sum(norm(X[i, :] - r)^2, i = 1:m), r)', '2*(m*r - colsum(X))'], ['grad(sum(norm(X[i, :] - z[j]*r)^2, i = 1:m, j = 1:m), r)', "2*(m*z'*z*r - sum(z)*colsum(X))"],
    ["grad(sum((X[i, :] - r)*A*(X[i, :] - r)', i = 1:m), X)", "(X - ones(m)*r)*(A + A')"],
    ['grad(sum(sum(exp(X[i, :] - r) .* s), i = 1:m), r)', undefined], ['grad(sum(log(1 + norm(X[i, :] .* r - s)^2), i = 1:m), r)', undefined], ['grad(sum(sqrt(1 + norm(tanh(X[i, :] .* r))^2), i = 1:m), X)', undefined],
    ["jacobian(sum(z[i]*(X[i, :] - r)'*(X[i, :] .* s - r), i = 1:m), r)", undefined],
  ])('%s', (text, expected) => {
    if (expected !== undefined) expect(shown(text, declared)).toBe(expected);
    const p = program(`${declared}${text}`);
    const candidate = candidateOf(p, firstRequest(p));
    expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
  });
});

/** Rows of a sum, and of what is not a product, in pairs with weights. */
describe('pairs of rows of what is built of matrices', () => {
  const declared = 'X, Y : matrix(m, n)\nC : matrix(m, m)\nQ : matrix(n, n)\ns : scalar\n';
  test.each([
    'sum(sum(C[i, j]*norm((X - Y)[i, :] - (X - Y)[j, :])^2, i = 1:m), j = 1:m)', 'sum(sum(C[i, j]*norm((X*Q - s*Y)[i, :] - (X*Q - s*Y)[j, :])^2, i = 1:m), j = 1:m)',
    'sum(C[i, j]*norm((cumsum(X) - Y)[i, :] - (cumsum(X) - Y)[j, :])^2, i = 1:m, j = 1:m)',
  ])('%s', (text) => {
    const p = program(`${declared}grad(${text}, X)`);
    const candidate = candidateOf(p, firstRequest(p));
    expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
  });
});

/** Inverses that hold the index: dyads added to an invertible matrix, multiples of I added to a symmetric one; each compared with the sum written out. */
describe('inverses for each value of the index', () => {
  const declared = 'X : matrix(m, n)\nw : vector(n)\nt : vector(m) positive\nS : matrix(n, n) posdef\nA : matrix(n, n)\n';
  test.each([
    "sum(inv(S + X[i, :]'*X[i, :]), i = 1:m)", "sum(w'*inv(S + t[i]*X[i, :]'*X[i, :])*w, i = 1:m)", "sum(logdet(S + X[i, :]'*X[i, :]), i = 1:m)", "grad(sum(logdet(S + X[i, :]'*X[i, :]), i = 1:m), X)", "grad(sum(w'*inv(S + X[i, :]'*X[i, :])*w, i = 1:m), S)", "sum(det(S + X[i, :]'*X[i, :]), i = 1:m)", "sum(w'*inv(A*A' + X[i, :]'*X[i, :] + I)*w, i = 1:m)",
    "sum(w'*inv(S + t[i]*I)*w, i = 1:m)", "grad(sum(w'*inv(S + t[i]*I)*w, i = 1:m), t)", "grad(sum(w'*inv(S + t[i]*I)*w, i = 1:m), S)", "sum(inv(S + t[i]*I), i = 1:m)", "sum(X*inv(S + t[i]*I)*X', i = 1:m)", "sum(norm(inv(S + t[i]*I)*X[i, :]')^2, i = 1:m)", 'sum(sqrtm(S + t[i]*I)*w, i = 1:m)',
    'sum(tr(inv(S + t[i]*I)), i = 1:m)', 'sum(logdet(S + t[i]*I), i = 1:m)', 'sum(logdet(inv(S + t[i]*I)), i = 1:m)', "sum(norm1(X[i, :]' - w), i = 1:m)", 'sum(t[i]*mean(X[i, :]), i = 1:m)',
    "sum(w'*inv(A*A' + skewpart(A) + t[i]*I)*w, i = 1:m)", "sum(X[i, :]*inv(S + t[i]*I)^2*X[i, :]', i = 1:m)", 'sum(t[i]*inv(S + t[i]*I)^2, i = 1:m)', 'sum(tr(inv(S + t[i]*I)^2), i = 1:m)',
    'sum(t[i]*tr(A*inv(S + t[i]*I)*S), i = 1:m)', 'grad(sum(t[i]*tr(A*inv(S + t[i]*I)), i = 1:m), S)', "jacobian(sum(t[i]*inv(S + t[i]*I)^2, i = 1:m), S)", "hessian(sum(w'*inv(S + t[i]*I)*w, i = 1:m), S)",
  ])('%s', (text) => {
    const p = program(`${declared}${text}`);
    const candidate = candidateOf(p, firstRequest(p));
    expect(candidate && verifyRequest(p, firstRequest(p), candidate).verdict).toBe('verified');
  });
});
