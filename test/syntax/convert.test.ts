import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../core/syntax/parse';
import { type Converted, convertLatex } from '../../core/syntax/tex/convert';
import type { Kind } from '../../core/syntax/tex/kinds';
import { PATIENCE, runs } from './seed';

const said = (c: Converted): string => (c.errors.length > 0 ? c.errors.map((e) => e.code).join(' ') : c.statements.join('; '));

describe('formulas as people write them', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['\\mathbf{X} (\\mathbf{X}^\\top \\mathbf{X})^{-1/2}', "X*(X'*X)^(-1/2)"],
    ['\\left(I_n+\\alpha xx^T\\right)^{\\frac{1}{2}}', "(I(n) + alpha*x*x')^(1/2)"],
    ['a^tX^{-1}b', "a'*X^-1*b"],
    ['\\frac{\\partial}{\\partial X} b^\\top X^\\top X c = X (bc^\\top + cb^\\top)', "check grad(b'*X'*X*c, X) == X*(b*c' + c*b')"],
    ['\\det(X) X^{-T}', 'det(X)*X^-T'],
    ['\\operatorname{tr} (X-A)^\\top (X-A)', "tr((X - A)'*(X - A))"],
    ['\\operatorname{Tr}(AX)', 'tr(A*X)'],
    ['tr(AXB)', 'tr(A*X*B)'],
    ['\\log\\det(I + XX^\\top)', "logdet(I + X*X')"],
    ['\\log|\\Sigma|', 'logdet(Sigma)'],
    ['\\|x\\|_2^2 + \\|A\\|^2_F + \\|A\\|_* + \\|A\\|_2', 'norm(x)^2 + normF(A)^2 + normNuc(A) + norm2(A)'],
    ['f(x) = \\frac12 x^\\top A x - b^\\top x', "f(x) = 1/2*x'*A*x - b'*x"],
    ['X \\in \\mathbb{R}^{m\\times n}', 'X : matrix(m, n)'],
    ['x, y \\in \\mathbb R^n', 'x, y : vector(n)'],
    ['\\alpha \\in \\mathbb{R}', 'alpha : scalar'],
    ['f:\\mathbb{R}^n\\to\\mathbb{R}', 'f : R^n -> R'],
    ['\\Sigma \\in \\mathbb{S}^n_{++}', 'Sigma : matrix(n, n) posdef'],
    ['\\sum_{i=1}^n a_i x_i^3', 'sum(a[i]*x[i]^3, i = 1:n)'],
    ['\\frac{\\partial^2 f}{\\partial x^2}', '∂²f/∂x²'],
    ['\\partial f/\\partial X', '∂f/∂X'],
    ['\\frac{\\partial \\operatorname{vec} F}{\\partial \\operatorname{vec}(X)^\\top}', 'jacobian(F, X)'],
    ['\\frac{d}{dX}\\operatorname{tr}(AX)', 'grad(tr(A*X), X)'],
    ['\\nabla_w \\|Xw-y\\|_2^2', 'grad(norm(X*w - y)^2, w)'],
    ['\\nabla_x \\left(\\frac{1}{2} x^T A x + b^T x + c\\right)', "grad(1/2*x'*A*x + b'*x + c, x)"],
    ['\\nabla \\log\\det X', 'grad(logdet(X), X)'],
    ['\\sqrt{x^Tx}', "sqrt(x'*x)"],
    ['\\det A \\det B', 'det(A)*det(B)'], ['\\operatorname{tr}A\\operatorname{tr}B', 'tr(A)*tr(B)'], ['\\det A \\log\\det B', 'det(A)*logdet(B)'], ['\\operatorname{tr} A (B \\det C)', 'tr(A*(B*det(C)))'], ['\\operatorname{tr} A \\exp(B)', 'tr(A*expm(B))'],
    ['I - \\frac{1}{n} 1 1^T', "I - 1/n*ones(n)*ones(n)'"], ['1 1^T', "ones(n)*ones(n)'"], ['\\frac{1}{n} X^T 1', "1/n*X'*ones(n)"], ['2 \\cdot 1', '2*1'],
    ['[1 - y w^Tx]_+', "relu(1 - y*w'*x)"], ['(x)_+', 'relu(x)'],
    ['\\sigma(Wx+b)', 'sigmoid(W*x + b)'], ["\\sigma'(z)", 'sigmoid(z) .* (1 - sigmoid(z))'], ['W^{(1)} x + b^{(1)}', 'W_1*x + b_1'], ['a^{(\\ell)} = W^{(l)} a^{(l-1)}', 'a_l = W_l*a_lm1'], ['w_{ij}^{(2)} + w_{ij}', 'w_ij_2 + w_ij'], ['\\delta^{(l+1)}', 'delta_lp1'], ['A^{(k)}', 'A_k'],
    ['P_{k,j} + P_{k|j}', 'P[k, j] + P_k_given_j'], ['p_{a,b} + p_{a|b}', 'p_a_b + p_a_given_b'], ['p_{a\\mid b}', 'p_a_b'],
    ['\\Pi = \\Phi(\\Phi^\\top D \\Phi)^{-1}\\Phi^\\top D', "Pi = Phi*(Phi'*D*Phi)^-1*Phi'*D"],
    ['f = \\Phi(x)^\\top w', 'MC1031'],
    ['2 A^{\\sf T}(AX - B)', "2*A'*(A*X - B)"], ['\\frac{x^{\\rm T} A x}{x^{\\rm T} x}', "x'*A*x / (x'*x)"], ['A^\\mathsf{T} B^\\mathsf T', "A'*B'"], ['x_\\mathrm{new}^\\top y', "x_new'*y"], ['x_{\\rm new}', 'x_new'],
    ['\\|\\mathbf{X}\\|_\\mathrm{F}^2', 'normF(X)^2'], ['\\vec{x}\\cdot\\vec{y} + \\mathbf{a} \\cdot \\mathbf{b}', "x_vec'*y_vec + a'*b"], ['\\mathbf{a} \\cdot \\alpha', 'a*alpha'],
    ['d f = \\operatorname{tr}(A^T d X)', "check df == tr(A'*dX)"], ['d F = A\\, d X\\, B', 'check dF == A*dX*B'], ['x^T d y', 'MC1031'], ['x^T d\\cdot y', "x'*d*y"],
    ['\\left. \\frac{\\partial f}{\\partial X} \\right|_{X = A}', 'MC1030'], ['\\underset{x}{\\operatorname{arg\\,min}} \\|Ax-b\\|_2', 'MC1030'],
    ['\\frac{\\partial F}{\\partial X_{kl}}', 'diff(F, X, E(k, l))'],
    ['\\frac{\\partial}{\\partial x_i} x^TAx', "grad(x'*A*x, x)[i]"],
    ['\\frac{\\partial \\operatorname{tr}(AX)}{\\partial X_{ij}} = A_{ji}', 'check grad(tr(A*X), X)[i, j] == A[j, i]'],
    ['\\langle A, B\\rangle_F', 'A : B'],
    ['1^T x', "ones(n)'*x"],
    ['\\begin{vmatrix} A & B \\\\ C & D \\end{vmatrix}', 'det([A, B; C, D])'],
    ['A \\backslash b', 'A \\ b'],
    ['x_{1:k} + A_{:,j}', 'x[1:k] + A[:, j]'],
    ['\\sigma_1(A) + \\kappa(A)', 'norm2(A) + cond(A)'],
    ['x\\in\\mathbb R^n, A\\in\\mathbb R^{n\\times n}', 'x : vector(n); A : matrix(n, n)'],
    ['\\sqrt{X^TX}', "sqrtm(X'*X)"],
    ['\\sqrt[3]{\\alpha}', 'alpha^(1/3)'],
    ['\\exp(X) + e^{Y}', 'expm(X) + expm(Y)'],
    ['e^{-\\frac{1}{2}(x-\\mu)^\\top\\Sigma^{-1}(x-\\mu)}', "exp(-1/2*(x - mu)'*Sigma^-1*(x - mu))"],
    ['\\begin{bmatrix} A & B \\\\ B^T & C \\end{bmatrix}', "[A, B; B', C]"],
    ['A \\odot B C', 'A .* (B*C)'],
    ['\\langle A, B\\rangle', 'A : B'],
    ['\\mathbf{1}^\\top x', "ones(n)'*x"],
    ['(AB)_{ij} \\delta_{ij}', '(A*B)[i, j]*delta(i, j)'],
    ['dF = A\\,dX\\,B', 'dF = A*dX*B'],
    ['c^Td', "c'*d"],
    ["\\hat\\beta = (X'X)^{-1}X'y", "beta_hat = (X'*X)^-1*X'*y"],
    ['\\Sigma^{-1}_{XX} \\tilde{A} W_1 \\hat{x}_2', 'Sigma_XX^-1*A_tilde*W_1*x_hat_2'],
    ['\\lambda_{\\max}(A)', 'eigmax(A)'],
    ['K^{(m,n)} \\operatorname{vec}(X)', 'commutation(m, n)*vec(X)'],
    ['x^{\\mathsf T} {\\bf A} x', "x'*A*x"],
    ['X^{\\circ 2}', 'X.^2'],
    ['A^+ + A^{-\\top}', 'pinv(A) + A^-T'],
    ['12.5 x_{10}', '12.5*x_10'],
    ['\\begin{align} f &= x^Tx \\\\ &= \\|x\\|^2 \\end{align}', "f = x'*x; check x'*x == norm(x)^2"],
    ['Let $f = x^Tx$ where $x \\in \\mathbb{R}^n$.', "f = x'*x; x : vector(n)"],
    ['\\newcommand{\\T}[1]{\\operatorname{tr}\\left(#1\\right)} \\T{AB}', 'tr(A*B)'],
    ['\\newcommand{\\p}[2][x]{#1^\\top #2} \\p{y} + \\p[z]{y}', "x'*y + z'*y"],
    ['\\DeclareMathOperator{\\Tr}{tr} \\let\\k\\otimes \\Tr(A \\k B)', 'tr(A ⊗ B)'],
    ['g(x) = x^Tx \\quad \\text{and} \\quad \\nabla g(x) = 2x', "g(x) = x'*x; check ∂g/∂x == 2*x"],
    ['J(\\theta) = -\\frac{1}{m}\\sum_{i=1}^m \\left[ y_i \\log h_i + (1-y_i)\\log(1-h_i) \\right]', 'J(theta) = -1/m*sum(y[i]*log(h[i]) + (1 - y[i])*log(1 - h[i]), i = 1:m)'],
    ['\\operatorname{vec}(AXB) = (B^T \\otimes A)\\operatorname{vec}(X)', 'check vec(A*X*B) == (B\' ⊗ A)*vec(X)'],
    ['\\frac{\\partial^2 f}{\\partial x \\partial x^T}', '∂²f/∂x²'],
    ['\\mathcal{L}(\\Sigma) = -\\frac{n}{2}\\log|\\Sigma| - \\frac12 \\operatorname{tr}(\\Sigma^{-1}S)', 'L(Sigma) = -n/2*logdet(Sigma) - 1/2*tr(Sigma^-1*S)'],
    ['\\langle A, B\\rangle_F', 'A : B'],
    ['e^{tA}', 'expm(t*A)'],
    ['\\frac{\\partial \\det(X)}{\\partial X_{ij}}', 'grad(det(X), X)[i, j]'],
    ['\\operatorname{diag}(x) A \\operatorname{diag}(y)', 'diag(x)*A*diag(y)'],
    ['\\begin{bmatrix} A & B \\\\ C & D \\end{bmatrix}^{-1}', '[A, B; C, D]^-1'],
    ['\\frac{1}{1+e^{-w^Tx}}', '1 / (1 + exp(-w\'*x))'],
    ['\\log(1+\\exp(-y\\,w^\\top x))', 'log(1 + exp(-y*w\'*x))'],
    ['\\partial_x (x^T A x)', 'grad(x\'*A*x, x)'],
    ['\\phi = \\operatorname{Tr}\\left[\\left(X^TX\\right)^{-1}\\right]', 'phi = tr((X\'*X)^-1)'],
    ['\\frac{d}{dX}\\|X\\|_*', 'grad(normNuc(X), X)'],
    ['\\frac{\\partial \\|Xw-y\\|^2}{\\partial w} = 2X^T(Xw-y)', 'check grad(norm(X*w - y)^2, w) == 2*X\'*(X*w - y)'],
    ['A\\in\\mathbb{S}^n_{++}', 'A : matrix(n, n) posdef'],
    ['f: \\mathbb{R}^n\\to\\mathbb{R}', 'f : R^n -> R'],
    ['a^{\\mathsf T}X^{\\mathsf T}Xb', 'a\'*X\'*X*b'],
    ['\\det(I + uv^T) = 1 + v^Tu', 'check det(I + u*v\') == 1 + v\'*u'],
    ['(A+UCV)^{-1} = A^{-1} - A^{-1}U(C^{-1}+VA^{-1}U)^{-1}VA^{-1}', 'check (A + U*C*V)^-1 == A^-1 - A^-1*U*(C^-1 + V*A^-1*U)^-1*V*A^-1'],
    ['(A \\otimes B)^{-1} = A^{-1} \\otimes B^{-1}', 'check (A ⊗ B)^-1 == A^-1 ⊗ B^-1'],
    ['\\operatorname{tr}\\log X', 'tr(logm(X))'],
    ['|X^TX|^{1/2}', 'det(X\'*X)^(1/2)'],
    ['\\ln\\det\\left(\\frac{X}{2}\\right)', 'logdet(X/2)'],
    ['\\tfrac12 x^\\top Q x + c^\\top x', '1/2*x\'*Q*x + c\'*x'],
    ['\\frac{\\partial^2}{\\partial x^2}\\left(x^TAx\\right)', 'hessian(x\'*A*x, x)'],
    ['H_{ij} = \\frac{\\partial^2 f}{\\partial x_i \\partial x_j}', 'check H[i, j] == (∂²f/∂x²)[i, j]'],
    ['\\sum_{i=1}^n \\sum_{j=1}^n A_{ij} x_i x_j', 'sum(sum(A[i, j]*x[i]*x[j], j = 1:n), i = 1:n)'],
    ['\\cos(x)^Ty', 'cos(x)\'*y'],
    ['\\log^2 \\det X', 'logdet(X)^2'],
    ['e^{-\\frac12 x^T\\Sigma^{-1}x}', 'exp(-1/2*x\'*Sigma^-1*x)'],
    ['\\mathbf{X}_{:,j}', 'X[:, j]'],
  ];
  test.each(cases)('%s', (tex, mcalc) => expect(said(convertLatex(tex))).toBe(mcalc));
});

