/**
 * The derivative as a fourth-order tensor, in tensor notation, for reading: (A ⊠ B)_ijkl = A_ik B_jl acts on V as A*V*B',
 * 𝕋 is the transposition (𝕋_ijkl = δ_il δ_jk), 𝕀 = I ⊠ I, and (M ∘ G)_ijkl = M_ij G_kl.
 */
import { isOne, isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { expandProducts } from '../calculus/projection';
import { expandedCount } from '../simplify/expand';
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
  const expanded = expandedCount(directional, MAX_EXPANDED_TERMS) <= MAX_EXPANDED_TERMS ? expandProducts(g, directional) : directional;
  const terms = expanded.kind === 'sum' ? expanded.terms : [expanded];
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

const atom = (text: string): string => (/^[\p{L}\p{N}_'ᵀ⁻¹^{}\\]+$/u.test(text) ? text : `(${text})`);

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
    if (bound) return `${lead}(${operand(g.product({ n: 1n, d: 1n }, [], term.factors))}${s.outer}∂(${s.print(toTree(bound.base))}))`;
    const f = term.factors[i];
    if (f) {
      const L = i > 0 ? g.mul(...term.factors.slice(0, i)) : g.identity(f.shape.rows);
      const R = i < term.factors.length - 1 ? g.transpose(g.mul(...term.factors.slice(i + 1))) : g.identity(f.shape.cols);
      const map = L.kind === 'identity' && R.kind === 'identity' ? '' : `(${operand(L)}${s.box}${operand(R)})`;
      if (f === V) return `${lead}${map === '' ? s.I : map}`;
      const inner = termText(g, f, V, s, toTree);
      return `${lead}${map === '' ? inner : `${map} ${s.dot} ${inner}`}`;
    }
  }
  // A named linear map: its own name stands for the tensor, with a dot where the direction goes.
  return `[${s.print(toTree(term))}]`;
}
