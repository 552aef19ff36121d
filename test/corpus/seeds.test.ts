/** The seed questions: the closed forms that people give for them are among the printed ones, under other names too. */
import { expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { prove } from '../../core/proof/prove';
import { decideClaim } from '../../core/verify/claims';
import { sourceOf } from '../../cli/files';

interface Seed { readonly name: string; readonly text: string; readonly forms: readonly string[]; readonly where?: readonly string[] }

const SEEDS: readonly Seed[] = [
  {
    name: 'the polar factor, by Kronecker sum and commutation matrix, and stably',
    text: "dim m >= n\nX : matrix(m, n)\nF = X*(X'*X)^(-1/2)\njacobian(F, X)",
    forms: ["B^-1 ⊗ I(m) - (B^-1 ⊗ F)*inv(B ⊕ B)*((X' ⊗ I(n))*commutation(m, n) + I(n) ⊗ X')", "(I - F*F')*V*B^-1 + 2*F*sylvester(B, B, skewpart(F'*V))"],
    where: ["B = (X'*X)^(1/2)"],
  },
  {
    name: 'the polar factor of a matrix of another name',
    text: "dim p >= q\nM : matrix(p, q)\nU = M*(M'*M)^(-1/2)\njacobian(U, M)",
    forms: ["B^-1 ⊗ I(p) - (B^-1 ⊗ U)*inv(B ⊕ B)*((M' ⊗ I(q))*commutation(p, q) + I(q) ⊗ M')"],
  },
  {
    name: 'the root of a rank-one update by its scalar',
    text: "x : vector(n)\nalpha : scalar positive\nbeta = sqrt(1 + alpha*x'*x)\nA = (I + alpha*x*x')^(1/2)\njacobian(A, alpha)",
    forms: ["x*x' / (2*beta)"],
  },
  { name: 'a Gram matrix by its entries', text: "A : matrix(n, n)\nX : matrix(n, m)\nM = A*X*X'*A'\njacobian(M, X)", forms: ["A*(E(k, l)*X' + X*E(l, k))*A'", "A*(V*X' + X*V')*A'", '(I + commutation(n, n))*((A*X) ⊗ A)'] },
  { name: 'a bilinear form of the inverse', text: "X : matrix(n, n) invertible\na, b : vector(n)\nf = a'*X^-1*b\ngrad(f, X)", forms: ["-X^-T*a*b'*X^-T"] },
  {
    name: "W*W' in deltas, and with the commutation matrix",
    text: "W : matrix(n, p)\nF = W*W'\njacobian(F, W)",
    forms: ['delta(i, k)*W[j, l] + delta(j, k)*W[i, l]', '(I(n) ⊗ W)*commutation(n, p) + W ⊗ I(n)', "V*W' + W*V'"],
  },
];

for (const seed of SEEDS) {
  test(seed.name, () => {
    const program = sourceOf('seed.mcalc', seed.text).analysis.parts[0]?.compiled.program;
    const request = program?.requests[0];
    if (!program || !request) throw new Error('no request');
    const p = present(program, request);
    if ('refused' in p) throw new Error(p.refused.message);
    const printed = [...Object.values(p.forms).map((f) => f.text), ...p.alternatives.map((a) => a.text)];
    for (const form of seed.forms) expect(printed).toContain(form);
    for (const w of seed.where ?? []) expect(p.where.map((d) => d.text)).toContain(w);
  });
}

test("the claim that W*W' has the derivative 2*W is refuted", () => {
  const program = sourceOf('claim.mcalc', "W : matrix(n, k)\nA : matrix(n, n)\ncheck grad(tr(A*W*W'), W) == 2*A*W").analysis.parts[0]?.compiled.program;
  const claim = program?.claims[0];
  if (!program || !claim) throw new Error('no claim');
  expect(decideClaim(program, claim, { prove: (left, right) => prove(program, left, right) }).verdict).toBe('false');
});
