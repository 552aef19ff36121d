/**
 * The derivative as a fourth-order tensor, in tensor notation, for reading: (A ⊠ B)_ijkl = A_ik B_jl acts on V as A*V*B',
 * 𝕋 is the transposition (𝕋_ijkl = δ_il δ_jk), 𝕀 = I ⊠ I, and (M ∘ G)_ijkl = M_ij G_kl.
 */
import { isOne, isScalar } from '../algebra/dim';
import { expand } from '../algebra/expand';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { adjoint } from '../calculus/adjoint';
import { printLatex } from '../syntax/latex';
import { printText } from '../syntax/print';
import { printSize } from '../syntax/size';
import { printUnicode } from '../syntax/unicode';
import type { Expr } from '../syntax/tree';
import { MAX_EXPANDED_TERMS } from './limits';
import type { Form, Written } from './presentation';
import type { Session } from './session';
import type { Views } from './views';

interface Spelling {
  readonly box: string;
  readonly outer: string;
  readonly I: string;
  readonly T: string;
  readonly dot: string;
  readonly print: (tree: Expr) => string;
}
const SPELLINGS: Readonly<Record<keyof Written, Spelling>> = {
  text: { box: ' ⊠ ', outer: ' ∘ ', I: '𝕀', T: '𝕋', dot: ':', print: printText },
  unicode: { box: ' ⊠ ', outer: ' ∘ ', I: '𝕀', T: '𝕋', dot: ':', print: printUnicode },
  latex: { box: ' \\boxtimes ', outer: ' \\circ ', I: '\\mathbb{I}', T: '\\mathbb{T}', dot: ':', print: printLatex },
};

/** Where F or X is a scalar or a vector the other forms are the tensor. */
export const hasTensorForm = ({ of, symbol }: Views): boolean => ![of, symbol].some((a) => isScalar(a.shape) || isOne(a.shape.cols));

/** Undefined where it is too long to print without names of its own. */
export function tensorForm(g: Graph, views: Views, session: Session): Form | undefined {
  const { directional, direction } = views;
  const expanded = expand(g, directional, MAX_EXPANDED_TERMS) ?? directional;
  const terms = joinedMaps(g, termsOf(g, expanded), direction);
  const group = session.open();
  let isWhole = true;
  const toTree = (node: Node): Expr => {
    const printed = group.print(node);
    if (printed.own.length > 0) isWhole = false;
    return printed.tree;
  };
  const spell = (s: Spelling): string => terms.map((t) => termText(g, t, direction, s, toTree)).reduce((text, t) => (text === '' ? t : t.startsWith('-') ? `${text} - ${t.slice(1)}` : `${text} + ${t}`), '');
  const text = spell(SPELLINGS.text);
  return isWhole ? { text, unicode: spell(SPELLINGS.unicode), latex: spell(SPELLINGS.latex), size: printSize(text) } : undefined;
}

/** The terms of a sum, or of a multiple of one. */
function termsOf(g: Graph, a: Node): readonly Node[] {
  if (a.kind === 'sum') return a.terms;
  const [f] = a.kind === 'product' ? a.factors : [];
  return a.kind === 'product' && a.factors.length === 1 && f?.kind === 'sum' ? f.terms.map((t) => g.product(a.coefficient, a.scalars, [t])) : [a];
}

const isSum = (a: Node): boolean => a.kind === 'sum' || (a.kind === 'transpose' && a.arg.kind === 'sum');

/** L*V*R, or L*V'*R. */
interface Sides { readonly scale: Node; readonly left: Node; readonly right: Node; readonly middle: Node }

function sidesOf(g: Graph, t: Node, V: Node): Sides | undefined {
  const factors = t.kind === 'product' ? t.factors : [t];
  const i = factors.findIndex((f) => g.depends(f, V));
  const middle = factors[i];
  if (!middle || (middle !== V && middle !== g.transpose(V)) || (t.kind === 'product' && t.scalars.some((p) => g.depends(p.base, V)))) return undefined;
  const scale = t.kind === 'product' ? g.product(t.coefficient, t.scalars, []) : g.number(1);
  return { middle, scale, left: g.mul(g.identity(t.shape.rows), ...factors.slice(0, i)), right: g.mul(...factors.slice(i + 1), g.identity(t.shape.cols)) };
}

