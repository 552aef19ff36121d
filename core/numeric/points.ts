/** Points: sizes and values to test a formula at. */

/** A value as decimal text, row-major; a scalar is 1×1. */
export interface Point {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly string[];
}
