// Work memory of small kernels, kept from call to call: at these sizes allocating takes longer than the arithmetic.

const kept: Float64Array[] = [];

/**
 * `length` zeros for a kernel's own use until it returns; there may be more behind them. Each kernel has slots
 * of its own, and none calls itself. Beyond 4096 entries the array is new, so that little is kept.
 */
export function work(slot: number, length: number): Float64Array {
  if (length > 4096) return new Float64Array(length);
  const old = kept[slot];
  if (old === undefined || old.length < length) return (kept[slot] = new Float64Array(length));
  for (let i = 0; i < length; i++) old[i] = 0;
  return old;
}
