// Kernels are TypeScript with simple annotations only, so that JavaScript is made of them by text replacement.

const ANNOTATION = /\??: (?:\(t: number, i: number\) => number|number|boolean|string|void|Float64Array|Int32Array|readonly number\[\])(?:\[\])?(?=[,)=;\s]|$)/gm;
const CAST = /\((\w+) as Float64Array\)/g;

/** The text of a kernel as JavaScript: annotations, casts and non-null marks removed. Docstrings stay as they are. */
export function stripTypes(text: string): string {
  return outsideComments(text, (code) => stripAssertions(code).replace(ANNOTATION, '').replace(CAST, '$1'));
}

/** Removes the `!` after an index (`A[i]!`), which only `noUncheckedIndexedAccess` needs. */
export function stripAssertions(text: string): string {
  return text.replace(/\]!(?!=)/g, ']');
}

function outsideComments(text: string, change: (code: string) => string): string {
  return text
    .split(/(\/\*[\s\S]*?\*\/)/)
    .map((part) => (part.startsWith('/*') ? part : change(part)))
    .join('');
}
