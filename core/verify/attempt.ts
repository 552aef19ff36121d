/** The one place where the oracle's refusals become answers. */
import { OutsideDomain } from './oracle-matrix';

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Runs f; a refusal of the oracle (no value here, no size) is a problem in words. Too deep an expression is one too. */
export function attempt<T>(f: () => T): Attempt<T> {
  try {
    return { ok: true, value: f() };
  } catch (error) {
    if (error instanceof OutsideDomain || error instanceof RangeError) return { ok: false, problem: error.message };
    throw error;
  }
}
