/** Formulas of Mathematica that differ in several ways at once: brackets, capitals, `a.A.b`. They are mended together. */
import { operand, rewriteCalls, type Rewriting } from './foreign-arguments';
import { productsMeant } from './foreign-python';

const one = (name: string): Rewriting => (a, b) => (a === undefined || b !== undefined ? undefined : `${name}(${a})`);
const FUNCTIONS: Readonly<Record<string, Rewriting>> = {
  ...Object.fromEntries(['Exp', 'Log', 'Sin', 'Cos', 'Tan', 'Sqrt', 'Abs', 'Tanh', 'Sinh', 'Cosh', 'Tr', 'Det', 'Norm'].map((n) => [n, one(n.toLowerCase())])),
  Total: one('sum'), MatrixExp: one('expm'), MatrixLog: one('logm'), PseudoInverse: one('pinv'), DiagonalMatrix: one('diag'), IdentityMatrix: one('I'), Eigenvalues: one('eigvals'), LogisticSigmoid: one('sigmoid'),
  Inverse: one('inv'),
  Transpose: (a, b) => (a === undefined || b !== undefined ? undefined : `${operand(a)}'`),
  ConjugateTranspose: (a, b) => (a === undefined || b !== undefined ? undefined : `${operand(a)}'`),
  Dot: (...args) => (args.length < 2 ? undefined : `(${args.map(operand).join(' @ ')})`),
  KroneckerProduct: (a, b, c) => (a === undefined || b === undefined || c !== undefined ? undefined : `kron(${a}, ${b})`),
  MatrixPower: (a, p, c) => (a === undefined || p === undefined || c !== undefined ? undefined : `${operand(a)}^${operand(p)}`),
  LinearSolve: (a, b, c) => (a === undefined || b === undefined || c !== undefined ? undefined : `(${operand(a)} \\ ${operand(b)})`),
};

/** The dot between operands; the one of a number has a digit beside it. */
const DOT = /(?<=[\p{L}\p{N}_)\]'])\s*(?<!(?<![\p{L}_])\d)\.\s*(?=[\p{L}(])/gu;

/** The formula as it is written here; undefined where it differs in one way only, or where something else is left. */
export function mathematicaMeant(formula: string, isVariable: (name: string) => boolean, isVector: (name: string) => boolean): string | undefined {
  const isChain = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+$/u.test(formula) && formula.split('.').every(isVariable);
  if (!isChain && !/(?<![\p{L}\p{N}_.])\p{Lu}\p{Ll}+\[/u.test(formula)) return undefined;
  // Powers are those of entries there, of a function's value mostly a number; whoever writes `*` beside `Inverse[A]` means the product of matrices.
  const powers = formula.replace(/(?<=[\p{L}\p{N}_)])\^/gu, '.^');
  const calls = rewriteCalls(powers, FUNCTIONS, isVariable, '[');
  if (!calls) return undefined;
  const dotted = calls.text.replace(DOT, ' @ ');
  const differs = calls.count + (powers === formula ? 0 : 1) + (dotted === calls.text ? 0 : 2);
  const made = productsMeant(dotted, isVector);
  return differs < 2 || /\p{L}\[|[{}@=]/u.test(made) ? undefined : made;
}
