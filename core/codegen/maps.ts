/** Functions of every entry: how they are written in JavaScript and which kernel they need. */
import { childrenOf, type Expr } from './expr';
import { onceEach } from './once-each';

interface MapRow {
  /** `#` stands for the argument, `#2`, `#3` for further ones; they are parenthesised where they need it. */
  readonly text: string;
  readonly kernel?: string;
  /** Cheap: worth repeating rather than storing. */
  readonly cheap?: boolean;
}
const math = (name: string, cheap = false): MapRow => ({ text: `Math.${name}(#)`, cheap });
const kernel = (name: string, args = '#'): MapRow => ({ text: `${name}(${args})`, kernel: name });

export const MAPS: Readonly<Record<string, MapRow | undefined>> = {
  exp: math('exp'), log: math('log'), sin: math('sin'), cos: math('cos'), tan: math('tan'), asin: math('asin'), acos: math('acos'), atan: math('atan'),
  sinh: math('sinh'), cosh: math('cosh'), tanh: math('tanh'), sqrt: math('sqrt', true), abs: math('abs', true), sign: math('sign', true),
  relu: { ...kernel('relu'), cheap: true }, step: { ...kernel('step'), cheap: true },
  sigmoid: kernel('sigmoid'), softplus: kernel('softplus'), sigmoidSlope: kernel('sigmoidSlope'), erf: kernel('erf'), normcdf: kernel('normcdf'), logNormcdf: kernel('logNormcdf'), inverseMills: kernel('inverseMills'),
  gamma: kernel('gamma'), lgamma: kernel('lgamma'), digamma: kernel('digamma'), trigamma: kernel('trigamma'), polygamma: kernel('polygamma', '#, #2'),
  max: { text: 'Math.max(#, #2)', cheap: true }, min: { text: 'Math.min(#, #2)', cheap: true }, pow: { text: 'Math.pow(#, #2)' },
  delta: { text: '(# === #2 ? 1 : 0)', cheap: true },
  reciprocalGap: { ...kernel('reciprocalGap', '#, #2'), cheap: true },
  dividedExp: kernel('dividedExp', '#, #2'), dividedLog: kernel('dividedLog', '#, #2'), dividedPower: kernel('dividedPower', '#, #2, #3'),
};

/** Masks look at the place of an entry. */
export const MASKS: ReadonlySet<string> = new Set(['tril', 'triu', 'band', 'phi', 'phiT']);

/** Whether an entry costs more than a few flops. */
export const transcendental: (e: Expr) => boolean = onceEach((e) => {
  if (e.kind === 'map') return (!MASKS.has(e.fn) && MAPS[e.fn]?.cheap !== true) || e.args.some(transcendental);
  if (e.kind === 'times') return e.powers.some((p) => p.exponent.d > 2n || transcendental(p.base));
  if (e.kind === 'leaf' || e.kind === 'call' || e.kind === 'inverse' || e.kind === 'product') return false;
  return childrenOf(e).some(transcendental);
});
