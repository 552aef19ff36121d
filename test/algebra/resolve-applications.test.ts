/** Linnea's 25 applications (Barthels, Psarras, Bientinesi: Linnea, ACM TOMS 47, 2021): shapes, and the two that do not fit as printed. */
import { expect, test } from 'vitest';
import { found, shapes } from './resolve-reading';

const APPLICATIONS: readonly (readonly [number: string, text: string, shapes: string])[] = [
  ['1', "y : vector(n); X : matrix(n, m)\nb = inv(X'*X)*X'*y", 'b m×1'],
  ['2', "y : vector(n); M : matrix(n, n) posdef; X : matrix(n, m)\nb = inv(X'*inv(M)*X)*X'*inv(M)*y", 'b m×1'],
  ['3', "b : vector(m); c : vector(n); A : matrix(m, n); W : matrix(n, n) posdef diagonal\nx = W*(A'*inv(A*W*A')*b - c)", 'x n×1'],
  ['4', "b : vector(m); c : vector(n); x : vector(n); A : matrix(m, n); W : matrix(n, n) diagonal posdef\nxf = W*A'*inv(A*W*A')*(b - A*x)\nxo = W*(A'*inv(A*W*A')*A*x - c)", 'xf n×1, xo n×1'],
  ['5', "y : vector(n); A : matrix(n, n); B : matrix(n, n); L : matrix(m, m) diagonal; R : matrix(m, n) upper\nx = inv(inv(A')*B'*B*inv(A) + R'*L*R)*inv(A')*B'*B*inv(A)*y", 'x n×1'],
  ['6', 'L00 : matrix(n, n) lower; L10 : matrix(m, n); L11 : matrix(m, m) lower; L20 : matrix(k, n); L21 : matrix(k, m); L22 : matrix(k, k) lower\nX10 = L10*inv(L00)\nX20 = L20 + inv(L22)*L21*inv(L11)*L10\nX11 = inv(L11)\nX21 = - inv(L22)*L21', 'X10 m×n, X20 k×n, X11 m×m, X21 k×m'],
  ['8', "B : matrix(n, n) possemidef; H : matrix(m, n); R : matrix(m, m) possemidef; Xb : matrix(n, N); Y : matrix(m, N)\ndX = inv(inv(B) + H'*inv(R)*H)*H'*inv(R)*(Y - H*Xb)", 'dX n×N'],
  ['9', "H : matrix(m, n); R : matrix(m, m) possemidef; X : matrix(n, n) lower; Xb : matrix(n, N); Y : matrix(m, N)\ndX = X*(H*X)'*inv(R + H*X*(H*X)')*(Y - H*Xb)", 'dX n×N'],
  ['10', "u_k : vector(n); v_k : vector(n); y : vector(m); H : matrix(m, n); lambda : scalar positive; sigma_sq : scalar positive\nx = inv((H'*H + lambda*sigma_sq*I(n)))*(H'*y + lambda*sigma_sq*(v_k - u_k))", 'x n×1'],
  ['11', "x : vector(n); y : vector(m); H : matrix(m, n)\nH_dag = H'*inv(H*H')\ny_k = H_dag*y + (I(n) - H_dag*H)*x", 'H_dag n×m, y_k n×1'],
  ['12', "A : matrix(n, n); S : matrix(n, q); W : matrix(n, n) posdef; Xin : matrix(n, n)\nLambda = S*inv(S'*A*W*A'*S)*S'\nXout = Xin + W*A'*Lambda*(I(n) - A*Xin)", 'Lambda n×n, Xout n×n'],
  ['13', "A : matrix(n, n); S : matrix(n, q); W : matrix(n, n) posdef; Xin : matrix(n, n)\nLambda = S*inv(S'*A'*W*A*S)*S'\nXout = Xin + (I(n) - Xin*A')*Lambda*A'*W", 'Lambda n×n, Xout n×n'],
  ['14', "A : matrix(n, n) symmetric; S : matrix(n, q); W : matrix(n, n) posdef; Xin : matrix(n, n) symmetric\nLambda = S*inv(S'*A*W*A*S)*S'\nTheta = Lambda*A*W\nMk = Xin*A - I(n)\nXout = Xin - Mk*Theta - (Mk*Theta)' + Theta'*(A*Xin*A - A)*Theta", 'Lambda n×n, Theta n×n, Mk n×n, Xout n×n'],
  ['15', "A : matrix(n, n) posdef; S : matrix(n, q); Xin : matrix(n, n) symmetric\nXout = S*inv(S'*A*S)*S' + (I(n) - S*inv(S'*A*S)*S'*A)*Xin*(I(n) - A*S*inv(S'*A*S)*S')", 'Xout n×n'],
  ['16', "A : matrix(m, n); Bin : matrix(n, n) posdef; Wk : matrix(m, l); k : scalar positive\nBout = k*inv(k - 1)*Bin*(I(n) - A'*Wk*inv((k - 1)*I(l) + Wk'*A*Bin*A'*Wk)*Wk'*A*Bin)", 'Bout n×n'],
  ['18', "b : vector(n); A : matrix(n, m); Gamma : matrix(m, m)\nx = inv(A'*A + Gamma'*Gamma)*A'*b", 'x m×1'],
  ['19', "b : vector(n); A : matrix(n, m); alpha_sq : scalar positive\nx = inv(A'*A + alpha_sq*I(m))*A'*b", 'x m×1'],
  ['20', "b : vector(n); x0 : vector(m); A : matrix(n, m); P : matrix(n, n) possemidef; Q : matrix(m, m) possemidef\nx = inv(Q + A'*P*A)*(A'*P*b + Q*x0)", 'x m×1'],
  ['21', "b : vector(n); x0 : vector(m); A : matrix(n, m); P : matrix(n, n) possemidef; Q : matrix(m, m) possemidef\nx =  x0 + inv(A'*P*A + Q)*A'*P*(b - A*x0)", 'x m×1'],
  ['22', "x : vector(n); y : vector(m); A : matrix(m, n); Cx : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef\nxout = Cx*A'*inv(A*Cx*A' + Cz)*(y - A*x) + x", 'xout n×1'],
  ['23', "x : vector(n); y : vector(m); A : matrix(m, n); Cx : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef\nxout = inv(A'*inv(Cz)*A + inv(Cx))*A'*inv(Cz)*(y - A*x) + x", 'xout n×1'],
  ['24', "x : vector(n); y : vector(m); A : matrix(m, n); Cin : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef\nK = Cin*A'*inv(Cz + A*Cin*A')\nxout = x + K*(y - A*x)\nCout = (I(n) - K*A)*Cin", 'K n×m, xout n×1, Cout n×n'],
  ['25', "x_b : vector(n); zk : vector(m); H : matrix(m, n); P_b : matrix(n, n) posdef; R : matrix(m, m) possemidef\nKk = P_b*H'*inv(R + H*P_b*H')\nx_a = x_b + Kk*(zk - H*x_b)\nP_a = (I(n) - Kk*H)*P_b", 'Kk n×m, x_a n×1, P_a n×n'],
];

test.each(APPLICATIONS)('application %s', (_, text, expected) => {
  expect(found(text)).toEqual([]);
  expect(shapes(text)).toBe(expected);
});

test('application 7 multiplies n columns with m rows', () => {
  expect(found("B : matrix(n, n) possemidef; H : matrix(m, n); R : matrix(m, m) possemidef; Xb : matrix(n, N); Y : matrix(m, N)\nXa = Xb + inv(inv(B) + H'*inv(R)*H)*(Y - H*Xb)")).toEqual(["2:11 MC3001 inv(inv(B) + H'*inv(R)*H)*(Y - H*Xb)"]);
});
test('application 17 defines a declared variable', () => {
  expect(found("A : matrix(m, n); B : matrix(n, n) posdef; Wk : matrix(m, l); lambda : scalar positive\nB = 1.0*inv(lambda)*(I(n) - A'*Wk*inv(lambda*I(l) + (Wk'*A*A'*Wk))*Wk'*A)")).toEqual(["2:1 MC2002 B"]);
});
