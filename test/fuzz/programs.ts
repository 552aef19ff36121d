/** Random well-formed programs: trees of every construct, printed as people lay text out. */
import { printText } from '../../core/syntax/print';
import type { BinaryOperator, Expr, IndexItem, NameExpr } from '../../core/syntax/tree';
import type { Random } from './random';

const range = { start: 0, end: 0 };
const NAMES = ['A', 'B', 'X', 'x', 'y', 'w', 'Sigma', 'lambda', 'n', 'dX', 'x_hat', 'α', 'W_1'] as const;
const NUMBERS = ['1', '2', '0.5', '10', '1e-3'] as const;
const OPERATORS: readonly BinaryOperator[] = ['+', '-', ':', '*', '*', '*', '.*', './', '/', '\\', '⊗', '⊕'];
const CALLS = ['tr', 'exp', 'inv', 'I', 'e', 'det', 'max', 'logdet', 'diag', 'grad'] as const;

const nameOf = (r: Random): NameExpr => ({ kind: 'name', name: r.pick(NAMES), range });
const several = <T>(r: Random, least: number, most: number, make: () => T): readonly T[] => Array.from({ length: least + r.below(most - least + 1) }, make);

/** A tree of about `size` nodes. */
export function randomTree(r: Random, size: number): Expr {
  if (size <= 1) return r.chance(0.8) ? nameOf(r) : { kind: 'number', text: r.pick(NUMBERS), range };
  const half = (): Expr => randomTree(r, Math.floor((size - 1) / 2));
  const rest = (): Expr => randomTree(r, size - 1);
  switch (r.below(14)) {
    case 0: return { kind: 'unary', op: r.chance(0.8) ? '-' : '+', arg: rest(), range };
    // What `1'` would be is told as a vector of ones.
    case 1: { const arg = rest(); return arg.kind === 'number' ? arg : { kind: 'transpose', arg, range }; }
    case 2: return { kind: 'inverseTranspose', arg: rest(), range };
    case 3: return { kind: 'power', base: half(), exponent: half(), elementwise: r.chance(0.4), range };
    case 4: return { kind: 'call', callee: { kind: 'name', name: r.pick(CALLS), range }, args: several(r, 1, 3, half), range };
    case 5: return { kind: 'index', arg: half(), items: several(r, 1, 2, () => randomItem(r, half)), range };
    case 6: { const columns = 1 + r.below(2); return { kind: 'blocks', rows: several(r, 1, 2, () => several(r, columns, columns, half)), range }; }
    case 7: return { kind: 'finiteSum', body: half(), index: { kind: 'name', name: 'i', range }, from: half(), to: half(), range };
    case 8: return { kind: 'leibniz', of: rest(), wrt: several(r, 1, 3, () => nameOf(r)), range };
    case 9: return { kind: 'nabla', order: 1 + r.below(2), callee: { kind: 'name', name: 'g', range }, args: several(r, 0, 2, half), range };
    default: return { kind: 'binary', op: r.pick(OPERATORS), left: half(), right: half(), opRange: range, implicit: false, range };
  }
}

function randomItem(r: Random, tree: () => Expr): IndexItem {
  const kind = r.below(3);
  return kind === 0 ? { kind: 'all', range } : kind === 1 ? { kind: 'at', expr: tree(), range } : { kind: 'range', from: tree(), to: tree(), range };
}

export interface RandomProgram {
  readonly text: string;
  /** The expressions in the order of the text, as they were before they were printed. */
  readonly trees: readonly Expr[];
  readonly comments: readonly string[];
}

const HEADER = 'g : R^n × R^m -> R\nA, B, X : matrix(m, n); x, y, w : vector(n)\nSigma ∈ R^(n×n)\nlambda, dX, x_hat, α, W_1 in R\n';

/** Declarations, then statements with comments and blank lines between and after them. */
export function randomProgram(r: Random): RandomProgram {
  const trees: Expr[] = [];
  const comments: string[] = [];
  const tree = (): string => {
    const made = randomTree(r, 1 + r.below(18));
    trees.push(made);
    const text = printText(made);
    return r.chance(0.2) ? `(${text})` : text;
  };
  const comment = (): string => {
    const text = `${r.chance(0.7) ? '#' : '//'} ${r.pick(['why', 'A * B = (', 'é ∂', ''])}`.trimEnd();
    comments.push(text);
    return text;
  };
  let text = HEADER;
  for (let k = 1 + r.below(6); k > 0; k--) {
    if (r.chance(0.2)) text += `${comment()}\n`;
    if (r.chance(0.2)) text += '\n'.repeat(1 + r.below(3));
    text += statement(r, k, tree);
    text += r.chance(0.2) ? `${' '.repeat(r.below(3))}${comment()}\n` : r.chance(0.15) ? '; ' : '\n';
  }
  return { text, trees, comments };
}

function statement(r: Random, k: number, tree: () => string): string {
  switch (r.below(6)) {
    case 0: return `F${k} = ${tree()}`;
    case 1: return `f${k}(x, w)${r.pick([' = ', '=', '  =  '])}${tree()}`;
    case 2: return `check ${tree()} == ${tree()}`;
    case 3: return `assume ${tree()} == ${tree()}`;
    case 4: return `F${k} = [${tree()},\n   ${tree()}]`;
    default: return `tr(${tree()})`;
  }
}
