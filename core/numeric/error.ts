// The one error that evaluation throws: which operator, and why it has no value there.

export class NumericError extends Error {
  override readonly name = 'NumericError';
  /** `operator` is a name of the operator table, `+`-like for infix ones, or a variable's name. */
  constructor(readonly operator: string, readonly reason: string) {
    super(`${operator}: ${reason}`);
  }
}

/** A number as it stands in a reason: short, exact where it is short. */
export const show = (x: number): string => (Number.isInteger(x) || !Number.isFinite(x) ? `${x}` : `${Number(x.toPrecision(6))}`);
