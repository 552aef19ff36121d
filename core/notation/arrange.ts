/** The search for the shortest arrangement of a sum's terms: each group that can stand together, with what is left arranged in turn. */
import { isScalar } from '../algebra/dim';
import type { Node } from '../algebra/node';
import { isNegativeQ, isOneQ, mulQ, negQ, TWO } from '../algebra/rational';
import { split } from '../algebra/sign';
import type { Expr } from '../syntax/tree';
import { treeSize } from './cost';
import type { Candidate, Group } from './group-terms';
import { exchanged, linearSlot } from './groups';
import { MAX_GROUPS, MAX_SEARCHED_TERMS } from './limits';
import { searchOf } from './search';
import { symmetricPart } from './product-tree';
import { broadcasts, isSpread, NOWHERE, or, tells, TOLD, type Place } from './place';
import { withNamedSum } from './named-sums';
import { peel, scaleTree } from './scaled';
import { inOrder, joined, signedTerms } from './sum-tree';
import { binary, call, dimTree, times } from './trees';
import { shorter, withSign, type Signed, type Writer } from './writer';

export type Arrange = (w: Writer, terms: readonly Node[], place: Place) => readonly Signed[];

export interface ArrangeOptions {
  /** Whether terms that are each other's transposes, or each other's by a commutation matrix, may be joined; true where nothing is said. */
  readonly pairs?: boolean;
}

/** The shortest of the arrangements with one group, the groups inside and what is left arranged in turn. */
export function createArrange({ pairs = true }: ArrangeOptions = {}): Arrange {
  return (w, terms, place) => {
    let best = signedTerms(w, terms, place);
    let bestTree = joined(best);
    const offer = (found: readonly Signed[] | undefined, wins: (tree: Expr, old: Expr) => boolean = shorter): void => {
      if (!found) return;
      const ordered = inOrder(found);
      const tree = joined(ordered);
      if (wins(tree, bestTree)) { best = ordered; bestTree = tree; }
    };
    const found = searchOf(w.g).groups(terms).filter((x) => pairs || !x.isPair);
    const groups = found.filter((x) => !x.isFraction);
    const attempt = (candidate: Candidate, wins?: (tree: Expr, old: Expr) => boolean): void => {
      const group = candidate.group();
      if (group) offer(withGroup(w, terms, group, place), wins);
    };
    found.filter((x) => x.isFraction).forEach((x) => { attempt(x); });
    // What all terms have in common is taken out before anything else is looked for.
    const whole = groups.filter((x) => x.members.length === terms.length);
    whole.slice(0, whole[0]?.isJoint ? 3 : 1).forEach((x, i) => { attempt(x, i > 1 ? (a, b) => treeSize(a) < treeSize(b) : (a, b) => shorter(a, b) || (treeSize(a) === treeSize(b) && leavesOne(a))); });
    for (const x of whole.slice(1)) if (x.isProduct) attempt(x, (a, b) => treeSize(a) < treeSize(b));
    if (terms.length > MAX_SEARCHED_TERMS) return best;
    w.deeper((depth) => {
      if (whole.length === 0) groups.slice(0, MAX_GROUPS[depth] ?? 0).forEach((x) => { attempt(x); });
      const swapped = pairs && depth <= MAX_GROUPS.length ? exchanged(w.g, terms) : undefined;
      const other = swapped && w.g.add(...swapped);
      if (other?.kind === 'sum') offer(w.terms(other, place));
      for (const sum of w.names.sumsAmong(terms)) {
        const named = withNamedSum(w.g, terms, sum);
        if (named) offer(flat(w, named, place));
      }
    });
    return best;
  };
}

/** c*(s - 1) for c*s - c, which is as long: people take the c out. */
const leavesOne = (e: Expr): boolean => e.kind === 'binary' && (e.op === '*' ? leavesOne(e.left) || leavesOne(e.right) : e.op === '/' ? leavesOne(e.left) : e.op === '-' && (isNumberOne(e.left) || isNumberOne(e.right)));
const isNumberOne = (e: Expr): boolean => e.kind === 'number' && e.text === '1';

function withGroup(w: Writer, terms: readonly Node[], group: Group, place: Place): readonly Signed[] | undefined {
  const rest = terms.filter((t) => !group.members.includes(t));
  const isNumber = broadcasts(terms.filter((t) => !isSpread(t))) ? isSpread : (): boolean => false;
  const arrays = rest.filter((t) => !isNumber(t));
  const told = arrays.length > 0 ? arrays.map(tells).reduce(or) : NOWHERE;
  const hasNumbers = arrays.length < rest.length;
  const made = groupTree(w, group, hasNumbers ? NOWHERE : or(place, told), arrays.length > 0, isNumber);
  if (!made) return undefined;
  if (rest.length === 0) return made.terms;
  return [...made.terms, ...restTrees(w, rest, hasNumbers || made.isSpread ? NOWHERE : or(place, made.tells), !made.isSpread, isNumber)];
}

