/** The 25 applications of Linnea (Barthels, Psarras, Bientinesi, ACM TOMS 47, 2021), as documents. */

export interface Application { readonly number: number; readonly document: string; readonly outputs: readonly string[] }

export const APPLICATIONS: readonly Application[] = [
  {
    number: 1, outputs: ['b'],
    document: `y : vector(n); X : matrix(n, m)
b = inv(X'*X)*X'*y`,
  },
  {
    number: 2, outputs: ['b'],
    document: `y : vector(n); M : matrix(n, n) posdef; X : matrix(n, m)
b = inv(X'*inv(M)*X)*X'*inv(M)*y`,
  },
  {
    number: 3, outputs: ['x'],
    document: `b : vector(m); c : vector(n); A : matrix(m, n); W : matrix(n, n) posdef diagonal
x = W*(A'*inv(A*W*A')*b - c)`,
  },
  {
    number: 4, outputs: ['xf', 'xo'],
    document: `b : vector(m); c : vector(n); x : vector(n); A : matrix(m, n); W : matrix(n, n) diagonal posdef
xf = W*A'*inv(A*W*A')*(b - A*x)
xo = W*(A'*inv(A*W*A')*A*x - c)`,
  },
  {
    number: 5, outputs: ['x'],
    document: `y : vector(n); A : matrix(n, n); B : matrix(n, n); L : matrix(m, m) diagonal; R : matrix(m, n) upper
x = inv(inv(A')*B'*B*inv(A) + R'*L*R)*inv(A')*B'*B*inv(A)*y`,
  },
  {
    number: 6, outputs: ['X10', 'X20', 'X11', 'X21'],
    document: `L00 : matrix(n, n) lower; L10 : matrix(m, n); L11 : matrix(m, m) lower; L20 : matrix(k, n); L21 : matrix(k, m); L22 : matrix(k, k) lower
X10 = L10*inv(L00)
X20 = L20 + inv(L22)*L21*inv(L11)*L10
X11 = inv(L11)
X21 = - inv(L22)*L21`,
  },
  // As printed, with H : matrix(m, n), the shapes of its sum do not fit: here H is square.
  {
    number: 7, outputs: ['Xa'],
    document: `B : matrix(n, n) possemidef; H : matrix(n, n); R : matrix(n, n) possemidef; Xb : matrix(n, N); Y : matrix(n, N)
Xa = Xb + inv(inv(B) + H'*inv(R)*H)*(Y - H*Xb)`,
  },
  {
    number: 8, outputs: ['dX'],
    document: `B : matrix(n, n) possemidef; H : matrix(m, n); R : matrix(m, m) possemidef; Xb : matrix(n, N); Y : matrix(m, N)
dX = inv(inv(B) + H'*inv(R)*H)*H'*inv(R)*(Y - H*Xb)`,
  },
  {
    number: 9, outputs: ['dX'],
    document: `H : matrix(m, n); R : matrix(m, m) possemidef; X : matrix(n, n) lower; Xb : matrix(n, N); Y : matrix(m, N)
dX = X*(H*X)'*inv(R + H*X*(H*X)')*(Y - H*Xb)`,
  },
  {
    number: 10, outputs: ['x'],
    document: `u_k : vector(n); v_k : vector(n); y : vector(m); H : matrix(m, n); lambda : scalar positive; sigma_sq : scalar positive
x = inv((H'*H + lambda*sigma_sq*I(n)))*(H'*y + lambda*sigma_sq*(v_k - u_k))`,
  },
  {
    number: 11, outputs: ['H_dag', 'y_k'],
    document: `x : vector(n); y : vector(m); H : matrix(m, n)
H_dag = H'*inv(H*H')
y_k = H_dag*y + (I(n) - H_dag*H)*x`,
  },
  {
    number: 12, outputs: ['Lambda', 'Xout'],
    document: `A : matrix(n, n); S : matrix(n, q); W : matrix(n, n) posdef; Xin : matrix(n, n)
Lambda = S*inv(S'*A*W*A'*S)*S'
Xout = Xin + W*A'*Lambda*(I(n) - A*Xin)`,
  },
  {
    number: 13, outputs: ['Lambda', 'Xout'],
    document: `A : matrix(n, n); S : matrix(n, q); W : matrix(n, n) posdef; Xin : matrix(n, n)
Lambda = S*inv(S'*A'*W*A*S)*S'
Xout = Xin + (I(n) - Xin*A')*Lambda*A'*W`,
  },
  {
    number: 14, outputs: ['Lambda', 'Theta', 'Mk', 'Xout'],
    document: `A : matrix(n, n) symmetric; S : matrix(n, q); W : matrix(n, n) posdef; Xin : matrix(n, n) symmetric
Lambda = S*inv(S'*A*W*A*S)*S'
Theta = Lambda*A*W
Mk = Xin*A - I(n)
Xout = Xin - Mk*Theta - (Mk*Theta)' + Theta'*(A*Xin*A - A)*Theta`,
  },
  {
    number: 15, outputs: ['Xout'],
    document: `A : matrix(n, n) posdef; S : matrix(n, q); Xin : matrix(n, n) symmetric
Xout = S*inv(S'*A*S)*S' + (I(n) - S*inv(S'*A*S)*S'*A)*Xin*(I(n) - A*S*inv(S'*A*S)*S')`,
  },
  {
    number: 16, outputs: ['Bout'],
    document: `A : matrix(m, n); Bin : matrix(n, n) posdef; Wk : matrix(m, l); k : scalar positive
Bout = k*inv(k - 1)*Bin*(I(n) - A'*Wk*inv((k - 1)*I(l) + Wk'*A*Bin*A'*Wk)*Wk'*A*Bin)`,
  },
  // Its result is called Bout: B is an input.
  {
    number: 17, outputs: ['Bout'],
    document: `A : matrix(m, n); B : matrix(n, n) posdef; Wk : matrix(m, l); lambda : scalar positive
Bout = 1.0*inv(lambda)*(I(n) - A'*Wk*inv(lambda*I(l) + (Wk'*A*A'*Wk))*Wk'*A)`,
  },
  {
    number: 18, outputs: ['x'],
    document: `b : vector(n); A : matrix(n, m); Gamma : matrix(m, m)
x = inv(A'*A + Gamma'*Gamma)*A'*b`,
  },
  {
    number: 19, outputs: ['x'],
    document: `b : vector(n); A : matrix(n, m); alpha_sq : scalar positive
x = inv(A'*A + alpha_sq*I(m))*A'*b`,
  },
  {
    number: 20, outputs: ['x'],
    document: `b : vector(n); x0 : vector(m); A : matrix(n, m); P : matrix(n, n) possemidef; Q : matrix(m, m) possemidef
x = inv(Q + A'*P*A)*(A'*P*b + Q*x0)`,
  },
  {
    number: 21, outputs: ['x'],
    document: `b : vector(n); x0 : vector(m); A : matrix(n, m); P : matrix(n, n) possemidef; Q : matrix(m, m) possemidef
x =  x0 + inv(A'*P*A + Q)*A'*P*(b - A*x0)`,
  },
  {
    number: 22, outputs: ['xout'],
    document: `x : vector(n); y : vector(m); A : matrix(m, n); Cx : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef
xout = Cx*A'*inv(A*Cx*A' + Cz)*(y - A*x) + x`,
  },
  {
    number: 23, outputs: ['xout'],
    document: `x : vector(n); y : vector(m); A : matrix(m, n); Cx : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef
xout = inv(A'*inv(Cz)*A + inv(Cx))*A'*inv(Cz)*(y - A*x) + x`,
  },
  {
    number: 24, outputs: ['K', 'xout', 'Cout'],
    document: `x : vector(n); y : vector(m); A : matrix(m, n); Cin : matrix(n, n) possemidef; Cz : matrix(m, m) possemidef
K = Cin*A'*inv(Cz + A*Cin*A')
xout = x + K*(y - A*x)
Cout = (I(n) - K*A)*Cin`,
  },
  {
    number: 25, outputs: ['Kk', 'x_a', 'P_a'],
    document: `x_b : vector(n); zk : vector(m); H : matrix(m, n); P_b : matrix(n, n) posdef; R : matrix(m, m) possemidef
Kk = P_b*H'*inv(R + H*P_b*H')
x_a = x_b + Kk*(zk - H*x_b)
P_a = (I(n) - Kk*H)*P_b`,
  },
];
