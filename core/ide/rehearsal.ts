/** One formula of each common kind, for whoever keeps compiled code: what has been called once stands in the cache that is written next. */
import { FORM_NAMES } from '../notation/presentation';
import { analyse } from './analysis';
import { isRefusal, type Engine } from './engine';

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

/** Derives and prints all of it, for nobody: some hundred milliseconds where nothing is compiled yet. */
export function rehearse(engine: Engine): void {
  for (const part of analyse(TEXT, 'mcalc', engine).parts) {
    for (const request of part.compiled.program.requests) {
      const shown = engine.present(part.compiled.program, request);
      if (isRefusal(shown)) continue;
      // Forms are made when they are read.
      for (const name of FORM_NAMES) void `${shown.forms[name]?.text} ${shown.forms[name]?.unicode} ${shown.forms[name]?.latex}`;
      void shown.alternatives.length;
      void shown.steps.length;
    }
  }
}
