/** What the innermost of two loops does not change: numbers that are named before it, the fewest that say the same. */

export interface FixedLines {
  /** A stand-in for what a name will be given to once all is written. */
  readonly name: (text: string) => string;
  /** Declarations of what is used, with names that the block gives, and the lines with these names. */
  readonly settled: (block: (wish: string) => string, lines: readonly string[]) => { readonly fixed: readonly string[]; readonly lines: readonly string[] };
}

export function createFixedLines(): FixedLines {
  const texts: string[] = [];
  const mark = (k: number): string => `fixed__${k}__`;
  const uses = (text: string, k: number): number => text.split(mark(k)).length - 1;
  return {
    name: (text) => mark(texts.push(text) - 1),
    settled(block, lines) {
      const kept = new Map(texts.map((text, k) => [k, text]));
      texts.forEach((_, k) => {
        const text = kept.get(k) ?? '';
        if (lines.some((line) => uses(line, k) > 0)) return;
        const readers = [...kept].filter(([, t]) => uses(t, k) > 0);
        const [only] = readers;
        if (readers.length > 1 || (only && uses(only[1], k) > 1)) return;
        kept.delete(k);
        if (only) kept.set(only[0], inlined(only[1], mark(k), text));
      });
      const names = new Map([...kept.keys()].map((k) => [mark(k), block('t')]));
      const named = (text: string): string => text.replace(/fixed__\d+__/g, (m) => names.get(m) ?? m);
      return { fixed: [...kept].map(([k, text]) => `const ${named(mark(k))} = ${named(text)};`), lines: lines.map(named) };
    },
  };
}

/** A product keeps its value where it is multiplied from the left on; everything else is put in parentheses. */
function inlined(into: string, mark: string, text: string): string {
  const at = into.indexOf(mark);
  if (text.startsWith('1 / ') && into.slice(0, at).endsWith(' * ')) return `${into.slice(0, at - 3)}${text.slice(1)}${into.slice(at + mark.length)}`;
  const whole = into === mark || /^[\p{ID_Continue}$.]+(\[[^\]]*\])?$/u.test(text);
  const isProduct = !/ [+-] |\?/.test(text.replace(/\[[^\]]*\]|\([^()]*\)/g, '')) && !text.startsWith('-');
  const isBare = whole || (isProduct && (at === 0 || into.slice(0, at).endsWith('* ') || /[(,] ?$/.test(into.slice(0, at))));
  return into.replace(mark, () => (isBare ? text : `(${text})`));
}
