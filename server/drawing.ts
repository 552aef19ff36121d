/** The data of the derivation's pictures. Brings the oracle: only the thread for long work loads this file. */
export { picturesOf } from '../core/ide/pictures';