describe('what is refused, by name', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['\\exp(X)=I+X+\\frac12X^2+\\dots', 'MC1030', 'dots'],
    ['\\grad{\\vc F}{\\vc X}', 'MC1030', '\\grad'],
    ['\\|A\\|', 'MC1031', 'norm of a matrix'],
    ['A\\odot B \\otimes C', 'MC1031', '\\otimes'],
    ['\\sigma(\\mu + 1) + \\sigma^2', 'MC1031', 'sigma'],
    ['x^T\\lambda_1(A)', 'MC1031', 'lambda_1'],
    ['\\|x\\|^2/2\\sigma^2', 'MC1031', 'product after'],
    ['\\sum_{i=1}^n (x_i-\\mu)^T\\Sigma^{-1}(x_i-\\mu)', 'MC1031', 'index of a sum'],
    ['\\sum_{i=1}^n \\log(1+\\exp(-y_i w^T x_i))', 'MC1031', 'index of a sum'],
    ['\\sum_{i=1}^n a_i x_i + a_i^2', 'MC1031', 'how far the sum goes'],
    ['3^T x', 'MC1031', 'no transpose'],
    ['C \\bullet X', 'MC1031', 'Frobenius'], ['\\nabla f = 2Ax', 'MC1031', 'by which variable'], ['(A)_+', 'MC1031', 'eigenvalues'],
    ['\\sum_{i=1}^n\\sum_{j=1}^n w_{ij} \\|x_i - x_j\\|^2', 'MC1031', 'index of a sum'], ['\\sum_{i=1}^n \\|A x_i - b\\|^2', 'MC1031', 'index of a sum'],
    ['\\frac{\\partial^2 f}{\\partial X_{ij}\\partial X_{kl}}', 'MC1030', 'by entries'],
    ['X^*', 'MC1031', '*'],
    ['W_1 + W^{(1)}', 'MC1031', 'parentheses'], ['f^{(2)}(x)', 'MC1031', 'parentheses'], ['\\sigma^{(2)}(x)', 'MC1031', 'parentheses'], ['\\sum_{i=1}^n x^{(i)}', 'MC1031', 'parentheses'], ['e^{(1)} x', 'MC1031', 'parentheses'],
    ["f'(x)", 'MC1031', 'no spelling'], ["\\sigma'(z) + \\sigma^2", 'MC1031', 'no spelling'],
    ['\\int x', 'MC1030', 'int'], ['\\frac{d}{dt}\\bigg|_{t=0} f(x + tv)', 'MC1030', 'value at a point'], ['\\frac{\\partial f}{\\partial x}\\Big|_{x=a}', 'MC1030', 'value at a point'], ['\\sup_x x^TAx', 'MC1030', 'sup'], ['\\|X\\|_{2,1}', 'MC1031', '2,1'],
    ['a/bc', 'MC1031', '/'],
    ['\\frac{A}{B}', 'MC1031', 'matrix'],
    ['\\min_x f', 'MC1030', 'min'],
    ['x\\times y', 'MC1031', '\\times'],
    ['\\sum_{i=1}^n (y_i - x_i^T w)^2', 'MC1031', 'index of a sum'],
    ['\\sum_i x_i', 'MC1030', 'bounds'],
    ['\\operatorname{rank}(A)', 'MC1030', 'rank'],
    ['\\mathbb{E}[x]', 'MC1030', '\\mathbb{E}'],
    ['\\alpha > 0', 'MC1030', '>'],
    ['\\def\\a{\\a} \\a', 'MC1030', '\\a'],
    ['\\def\\a{\\a\\a} \\a', 'MC1030', '\\a'],
    ['\\nabla (x^Ty)', 'MC1031', 'variable'],
    ['A \\pm B', 'MC1031', '\\pm'],
    ['\\log x y z', 'MC1031', 'log'],
    ['(A + B', 'MC1030', '('],
    ['A)', 'MC1030', ')'],
    ['', 'MC1030', 'formula'],
  ];
  test.each(cases)('%s', (tex, code, names) => {
    const { statements, errors } = convertLatex(tex);
    expect(statements).toEqual([]);
    expect(errors[0]?.code).toBe(code);
    expect(errors[0]?.message).toContain(names);
  });
});

