/** Rows of the operator table: derivatives, which are expressions too. Their shapes depend on both arguments and are found in `infer-derivative.ts`. */
import { row, type Operator } from './operator';

export const calculus: readonly Operator[] = [
  row('calculus', 'general', 'grad(f, X)', '(1,1),(m,n) -> (m,n) | (p,q),(1,1) -> (p,q)', 'The gradient of a scalar f, in the shape of X; of an array by a scalar, its derivative.', '\\nabla_{X} f', 'grad(f, w)', { elsewhere: ['gradient', 'nabla'] }),
  row('calculus', 'general', 'jacobian(F, X)', '(p,q),(1,1) -> (p,q) | (p,q),(m,n) -> (p*q,m*n)', "The Jacobian ∂vec(F)/∂vec(X)'; by a scalar, the derivative in the shape of F.", '\\frac{\\partial F}{\\partial X}', 'jacobian(F, X)', { elsewhere: ['jac', 'D'] }),
  row('calculus', 'general', 'hessian(f, x)', '(1,1),(m,n) -> (m*n,m*n) | (1,1),(m,n),(k,l) -> (m*n,k*l)', 'The matrix of second derivatives of a scalar f; `hessian(f, x, y)` is the mixed one.', '\\nabla^{2}_{x} f', 'hessian(f, x)', { elsewhere: ['hess'] }),
  row('calculus', 'general', 'diff(F, X, V)', '(p,q),(m,n),(m,n) -> (p,q)', 'The derivative of F at X in the direction V.', 'DF(X)[V]', 'diff(F, X, V)', { elsewhere: ['jvp', 'directional'] }),
  row('calculus', 'general', 'hvp(f, x, v)', '(1,1),(m,n),(m,n) -> (m,n)', 'The Hessian of a scalar f applied to a direction, in the shape of x.', '\\nabla^{2} f \\, [v]', 'hvp(f, x, v)'),
  row('calculus', 'general', 'vjp(F, X, Ybar)', '(p,q),(m,n),(p,q) -> (m,n)', 'The adjoint of the derivative of F applied to Ybar, in the shape of X: the gradient of `F : Ybar`.', 'DF(X)^{*}[\\bar{Y}]', 'vjp(F, X, Ybar)', { elsewhere: ['pullback'] }),
];
