/** A moment's wait, in which the other end of a pipe may read or write. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const MILLISECONDS = 2;

export const pause = (): void => { Atomics.wait(sleeper, 0, 0, MILLISECONDS); };
