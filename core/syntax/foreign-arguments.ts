/** Calls in the text of other languages' formulas: where their brackets close, what stands between the commas, what they are here. */

const OPENS = '([{';
const CLOSES = ')]}';

/** The place of the bracket that closes the one at `open`. */
export function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (OPENS.includes(text.charAt(at))) depth++;
    else if (CLOSES.includes(text.charAt(at)) && --depth === 0) return at;
  }
  return undefined;
}

/** What stands between the commas of no inner bracket. */
export function splitArguments(text: string): readonly string[] {
  const args: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at);
    if (OPENS.includes(c)) depth++;
    else if (CLOSES.includes(c)) depth--;
    else if (c === ',' && depth === 0) { args.push(text.slice(from, at).trim()); from = at + 1; }
  }
  const last = text.slice(from).trim();
  return args.length === 0 && last === '' ? [] : [...args, last];
}

export type Rewriting = (...args: readonly string[]) => string | undefined;
export interface Rewritten { readonly text: string; /** How many calls were others. */ readonly count: number }

/** The text with every call in the table as it is written here; undefined where one has arguments that nothing here stands for. */
export function rewriteCalls(formula: string, table: Readonly<Record<string, Rewriting>>, isVariable: (name: string) => boolean, open: '(' | '[' = '('): Rewritten | undefined {
  const call = open === '(' ? /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)\(/gu : /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)\[/gu;
  let text = formula;
  let count = 0;
  for (let found = call.exec(text); found; found = call.exec(text)) {
    const name = found[1] ?? '';
    const write = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!write || isVariable(name)) continue;
    const start = found.index + found[0].length;
    const close = closing(text, start - 1);
    const made = close === undefined ? undefined : write(...splitArguments(text.slice(start, close)));
    if (close === undefined || made === undefined || count > MOST) return undefined;
    text = text.slice(0, found.index) + made + text.slice(close + 1);
    count++;
    // Arguments hold calls of their own.
    call.lastIndex = found.index;
  }
  return { text, count };
}
/** Calls in one formula. */
const MOST = 40;

const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;
/** An operand that needs no parentheses. */
export const operand = (text: string): string => (NAME.test(text) || /^[0-9.]+$/.test(text) || isCallOrGroup(text) ? text : `(${text})`);

function isCallOrGroup(text: string): boolean {
  const open = /^[\p{L}\p{M}\p{N}_]*(?=\()/u.exec(text);
  return open !== null && closing(text, open[0].length) === text.length - 1;
}
