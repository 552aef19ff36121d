/** What `\name` completes to: the LaTeX names of the symbols that the notation has. */
import { GREEK } from '../syntax/words';

const SYMBOLS: readonly (readonly [name: string, symbol: string, meaning: string])[] = [
  ['otimes', '⊗', 'Kronecker product'],
  ['kron', '⊗', 'Kronecker product'],
  ['oplus', '⊕', 'Kronecker sum'],
  ['odot', '⊙', 'elementwise product'],
  ['circ', '∘', 'elementwise product'],
  ['oslash', '⊘', 'elementwise quotient'],
  ['cdot', '·', 'product'],
  ['times', '×', 'between sizes: `R^(m×n)`'],
  ['top', 'ᵀ', 'transpose'],
  ['transpose', 'ᵀ', 'transpose'],
  ['inv', '⁻¹', 'inverse'],
  ['invtop', '⁻ᵀ', 'inverse transposed'],
  ['squared', '²', 'square'],
  ['cubed', '³', 'cube'],
  ['partial', '∂', 'derivative: `∂F/∂X`'],
  ['nabla', '∇', 'gradient'],
  ['sum', 'Σ', 'finite sum'],
  ['in', '∈', 'declaration: `x ∈ R^n`'],
  ['to', '→', 'function: `g : R^n → R`'],
  ['ge', '≥', 'in `dim m ≥ n`'],
  ['geq', '≥', 'in `dim m ≥ n`'],
  ['le', '≤', 'in `dim n ≤ m`'],
  ['leq', '≤', 'in `dim n ≤ m`'],
];

export interface Abbreviation {
  /** Without the backslash. */
  readonly name: string;
  readonly symbol: string;
  readonly meaning: string;
}

export const abbreviations: readonly Abbreviation[] = [
  ...SYMBOLS.map(([name, symbol, meaning]) => ({ name, symbol, meaning })),
  ...[...GREEK].map(([name, symbol]) => ({ name, symbol, meaning: 'Greek letter' })),
];