/** A ⊠ R + B ⊠ R = (A + B) ⊠ R, and on the other side; the transposed ones last. */
function joinedMaps(g: Graph, terms: readonly Node[], V: Node): readonly Node[] {
  const made: (Sides | Node)[] = [];
  for (const t of terms) {
    const s = sidesOf(g, t, V);
    const at = s ? made.findIndex((x) => 'middle' in x && x.middle === s.middle && (x.right === s.right || x.left === s.left)) : -1;
    const old = made[at];
    if (!s) made.push(t);
    else if (!old || !('middle' in old)) made.push(s);
    else {
      const both = (a: Node, b: Node): Node => g.add(g.mul(old.scale, a), g.mul(s.scale, b));
      made[at] = { ...old, scale: g.number(1), ...(old.right === s.right ? { left: both(old.left, s.left) } : { right: both(old.right, s.right) }) };
    }
  }
  const nodes = made.map((x) => ('middle' in x ? g.mul(x.scale, x.left, x.middle, x.right) : x)).filter((x) => x.kind !== 'zero');
  const isTurned = (x: Node): boolean => x.kind === 'transpose' || (x.kind === 'product' && x.factors.includes(g.transpose(V)));
  return nodes.length === 0 ? terms.slice(0, 1) : [...nodes.filter((x) => !isTurned(x)), ...nodes.filter(isTurned)];
}

/** A name with its marks, or a call of names. */
const atom = (text: string): string => (/^[\p{L}\p{N}_'ᵀ⁻¹^{}\\]+(?:\([\p{L}\p{N}, ]+\))?$/u.test(text) ? text : `(${text})`);

function termText(g: Graph, term: Node, V: Node, s: Spelling, toTree: (node: Node) => Expr): string {
  const operand = (node: Node): string => atom(s.print(toTree(node)));
  if (term === V) return s.I;
  if (term.kind === 'transpose' && term.arg === V) return s.T;
  if (term.kind === 'product') {
    const i = term.factors.findIndex((f) => g.depends(f, V));
    const scale = g.product(term.coefficient, term.scalars.filter((p) => !g.depends(p.base, V)), []);
    const sign = scale.kind === 'product' && scale.coefficient.n < 0n ? '-' : '';
    const size = g.product(sign === '' || scale.kind !== 'product' ? { n: 1n, d: 1n } : { n: -1n, d: 1n }, [], [scale]);
    const lead = size === g.number(1) ? sign : `${sign}${operand(size)} `;
    const bound = term.scalars.find((p) => g.depends(p.base, V));
    // M*<G, V> is (M ∘ G) : V.
    if (bound) return `${lead}(${operand(g.product({ n: 1n, d: 1n }, [], term.factors))}${s.outer}${operand(adjoint(g, bound.base, V, g.number(1)))})`;
    const f = term.factors[i];
    if (f) {
      const L = i > 0 ? g.mul(...term.factors.slice(0, i)) : g.identity(f.shape.rows);
      const R = i < term.factors.length - 1 ? g.transpose(g.mul(...term.factors.slice(i + 1))) : g.identity(f.shape.cols);
      // People write (I - F) ⊠ M for -(F - I) ⊠ M.
      const inL = sign === '-' && L.kind === 'sum';
      const inR = sign === '-' && !inL && isSum(R) && !s.print(toTree(g.neg(R))).startsWith('-');
      const map = L.kind === 'identity' && R.kind === 'identity' ? '' : `(${operand(inL ? g.neg(L) : L)}${s.box}${operand(inR ? g.neg(R) : R)})`;
      const before = inL || inR ? lead.slice(1) : lead;
      if (f === V) return `${before}${map === '' ? s.I : map}`;
      const inner = termText(g, f, V, s, toTree);
      return `${before}${map === '' ? inner : `${map} ${s.dot} ${inner}`}`;
    }
  }
  // A named linear map: its own name stands for the tensor, with a dot where the direction goes.
  return `[${s.print(toTree(term))}]`;
}
