/** What a language or library of whole arrays must be able to write; the walk over expressions is shared (`arrays/expression.ts`). */
import type { Dim, Shape } from '../../algebra/dim';
import type { Rational } from '../../algebra/rational';

/** Text with its binding strength: ATOM needs no parentheses anywhere, SUM nearly everywhere. */
export interface Text { readonly text: string; readonly strength: number }
export const ATOM = 20, POWER = 15, UNARY = 14, PRODUCT = 13, SUM = 12;
export const atom = (text: string): Text => ({ text, strength: ATOM });
export const at = (t: Text, least: number): string => (t.strength >= least ? t.text : `(${t.text})`);

/** A value in the making: its text, and its shape as mathematics has it (a row is 1×n even where a language has no rows). */
export interface Value extends Text { readonly shape: Shape; readonly kind: 'scalar' | 'column' | 'row' | 'matrix' }

export interface LinearTerm { readonly negative: boolean; readonly coefficient: Text | undefined; /** Undefined for an array of ones, or 1. */ readonly arg: Value | undefined }

export interface Dialect {
  /** Whether vectors have one dimension, so that a column and a row are one thing. */
  readonly flatVectors: boolean;
  readonly size: (d: Dim) => Text;
  readonly pi: Text;
  readonly number: (q: Rational) => Text;
  /** A sum of scalars or of arrays of one shape; ones stand for a number that is added everywhere. */
  readonly linear: (terms: readonly LinearTerm[], shape: Shape) => Text;
  /** Entry by entry, scalars broadcast. */
  readonly times: (over: readonly Value[], under: readonly Value[], shape: Shape) => Text;
  readonly power: (base: Value, exponent: Rational) => Text;
  readonly map: (fn: string, args: readonly Value[], shape: Shape) => Text;
  readonly multiply: (a: Value, b: Value) => Text;
  readonly dot: (a: Value, b: Value) => Text;
  readonly outer: (a: Value, b: Value) => Text;
  /** diag(d)*A and A*diag(d). */
  readonly scaleRows: (d: Value, a: Value) => Text;
  readonly scaleColumns: (a: Value, d: Value) => Text;
  readonly transpose: (a: Value) => Text;
  readonly identity: (n: Dim) => Text;
  readonly ones: (shape: Shape) => Text;
  readonly zeros: (shape: Shape) => Text;
  readonly unit: (index: Text, n: Dim) => Text;
  readonly diag: (d: Value) => Text;
  readonly diagOf: (a: Value) => Text;
  readonly total: (a: Value) => Text;
  /** Column j, row i, one entry; indices count from 0. */
  readonly column: (a: Value, j: Text) => Text;
  readonly row: (a: Value, i: Text) => Text;
  readonly entry: (a: Value, i: Text, j: Text) => Text;
  /** Rows from..from + count of a matrix or a column. */
  readonly rows: (a: Value, from: Dim, count: Dim) => Text;
  readonly columns: (a: Value, from: Dim, count: Dim) => Text;
}
