/** A tree that is too long for one statement, as several: its long parts are named. Only for texts that nobody reads. */
import { treeSize, UNMEASURED } from '../notation/cost';
import { binary, minus, named } from '../notation/trees';
import type { BinaryExpr, Expr } from '../syntax/tree';

/** Operators and leaves of one statement; far below what the parser takes of words (`MAX_STATEMENT_TOKENS`) and characters (`MAX_LINE`). */
const MOST = 1000;

export interface Pieces { readonly tree: Expr; readonly lines: readonly { readonly name: string; readonly tree: Expr }[] }

/** The same value: each name stands for the tree of its line, which uses only names of lines before. */
export function inPieces(root: Expr, newName: () => string, most = MOST): Pieces {
  const lines: { name: string; tree: Expr }[] = [];
  const known = new Map<Expr, Expr>();
  const names = new Map<Expr, Expr>();
  const nameOf = (e: Expr): Expr => {
    if (e.kind === 'name') return e;
    const old = names.get(e);
    if (old) return old;
    const name = newName();
    lines.push({ name, tree: e });
    const made = named(name);
    names.set(e, made);
    return made;
  };
  const go = (e: Expr): Expr => {
    if (treeSize(e) <= most) return e;
    const old = known.get(e);
    if (old) return old;
    const made = isSum(e) ? sumOf(e) : short(e, operandsOf(e).map(go));
    known.set(e, made);
    return made;
  };
  /** Its longest operands get names until the rest is short enough. */
  const short = (e: Expr, operands: readonly Expr[]): Expr => {
    const made = withOperands(e, operands);
    const longest = operands.reduce<Expr | undefined>((a, b) => (a && treeSize(a) >= treeSize(b) ? a : b), undefined);
    if (treeSize(made) <= most || !longest || longest.kind === 'name') return made;
    return short(e, operands.map((x) => (x === longest ? nameOf(x) : x)));
  };
  /** A sum of long sums: parts beside each other, so that none waits for another's value. */
  const sumOf = (e: Expr): Expr => {
    const groups: Expr[] = [];
    let open: Expr | undefined;
    for (const { term, isLess } of termsOf(e)) {
      const t = go(term);
      if (open && treeSize(open) + treeSize(t) >= most) {
        groups.push(nameOf(open));
        open = undefined;
      }
      open = open ? binary(isLess ? '-' : '+', open, t) : isLess ? minus(t) : t;
    }
    if (open) groups.push(groups.length > 0 ? nameOf(open) : open);
    const sum = groups.reduce((a, b) => binary('+', a, b));
    return groups.length > 1 && treeSize(sum) > most ? go(sum) : sum;
  };
  return { tree: go(root), lines };
}

const isSum = (e: Expr): e is BinaryExpr => e.kind === 'binary' && (e.op === '+' || e.op === '-');

/** The terms of a sum from left to right, each with whether it is taken away; a sum has thousands, each a level deeper on the left. */
function termsOf(e: Expr): readonly { readonly term: Expr; readonly isLess: boolean }[] {
  const terms: { term: Expr; isLess: boolean }[] = [];
  let left = e;
  while (isSum(left)) {
    terms.push({ term: left.right, isLess: left.op === '-' });
    left = left.left;
  }
  return [{ term: left, isLess: false }, ...terms.reverse()];
}

/** What may stand under a name: not sizes, exponents and the bodies of sums, which hold an index. */
function operandsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'binary': return [e.left, e.right];
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': return [e.arg];
    case 'power': return [e.base];
    case 'call': return e.args;
    case 'blocks': return e.rows.flat();
    default: return [];
  }
}

function withOperands(e: Expr, operands: readonly Expr[]): Expr {
  const [first = e, second = e] = operands;
  switch (e.kind) {
    case 'binary': return { ...e, ...UNMEASURED, left: first, right: second };
    case 'unary': case 'transpose': case 'inverseTranspose': case 'paren': return { ...e, ...UNMEASURED, arg: first };
    case 'power': return { ...e, ...UNMEASURED, base: first };
    case 'call': return { ...e, ...UNMEASURED, args: operands };
    case 'blocks': { let k = 0; return { ...e, ...UNMEASURED, rows: e.rows.map((r) => r.map((x) => operands[k++] ?? x)) }; }
    default: return e;
  }
}
