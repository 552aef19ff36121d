/** Random texts of the tests here: the same on every run, so that a failure is one on every machine; `FUZZ_SEED` gives others. */
import process from 'node:process';

const seed = Number(process.env['FUZZ_SEED'] ?? '20261122');
/** Options of fast-check. A failure prints the seed. */
export const runs = (numRuns: number): { readonly numRuns: number; readonly seed: number } => ({ numRuns, seed });
/** Milliseconds that a test with many runs may take on a machine under load; no claim about speed. */
export const PATIENCE = 120_000;
