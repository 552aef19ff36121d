/**
 * Derives one formula of each common kind and prints nothing: what has been called stands in the code cache that is written next, so
 * that the commands after the first one start from it whatever the first one was.
 */
import { analyse } from '../core/ide/analysis';
import { present } from '../core/notation/present';
import { FORM_NAMES } from '../core/notation/presentation';

const TEXT = `X : matrix(m, n)
A : matrix(n, n)
y : vector(m)
lambda : scalar positive
f(w) = norm(X*w - y)^2 + lambda*w'w + sum(exp(X*w))
grad(f, w)
hessian(f, w)
grad(logdet(A) + tr(A*A'), A)
F = X*inv(X'*X)
jacobian(F, X)
`;

for (const part of analyse(TEXT, 'mcalc', { present }).parts) {
  for (const request of part.compiled.program.requests) {
    const shown = present(part.compiled.program, request);
    if ('refused' in shown) continue;
    // Forms are made when they are read.
    for (const name of FORM_NAMES) void `${shown.forms[name]?.text} ${shown.forms[name]?.unicode} ${shown.forms[name]?.latex}`;
    void shown.alternatives.length;
    void shown.steps.length;
  }
}
