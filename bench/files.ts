/** Files of a thousand lines, one of each kind that people write. Used by bench/language.mjs and by the tests of reuse. */
export const KINDS = ['plain', 'dense', 'inferred', 'arguments', 'chained', 'claims', 'commented'] as const;
export type FileKind = (typeof KINDS)[number];

/** `lines` lines, all of them right. */
export function fileOf(kind: FileKind, lines = 1000): string {
  const out: string[] = ['dim m >= n', 'X : matrix(m, n)', 'A, B : matrix(n, n)', 'S : matrix(n, n) posdef', 'a, b, x : vector(n)', 'y : vector(m)', 'alpha, beta : scalar positive'];
  for (let k = 1; out.length < lines; k++) out.push(line(kind, k));
  return `${out.join('\n')}\n`;
}

function line(kind: FileKind, k: number): string {
  const [one, two] = [`F${k}`, `F${k - 1}`];
  switch (kind) {
    case 'plain': return k % 3 === 0 ? `grad(F${k - 1}, x)` : `${one} = x'*A*x + alpha*a'b`;
    case 'dense': return `${one} = (A*B + alpha*S^-1)*(X'*X)*(A .* B - B'*inv(S + beta*I))*x + exp(a) .* (S \\ b) / ${k} - X'*(X*x - y) + diag(A*B')*norm(y)^2`;
    case 'inferred': return `f${k}(w${k}) = norm(X*w${k} - y)^2 + alpha*w${k}'w${k} + ${k}`;
    case 'arguments': return k % 2 === 1 ? `f${k}(W, v) = v'*W*v + tr(W*S) + alpha*norm(v)^2 - sum(log(v))` : `grad(f${k - 1}, W)`;
    case 'chained': return k === 1 ? 'F1 = A*x' : `${one} = A*${two} + alpha*(B*${two} - x)`;
    case 'claims': return k % 2 === 1 ? `f${k} = x'*S*x / ${k}` : `check grad(f${k - 1}, x) == 2*S*x / ${k - 1}`;
    case 'commented': return k % 2 === 1 ? `# line ${k}: what the next one is about, in a few words` : `${one} = [A, a; b', alpha]  # blocks`;
  }
}
