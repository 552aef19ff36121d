/** The syntax tree: what the parser makes of a text, and what the notations are printed from. Imports only the contract of diagnostics. */
import type { Diagnostic } from './diagnostic';
import type { Range } from './range';

export type { Range };

interface Ranged {
  readonly range: Range;
}

/** `+ - :` and the operators of product strength. */
export type BinaryOperator = '+' | '-' | ':' | '*' | '.*' | './' | '/' | '\\' | '⊗' | '⊕';

export interface NumberExpr extends Ranged { readonly kind: 'number'; readonly text: string }
/** Names are spelled as the user wrote them; `Σ` and `Sigma` are two names. */
export interface NameExpr extends Ranged { readonly kind: 'name'; readonly name: string }
export interface BinaryExpr extends Ranged {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  /** An empty range where a product is written by juxtaposition. */
  readonly opRange: Range;
  readonly implicit: boolean;
}
export interface UnaryExpr extends Ranged { readonly kind: 'unary'; readonly op: '-' | '+'; readonly arg: Expr }
/** `A'`, `A^T`, `Aᵀ`, `A.T`. */
export interface TransposeExpr extends Ranged {
  readonly kind: 'transpose';
  readonly arg: Expr;
  /** How it was written; absent in a tree that no text stands behind. `^T` is in doubt where a variable `T` is declared. */
  readonly spelling?: "'" | '^T' | 'ᵀ' | '.T';
}
/** `A^-T`, `A⁻ᵀ`, the inverse transposed. */
export interface InverseTransposeExpr extends Ranged {
  readonly kind: 'inverseTranspose';
  readonly arg: Expr;
  readonly spelling?: '^-T' | '⁻ᵀ';
}
/** `A^p`, `A⁻¹`, `x²`; with `elementwise`, `A .^ p`. */
export interface PowerExpr extends Ranged {
  readonly kind: 'power';
  readonly base: Expr;
  readonly exponent: Expr;
  readonly elementwise: boolean;
}
export interface CallExpr extends Ranged { readonly kind: 'call'; readonly callee: NameExpr; readonly args: readonly Expr[] }
export type IndexItem =
  | ({ readonly kind: 'all' } & Ranged)
  | ({ readonly kind: 'at'; readonly expr: Expr } & Ranged)
  | ({ readonly kind: 'range'; readonly from: Expr; readonly to: Expr } & Ranged);
/** `X[i, j]`, `x[i]`, `X[:, j]`, `x[1:k]`; counted from 1. */
export interface IndexExpr extends Ranged { readonly kind: 'index'; readonly arg: Expr; readonly items: readonly IndexItem[] }
/** `[A, B; C, D]`. */
export interface BlocksExpr extends Ranged { readonly kind: 'blocks'; readonly rows: readonly (readonly Expr[])[] }
/** `sum(body, i = from:to)`. */
export interface FiniteSumExpr extends Ranged {
  readonly kind: 'finiteSum';
  readonly body: Expr;
  readonly index: NameExpr;
  readonly from: Expr;
  readonly to: Expr;
}
/** `∂F/∂X`, `dF/dX`, `∂²f/∂x²`, `∂²f/∂x∂y`: one name in `wrt` for each differentiation. */
export interface LeibnizExpr extends Ranged { readonly kind: 'leibniz'; readonly of: Expr; readonly wrt: readonly NameExpr[] }
export interface ParenExpr extends Ranged { readonly kind: 'paren'; readonly arg: Expr }
/** Where an expression was expected and none was found; its diagnostic stands in the document's. */
export interface MissingExpr extends Ranged { readonly kind: 'missing' }
/** `∇g(A*x)`: the gradient (Jacobian transposed for a vector function) of a function without a body, at an argument. */
export interface NablaExpr extends Ranged { readonly kind: 'nabla'; readonly order: number; readonly callee: NameExpr; readonly args: readonly Expr[] }

export type Expr =
  | NumberExpr | NameExpr | BinaryExpr | UnaryExpr | TransposeExpr | InverseTransposeExpr | PowerExpr | CallExpr
  | IndexExpr | BlocksExpr | FiniteSumExpr | LeibnizExpr | ParenExpr | MissingExpr | NablaExpr;

/** `scalar`, `vector(n)`, `matrix(m, n)` with sizes left out where they are inferred; `R^(m×n)` is a matrix, `R^n` a vector. */
export type TypeExpr =
  | ({ readonly kind: 'scalar' } & Ranged)
  | ({ readonly kind: 'vector'; readonly size?: Expr } & Ranged)
  | ({ readonly kind: 'matrix'; readonly rows?: Expr; readonly cols?: Expr } & Ranged)
  | ({ readonly kind: 'function'; readonly from: readonly TypeExpr[]; readonly to: TypeExpr } & Ranged);

export interface Word extends Ranged { readonly word: string }

export interface Declaration extends Ranged {
  readonly kind: 'declaration';
  readonly names: readonly NameExpr[];
  /** Absent where only structure words are given (`S : symmetric`). */
  readonly type?: TypeExpr;
  readonly words: readonly Word[];
}
export interface DimRelation extends Ranged {
  readonly left: Expr;
  readonly op: '=' | '>=' | '<=' | '>' | '<';
  readonly right: Expr;
}
export interface DimStatement extends Ranged { readonly kind: 'dim'; readonly relations: readonly DimRelation[] }
export interface Definition extends Ranged {
  readonly kind: 'definition';
  readonly name: NameExpr;
  readonly parameters?: readonly NameExpr[];
  readonly body: Expr;
}
export interface Request extends Ranged { readonly kind: 'request'; readonly expr: Expr }
export interface Check extends Ranged { readonly kind: 'check'; readonly left: Expr; readonly right: Expr }
/** `assume invertible(M)` has no `right`. */
export interface Assume extends Ranged { readonly kind: 'assume'; readonly left: Expr; readonly right?: Expr }
export interface Setting extends Ranged { readonly kind: 'set'; readonly key: NameExpr; readonly value: NameExpr }
/** A statement of which nothing could be read; its diagnostics say why. */
export interface Broken extends Ranged { readonly kind: 'broken' }

export type Statement = Declaration | DimStatement | Definition | Request | Check | Assume | Setting | Broken;

export interface Comment extends Ranged { readonly text: string }

/**
 * A word of the text. `text` is the canonical spelling: `*` for `·`, `>=` for `≥`, `-1` for `⁻¹`; a name's is the name itself.
 * `bad` stands for what the notation does not use.
 */
export interface Token {
  readonly kind: 'name' | 'number' | 'symbol' | 'superscript' | 'newline' | 'bad';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What the parser makes of a text. `tokens` has no comments and no blanks; `comments` are in order. */
export interface Document {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}
