/** TypeScript that needs nothing: `Float64Array` in and out, the kernels below the functions. */
import { markReads } from '../index-reads';
import type { Language } from '../target';
import { openScript } from './script';

export const typescript: Language = {
  name: 'typescript', says: 'self-contained TypeScript over Float64Array', extension: 'ts', flat: true, tabulates: 'entries',
  open: () => openScript({ typed: true, finish: markReads }),
};