/** Terms beside a group: arrays arranged among themselves, multiples of ones as the scalars they are. */
function restTrees(w: Writer, rest: readonly Node[], place: Place, besideArray: boolean, isNumber: (t: Node) => boolean): readonly Signed[] {
  const arrays = rest.filter((t) => !isNumber(t));
  const spreads = rest.filter(isNumber);
  if (spreads.length === 0 || (arrays.length === 0 && !besideArray)) return flat(w, w.g.add(...rest), place);
  const numbers = spreads.map((t) => (t.kind === 'product' ? w.g.product(t.coefficient, t.scalars, []) : w.g.number(1)));
  return [...(arrays.length > 0 ? flat(w, w.g.add(...arrays), place) : []), ...flat(w, w.g.add(...numbers), TOLD)];
}

/** The terms of a sum or of minus a sum, else the one term that a node is. */
function flat(w: Writer, a: Node, place: Place): readonly Signed[] {
  if (a.kind === 'sum') return w.terms(a, place);
  const { coefficient, rest } = split(w.g, a);
  if (rest.kind === 'sum' && isNegativeQ(coefficient) && isOneQ({ n: -coefficient.n, d: coefficient.d })) return w.terms(rest, place, true);
  return [w.signed(a, place)];
}

interface GroupTree { readonly terms: readonly Signed[]; readonly tells: Place; readonly isSpread: boolean }

function groupTree(w: Writer, group: Group, place: Place, besideArray: boolean, isNumber: (t: Node) => boolean): GroupTree | undefined {
  const one = (s: Signed, at: Place = TOLD): GroupTree => ({ terms: [s], tells: at, isSpread: false });
  switch (group.kind) {
    case 'node': {
      const { node } = group;
      if (node.kind === 'sum' || node.kind === 'zero' || split(w.g, node).rest.kind === 'sum') return undefined;
      if (!isSpread(node) || (besideArray && !isNumber(node))) return one(w.signed(node, place), tells(node));
      const scalar = besideArray && node.kind === 'product' ? w.g.product(node.coefficient, node.scalars, []) : node;
      return { terms: [w.signed(scalar, place)], tells: NOWHERE, isSpread: true };
    }
    case 'applied': {
      const slot = linearSlot(group.op) ?? 0;
      const inner = w.signed(group.inner, NOWHERE);
      const p = peel(withSign(inner));
      const args = group.like.args.map((x, i) => (i === slot ? p.tree : w.tree(x, NOWHERE)));
      return one({ negative: isNegativeQ(p.q), tree: scaleTree(isNegativeQ(p.q) ? negQ(p.q) : p.q, call(group.op, ...args, ...group.like.dims.map(dimTree))) });
    }
    case 'scaled': {
      const inner = w.signed(group.inner, place);
      return one({ negative: inner.negative, tree: rescaled(group.by, inner.tree) }, tells(group.inner));
    }
    case 'kronsum': {
      const tree = binary('⊕', w.tree(group.left, NOWHERE), w.tree(group.right, NOWHERE));
      const by = w.signed(group.by, TOLD);
      return one({ negative: by.negative, tree: by.tree.kind === 'number' && by.tree.text === '1' ? tree : times(by.tree, tree) });
    }
    case 'sym': {
      const { q, tree } = symmetricPart(w, group.op, group.half);
      return one({ negative: isNegativeQ(q), tree: rescaled(mulQ(isNegativeQ(q) ? negQ(q) : q, TWO), tree) });
    }
    case 'mirror': {
      const scalar = isScalar(group.arg.shape);
      return one({ negative: group.negative, tree: call(group.op, w.tree(group.arg, scalar ? TOLD : place)) }, tells(group.arg));
    }
  }
}

/** q*tree, where the tree may begin with a number of its own. */
function rescaled(q: { readonly n: bigint; readonly d: bigint }, tree: Expr): Expr {
  const p = peel(tree);
  const total = mulQ(q, p.q);
  const candidate = isNegativeQ(total) ? undefined : scaleTree(total, p.tree);
  return candidate && treeSize(candidate) <= treeSize(scaleTree(q, tree)) ? candidate : scaleTree(q, tree);
}