describe('declarations decide where letters do not', () => {
  const cases: readonly (readonly [string, Record<string, Kind>, string])[] = [
    ['\\sum_{i=1}^n \\|x_i - b\\|^2', { X: 'matrix', b: 'vector' }, "sum(norm(X[i, :]' - b)^2, i = 1:n)"], ['\\sum_{i=1}^n \\|x_i\\|^2', { x: 'vector' }, 'sum(abs(x[i])^2, i = 1:n)'],
    ['|x|', { x: 'scalar' }, 'abs(x)'],
    ['|x|', { x: 'vector' }, 'norm(x)'],
    ['|x|', { x: 'matrix' }, 'det(x)'],
    ['\\exp(x)', { x: 'matrix' }, 'expm(x)'],
    ['\\sqrt{A}', { A: 'scalar' }, 'sqrt(A)'],
    ['\\sigma(x + y)', { sigma: 'scalar' }, 'sigma*(x + y)'],
    ['C = AXB', { C: 'matrix' }, 'check C == A*X*B'],
    ['\\frac{A}{B}', { B: 'scalar' }, 'A/B'],
    ['e^x', { e: 'scalar' }, 'e^x'],
    ['\\sum_{i=1}^n (y_i - x_i^T\\beta)^2', { X: 'matrix', y: 'vector', beta: 'vector' }, 'sum((y[i] - X[i, :]*beta)^2, i = 1:n)'],
    ['\\sum_{i=1}^n (\\mathbf{x}_i-\\mu)^T\\Sigma^{-1}(\\mathbf{x}_i-\\mu)', { X: 'matrix', Sigma: 'matrix', mu: 'vector' }, "sum((X[i, :]' - mu)'*Sigma^-1*(X[i, :]' - mu), i = 1:n)"],
  ];
  test.each(cases)('%s with %j', (tex, kinds, mcalc) => expect(said(convertLatex(tex, new Map(Object.entries(kinds))))).toBe(mcalc));
});

