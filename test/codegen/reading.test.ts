/** Generated code reads as a person would write it: what reviewers objected to does not come back. */
import { expect, test } from 'vitest';
import { generate } from '../../core/ide/generate';
import { sourceOf } from '../../cli/files';

const DOCUMENTS: Readonly<Record<string, string>> = {
  ridge: "X : matrix(m, n); y : vector(m); lambda : scalar positive\nf(w) = norm(X*w - y)^2 + lambda * w'w\ngrad(f, w)",
  logistic: 'X : matrix(m, n); y : vector(m)\nf(w) = sum(softplus(-y .* (X*w)))\nhessian(f, w)',
  entropy: "W : matrix(k, n); x : vector(n); y : vector(k)\nf = logsumexp(W*x) - y'*(W*x)\ngrad(f, W)",
  process: "D : matrix(n, n) symmetric; y : vector(n); s, l, v : scalar positive\nK = s*exp(-D/(2*l^2)) + v*I\nf = (logdet(K) + y'*inv(K)*y)/2\ngrad(f, l)",
  layer: "X : matrix(m, n); W : matrix(n, k); b : vector(k); v : vector(k); y : vector(m)\nf = norm(tanh(X*W + ones(m)*b')*v - y)^2\ngrad(f, W)",
  polar: "dim m >= n\nX : matrix(m, n)\nF = X*(X'*X)^(-1/2)\njacobian(F, X)",
  rotation: 'theta : scalar\nR = [cos(theta), -sin(theta); sin(theta), cos(theta)]\ngrad(R, theta)',
  lasso: 'S, Theta : matrix(n, n) posdef; N : scalar positive\nf = N/2*(tr(S*Theta) - logdet(Theta))\nhessian(f, Theta)',
  column: 'A : matrix(n, n)\nF = A[:, 2]\njacobian(F, A)',
  mahalanobis: "M : matrix(n, n) posdef; x, y : vector(n)\nd = sqrt((x - y)'*M*(x - y))\ngrad(d, x)",
  projection: "t, y : vector(m); A : matrix(m, k)\nB = diag(t)*A\nf = norm(y - B*inv(B'*B)*B'*y)^2\ngrad(f, A)",
  factorisation: "Y : matrix(m, n); U : matrix(m, k); V : matrix(n, k)\nf = normF(Y - U*V')^2\ngrad(f, U)",
};
const moduleOf = (text: string): ReturnType<typeof generate>['module'] => { const { analysis } = sourceOf('a.mcalc', text); return generate(analysis, analysis.parts, 'typescript').module; };
const made = new Map(Object.entries(DOCUMENTS).map(([name, text]) => [name, moduleOf(text)] as const));
const functionsOf = (name: string): string => [...made.get(name)!.texts.values()].join('\n');

const BLEMISHES: readonly (readonly [string, RegExp])[] = [
  ['a sign that editors mark as ambiguous', /×/], ['a comparison of two numbers', /\(\d+ === \d+/], ['a loop of one turn', /for \(let \w+ = 0; \w+ < 1; /], ['a factor -1 of its own', /\(-1\) \*|\*= -1;/],
  ['a sum with a negative term added', / \+ -\w/], ['a copy with its sign turned, where the kernel subtracts', /\[i\] = -y\[i\]!;/], ['an index that is a sum of numbers', /\[\d+ \+ \d+\]/], ['doubled parentheses', /\(\((?:[^()]|\([^()]*\))*\)\) \*/],
  ['a row where a column is meant', /\/\/ \w+ = \w+'\*\w+' [-+]/], ['a numbered name where a letter is free', /const (?:P|u|r|t)\d+ = scratch/], ['a name from the planner', /#\d/], ['mixed quotes', /expectShape\("/],
  ['half a formula', /applied to [^.]*…/],
];
for (const [name] of made) {
  test(`${name} has no known blemish`, () => {
    const text = functionsOf(name);
    for (const [what, pattern] of BLEMISHES) expect({ what, found: pattern.exec(text)?.[0] }).toEqual({ what, found: undefined });
    expect(made.get(name)!.rest).not.toContain('×');
    expect(text.split('\n').filter((l) => l.length > 120 && !l.trimStart().startsWith('//') && !l.includes('throw'))).toEqual([]);
  });
}

const bodyOf = (name: string, fn: string): readonly string[] => made.get(name)!.texts.get(fn)!.split('\n').map((l) => l.trim()).filter((l) => l !== '' && !/^(?:\/?\*|expect(?:Shape|Size|Number)|export|const [mnk] =|out = result|\}$|[\w:, ?]+,$|\): )/.test(l));

test('the value of ridge regression', () => {
  expect(bodyOf('ridge', 'f')).toEqual([
    "const wtw = dot(w, w, n); // w'*w", 'const r = scratch(0, m);', 'matVecAdd(X, w, r, m, n, 1, -1, y); // r = X*w - y', "const s = dot(r, r, m); // r'*r", 'return lambda * wtw + s;',
  ]);
});
test("a definition's name is its array's, and messages name what the caller gave", () => {
  const text = made.get('process')!.texts.get('f')!;
  expect(text).toContain('// K = v*I + K');
  expect(text).toContain('// z = inv(K)*y');
  expect(text).toMatch(/'K is|v\*I \+ s\*exp\(-1\/\(2\*l\^2\)\*D\) is singular, or contains NaN/);
});
test('a bias is added where the loop needs it', () => {
  expect(functionsOf('layer')).toContain('M[i * k + j] = Math.tanh(b[j]! + XW[i * k + j]!);');
  expect(functionsOf('layer')).not.toContain('transpose(');
});
test('scalar blocks are assignments', () => expect(bodyOf('rotation', 'R').slice(2)).toEqual(['out[0] = c; // blocks(c, -c2, c2, c)', 'out[1] = -c2;', 'out[2] = c2;', 'out[3] = c;', 'return out;'].map((l) => l.replace(/c2/g, /const (\w+) = Math\.sin/.exec(functionsOf('rotation'))?.[1] ?? ''))));
test('one column of a Jacobian has no loop over the others, and the column must exist', () => {
  const text = made.get('column')!.texts.get('jacobianFByA')!;
  expect(text).toContain('out[row + n + k]! += 1;');
  expect(text).toContain("if (n < 2) throw new RangeError('an entry with index 2 needs n >= 2');");
});
test('a value is documented without what holds for derivatives only', () => {
  const text = made.get('process')!.texts.get('f')!;
  expect(text).not.toContain('Holds where');
  expect(made.get('ridge')!.texts.get('vjpFByW')!.replace(/\n \* /g, ' ')).toContain("applied to Ybar: Ybar*(2*(X'*(X*w - y) + lambda*w)).");
});
