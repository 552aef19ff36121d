/** What the pictures of a derivation are drawn from: plain numbers and words. Types only. */

/** A matrix of numbers with what its lines are called, cut into blocks. */
export interface MatrixPicture {
  /** `vec(F)`, `vec(X)ᵀ`; `∇f` where the gradient itself is shown. */
  readonly rowLabel: string;
  readonly columnLabel: string;
  /** `F[1, 2]`; one a row, one a column. */
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
  /** How many rows and columns a block has. */
  readonly block: readonly [number, number];
  /** Row-major. What is below rounding is 0. */
  readonly values: readonly number[];
  /** How many entries are not 0. */
  readonly nonzeros: number;
  /** What the matrix is at this point: `symmetric`, `diagonal`, `block diagonal`. */
  readonly structure: readonly string[];
  /** `m = 4, n = 3`. */
  readonly sizes: string;
}

/** Values over steps, falling; null where there is none. Both axes are logarithmic. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}
export interface DifferencesPicture {
  readonly forward: Curve;
  readonly central: Curve;
  /** The derivative's own relative error: a flat line. */
  readonly derivative: number;
  readonly sizes: string;
}
/** What a plot's legend calls the function, its variable, the step and the direction: `f(w + hV)`. */
export interface Letters {
  readonly of: string;
  readonly at: string;
  readonly step: string;
  readonly direction: string;
}
export interface TaylorPicture {
  readonly letters: Letters;
  readonly first: Curve;
  readonly remainder: Curve;
  /** What the remainder's slope should be, and the least that was seen between neighbouring steps. */
  readonly rate: number;
  readonly seen: number;
}
export interface PlanPicture {
  readonly name: string;
  /** `gradient`, `jvp`. */
  readonly kind: string;
  readonly flops: string;
  readonly steps: readonly { readonly name: string; readonly operation: string; readonly formula: string; readonly flops: string }[];
}
export interface PicturesResult {
  readonly matrix?: MatrixPicture;
  readonly differences?: DifferencesPicture;
  readonly taylor?: TaylorPicture;
  readonly plans: readonly PlanPicture[];
  /** Why a picture is missing. */
  readonly notes: readonly string[];
}