const parts = fc.constantFrom('\\frac', '{', '}', 'x', 'A', '^', '_', '\\top', '\\left(', '\\right)', '(', ')', '|', '\\|', '\\sum', '=', '+', '-', '&', '\\\\', '\\partial', '\\nabla', '\\def\\a#1{#1x}', '\\a', '$', '\\mathbf', '\\operatorname{tr}', '\\log', '\\det', ',', '1', '2', '.', "'", '\\in', '\\mathbb{R}', '\\begin{align}', '\\end{align}', '\\sqrt', '\\text{where}', ' ', '/', '\\otimes', '\\hat', '\\langle', '\\rangle', 'd', '[', ']');
test('any LaTeX gives statements that are read again, or errors in its range', () => {
  fc.assert(fc.property(fc.array(parts, { maxLength: 25 }).map((a) => a.join('')), (tex) => {
    const { statements, errors } = convertLatex(tex);
    if (errors.length === 0) expect(parse(statements.join('\n')).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    for (const e of errors) expect(0 <= e.range.start && e.range.start <= e.range.end && e.range.end <= tex.length).toBe(true);
  }), runs(1500));
  for (const deep of ['{', '(', '\\frac', '\\sqrt', '|', '\\left(', '-', 'x^', 'x_', '\\log', '\\mathbf{', '\\hat{', '\\partial', '\\nabla', "x'"]) {
    expect(convertLatex(deep.repeat(20_000)).errors.length).toBeGreaterThan(0);
  }
}, PATIENCE);
