/** Marks every read of an array entry as there, `a[i]!`, so that generated TypeScript passes `noUncheckedIndexedAccess` too. */

/** Comments, strings and templates, which are left as they are. */
const APART = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** The text with a mark behind each entry that is read; one that is only written has none, nor has a type or a list. */
export const markReads = (text: string): string => inCode(text, markCode);

/** Changes code alone: comments and strings stay as they are. */
export function inCode(text: string, change: (code: string) => string): string {
  let out = '';
  let at = 0;
  for (const apart of text.matchAll(APART)) {
    out += change(text.slice(at, apart.index)) + apart[0];
    at = apart.index + apart[0].length;
  }
  return out + change(text.slice(at));
}

function markCode(code: string): string {
  let out = '';
  const open: boolean[] = [];
  for (let i = 0; i < code.length; i++) {
    const c = code[i] ?? '';
    out += c;
    if (c === '[') open.push(/[\p{ID_Continue}$\])]/u.test(code[i - 1] ?? '') && code[i + 1] !== ']');
    else if (c === ']' && open.pop() === true && !/^(?:!| = |\s*=(?!=))/.test(code.slice(i + 1))) out += '!';
  }
  return out;
}
