/** Names for generated code: valid, never reserved, never one that is taken. */

const RESERVED: ReadonlySet<string> = new Set(('break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in '
  + 'instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await async of get set as any '
  + 'number string boolean symbol object never unknown undefined NaN Infinity arguments eval globalThis window self global process require module exports console '
  + 'Math Float64Array Int32Array Array Object Number String Error RangeError TypeError Symbol Promise Map Set JSON Reflect Proxy Function '
  + '__proto__ constructor prototype toString valueOf hasOwnProperty then').split(' '));

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', π: 'pi',
  ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega', Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi', Π: 'Pi', Σ: 'Sigma',
  Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega',
};

/** The nearest ASCII identifier: Greek by name, marks and other signs as underscores. */
export function identifier(name: string): string {
  let out = '';
  for (const c of name.normalize('NFKD')) {
    if (/[A-Za-z0-9_$]/.test(c)) out += c === '$' ? '_' : c;
    else if (GREEK[c] !== undefined && Object.hasOwn(GREEK, c)) out += GREEK[c];
    else if (/\p{M}/u.test(c)) continue;
    else out += /\p{L}|\p{N}/u.test(c) ? `u${(c.codePointAt(0) ?? 0).toString(16)}` : '_';
  }
  if (out === '' || /^[0-9]/.test(out)) out = `_${out}`;
  return RESERVED.has(out) ? `${out}_` : out;
}

export interface Names {
  /** A free name like this one. */
  take(wish: string): string;
  /** Keeps a name from being given. */
  reserve(name: string): void;
  has(name: string): boolean;
}
export function createNames(taken: Iterable<string> = [], outer?: Names): Names {
  const used = new Set<string>(taken);
  const free = (name: string): boolean => !used.has(name) && !RESERVED.has(name) && !outer?.has(name);
  return {
    take: (wish) => {
      const base = identifier(wish);
      let name = base;
      for (let k = 2; !free(name); k++) name = /[0-9]$/.test(base) ? `${base}_${k}` : `${base}${k}`;
      used.add(name);
      return name;
    },
    reserve: (name) => { used.add(name); },
    has: (name) => used.has(name) || (outer?.has(name) ?? false),
  };
}

/** Text that is safe inside a comment. */
export const commentSafe = (text: string): string => text.replace(/\*\//g, '* /').replace(/[\r\n\u2028\u2029]+/g, ' ');
