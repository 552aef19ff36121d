/** The shape of an operator applied to nodes of known shapes, for the operators that stay `apply` nodes. */
import { addDim, constantDim, D1, isOne, mulDim, SCALAR, scaleDim, shape, type Dim, type Shape } from './dim';
import type { DimFact } from './program';
import { least as smaller } from './signature';

type Rule = (args: readonly Shape[], dims: readonly Dim[], facts: readonly DimFact[]) => Shape;

const first: Rule = (a) => a[0] ?? SCALAR;
const scalar: Rule = () => SCALAR;
const square = (d: Dim): Shape => shape(d, d);
const half = (n: Dim): Dim => scaleDim(mulDim(n, addDim(n, D1)), 0.5);
const rows = (s: Shape | undefined): Dim => s?.rows ?? D1;
const cols = (s: Shape | undefined): Dim => s?.cols ?? D1;
const all = (s: Shape | undefined): Dim => mulDim(rows(s), cols(s));

const RULES: Readonly<Record<string, Rule>> = {
  tr: scalar, det: scalar, logdet: scalar, sum: scalar, prod: scalar, norm2: scalar, normInf: scalar, logsumexp: scalar, eigmax: scalar, eigmin: scalar,
  cond: scalar, delta: scalar, maximum: scalar, minimum: scalar,
  diag: (a) => (isOne(cols(a[0])) ? square(rows(a[0])) : isOne(rows(a[0])) ? square(cols(a[0])) : shape(rows(a[0]), D1)),
  vec: (a) => shape(all(a[0]), D1),
  vech: (a) => shape(half(rows(a[0])), D1),
  unvec: (_a, d) => shape(d[0] ?? D1, d[1] ?? D1),
  kron: (a) => shape(mulDim(rows(a[0]), rows(a[1])), mulDim(cols(a[0]), cols(a[1]))),
  commutation: (_a, d) => square(mulDim(d[0] ?? D1, d[1] ?? D1)),
  duplication: (_a, d) => shape(mulDim(d[0] ?? D1, d[0] ?? D1), half(d[0] ?? D1)),
  diagonalisation: (_a, d) => shape(mulDim(d[0] ?? D1, d[0] ?? D1), d[0] ?? D1),
  pinv: (a) => shape(cols(a[0]), rows(a[0])),
  sylvester: (a) => shape(rows(a[0]), rows(a[1])),
  polygamma: (a) => a[1] ?? SCALAR,
  expmFrechet: first, logmFrechet: first, powmFrechet: first,
  expmKron: (a) => square(mulDim(rows(a[0]), rows(a[0]))),
  logmKron: (a) => square(mulDim(rows(a[0]), rows(a[0]))),
  powmKron: (a) => square(mulDim(rows(a[0]), rows(a[0]))),
  skew3: (a) => square(rows(a[0])),
  eigvals: (a) => shape(rows(a[0]), D1),
  eigvecs: first,
  reciprocalGaps: (a) => square(rows(a[0])),
  svdvals: (a, _d, facts) => shape(least(a[0], facts), D1),
  svdu: (a, _d, facts) => shape(rows(a[0]), least(a[0], facts)),
  svdv: (a, _d, facts) => shape(cols(a[0]), least(a[0], facts)),
  svdu1: (a) => shape(rows(a[0]), D1),
  svdv1: (a) => shape(cols(a[0]), D1),
  blocks: (a, d) => {
    const across = constantDim(d[1] ?? D1) ?? 1;
    const down = constantDim(d[0] ?? D1) ?? 1;
    let r: Dim = { key: '0', terms: [] };
    let c: Dim = { key: '0', terms: [] };
    for (let i = 0; i < down; i++) r = addDim(r, rows(a[i * across]));
    for (let j = 0; j < across; j++) c = addDim(c, cols(a[j]));
    return shape(r, c);
  },
};

/** Singular values are counted by the smaller side; where the document does not say which it is, by the columns. */
const least = (s: Shape | undefined, facts: readonly DimFact[]): Dim => smaller(rows(s), cols(s), facts) ?? cols(s);

/** Elementwise maps and everything not named above keep their first argument's shape. */
export const applyShape = (op: string, args: readonly Shape[], dims: readonly Dim[], facts: readonly DimFact[] = []): Shape => {
  if (op.startsWith('formal:')) return shape(dims[0] ?? D1, dims[1] ?? D1);
  const rule = RULES[op];
  if (rule) return rule(args, dims, facts);
  return (op === 'max' || op === 'min') && args[0] && args[1] && isOne(args[0].rows) && isOne(args[0].cols) ? args[1] : first(args, dims, facts);
};
