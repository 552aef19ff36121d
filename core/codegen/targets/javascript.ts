/** The TypeScript target without its types, as a module for Node and browsers. */
import { stripTypes } from '../../numeric/strip-types';
import type { Language } from '../target';
import { openScript } from './script';

/** The public functions are written without types; private ones have simple annotations. */
const plain = (text: string): string =>
  stripTypes(text.replace(/: Float64Array \| undefined/g, '').replace(/^const (slots|indexSlots): (Float64Array|Int32Array)\[\] = /gm, 'const $1 = ').replace(/\.\.\.inputs: Float64Array\[\]/g, '...inputs'));

export const javascript: Language = {
  name: 'javascript', says: 'the same as a JavaScript module', extension: 'mjs', flat: true, tabulates: 'entries',
  open: () => openScript({ typed: false, finish: plain }),
};
