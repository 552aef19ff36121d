// What a row of the numeric operator table is.
import type { NumericArray } from '../array';

/** `dims` are the values of the node's size parameters. @throws NumericError outside the operator's domain. */
export type Implementation = (args: readonly NumericArray[], dims: readonly number[]) => NumericArray;
export type Rows = Readonly<Record<string, Implementation>>;
