/** Names for generated code: valid, never reserved, never one that is taken. */

const RESERVED: ReadonlySet<string> = new Set(('break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in '
  + 'instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await async of get set as any '
  + 'number string boolean symbol object never unknown undefined NaN Infinity arguments eval globalThis window self global process require module exports console '
  + 'Math Float64Array Int32Array Array Object Number String Error RangeError TypeError Symbol Promise Map Set JSON Reflect Proxy Function '
  + '__proto__ constructor prototype toString valueOf hasOwnProperty then').split(' '));

/** The nearest valid identifier: the name itself where it is one, other signs as underscores. */
export function identifier(name: string, reserved: ReadonlySet<string> = RESERVED): string {
  let out = '';
  for (const c of name.normalize('NFC')) out += /[\p{ID_Continue}]/u.test(c) ? c : '_';
  if (!/^[\p{ID_Start}_]/u.test(out)) out = `_${out}`;
  return reserved.has(out) ? `${out}_` : out;
}

export interface Names {
  /** A free name like this one. */
  take(wish: string): string;
  /** Keeps a name from being given. */
  reserve(name: string): void;
  has(name: string): boolean;
  /** Whether it may be taken just as it is. */
  isFree(name: string): boolean;
}
/** Names that no value may bear in another language: `reserved`. */
export function createNames(taken: Iterable<string> = [], outer?: Names, reserved: ReadonlySet<string> = RESERVED): Names {
  const used = new Set<string>(taken);
  const free = (name: string): boolean => !used.has(name) && !reserved.has(name) && !outer?.has(name);
  return {
    take: (wish) => {
      const base = identifier(wish, reserved);
      let name = base;
      for (let k = 2; !free(name); k++) name = /[0-9]$/.test(base) ? `${base}_${k}` : `${base}${k}`;
      used.add(name);
      return name;
    },
    isFree: (name) => identifier(name, reserved) === name && free(name),
    reserve: (name) => { used.add(name); },
    has: (name) => used.has(name) || (outer?.has(name) ?? false),
  };
}

/** Text that is safe inside a comment. */
export const commentSafe = (text: string): string => text.replace(/\*\//g, '* /').replace(/[\r\n\u2028\u2029]+/g, ' ');

/** A string literal in single quotes, or in double ones where that needs no escape. */
export const quote = (text: string): string => {
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replace(/\\"/g, '"')}'`;
};
