/** What became of a program, and the ways in which a stage ends early. */
import { NumericError } from '../../core/numeric/evaluate';
import { Stop } from '../../cli/exit';

export type Stage = 'resolve' | 'value' | 'derivative' | 'views' | 'adjoint' | 'program' | 'second' | 'second views' | 'mixed' | '64 digits' | 'special sizes' | 'crash';
export type Outcome =
  | { readonly kind: 'right'; readonly stages: readonly Stage[]; readonly longest: number }
  | { readonly kind: 'refused' | 'undecided'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly stage: Stage; readonly detail: string };

export class Wrong extends Error {
  constructor(readonly stage: Stage, readonly detail: string) { super(detail); }
}
/** The point is no judge: outside the domain, or numbers out of float64's reach. */
export class Unfit extends Error {}

export const TOLERANCE = { value: 1e-8, derivative: 2e-6, view: 1e-7, program: 1e-7 } as const;

export const largest = (xs: ArrayLike<number>): number => {
  let n = 0;
  for (let i = 0; i < xs.length; i++) n = Math.max(n, Math.abs(xs[i] ?? NaN));
  return n;
};
/** The largest difference, relative to `scale` where that is larger than the numbers wanted. */
export function gap(got: ArrayLike<number>, want: ArrayLike<number>, scale: number): number {
  if (got.length !== want.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < want.length; i++) { const d = Math.abs((got[i] ?? NaN) - (want[i] ?? NaN)); if (!(d <= worst)) worst = d; }
  return worst / Math.max(scale, largest(want), 1e-9);
}
export const short = (xs: ArrayLike<number>): string => `[${Array.from(xs).slice(0, 6).map((v) => v.toPrecision(8)).join(', ')}${xs.length > 6 ? ', …' : ''}]`;

export function must(stage: Stage, got: number, tolerance: number, detail: () => string): void {
  if (!(got <= tolerance)) throw new Wrong(stage, `${detail()} (off by ${got.toExponential(1)})`);
}
/** Above this the squares and cubes that derivatives are made of come near the end of doubles. */
export const BEYOND = 1e75;
/** A disagreement at a point where numbers inside the function are that large says nothing of the formula, and nothing else is excused. */
export const judged = (wrong: Wrong, extent: number): Wrong | Unfit =>
  (extent > BEYOND ? new Unfit(`numbers inside the function reach ${extent.toExponential(0)}, and their squares are beyond doubles`) : wrong);

/** What generated code says of a matrix that it cannot factor. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && /, or contains NaN/.test(error.message);
/** Runs what must have a value where the function has one and is no kink. */
export function symbolic<T>(stage: Stage, run: () => T, atKink: () => boolean = () => false): T {
  try {
    return run();
  } catch (error) {
    if ((error instanceof NumericError || isRefusal(error)) && atKink()) throw new Unfit(`the derivative does not exist there: ${error.message}`);
    if (error instanceof NumericError || error instanceof Stop || isRefusal(error)) throw new Wrong(stage, `no value: ${error.message}`);
    throw error;
  }
}
