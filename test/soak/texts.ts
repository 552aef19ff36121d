/** Documents as people have them, and as they stand in the middle of typing. */
export const LANGUAGES = ['mcalc', 'typescript', 'markdown'] as const;

export const TEXTS: readonly string[] = [
  "dim m >= n\nX : matrix(m, n)\ny : vector(m)\nlambda : scalar positive\nf(w) = norm(X*w - y)^2 + lambda*w'w\ngrad(f, w)\ncheck grad(f, w) == 2*X'*(X*w - y) + 2*lambda*w\n",
  "W : matrix(n, k)\nF = W*W'\njacobian(F, W)\n\nA : matrix(n, n) invertible\na, b : vector(n)\ng = a'*inv(A)*b\n∂g/∂A\n",
  "// @mcalc A : matrix(n, n) posdef; f = logdet(A); grad(f, A)\r\nconst a = '😀';\r/** @mcalc\r\n * B : matrix(n, n)\r\n * g = tr(B*A)\r\n * grad(g, B)\r\n */\r\n",
  '# title 😀\n\n```mcalc\nx : vector(n)\nf = x\'*x\nhessian(f, x)\n```\n\nand more\n',
  'X : matrix(m, n)\nF = X * (X\' * X)^(-1/2\njacobian(F, X',
  '', '((((', '😀\r\r\n\n', 'α ∈ R\nΣ : matrix(n, n) posdef\nf = α*logdet(Σ)\ngrad(f, Σ)\r\n',
];

/** What is typed, pasted or deleted: halves of surrogate pairs, all line ends, brackets, pieces of the language. */
export const PIECES: readonly string[] = [
  '', '', '', "'", '\n', '\r\n', '\r', 'X', '(', ')', '[1, :]', '😀', '\ud83d', '\ude00', '⊗', ' * ', '^(-1/2)', '\nY : matrix(p, q)\n', '# note\n', 'tr(', '// @mcalc ', '```mcalc\n', '\t', 'λ', '\u200b', 'grad(f, x)', '=', ';', 'e\u0301', '\0',
];
