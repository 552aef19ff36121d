/** Superscripts that belong to a name: the optimum `w^*` that a formula defines, a filter's `P_k^-` and `P_k^+` before and after a measurement. */
import type { Formula } from './formulas';
import { letterAt, subscriptAt } from './letters';
import { type TexToken, argument, argumentEnd, isChar } from './tokens';

interface Marked { readonly name: string; readonly mark: string; readonly at: number; readonly end: number; readonly afterLetter: number; readonly isPlain: boolean }

const WORDS: ReadonlyMap<string, string> = new Map([['-', 'minus'], ['−', 'minus'], ['+', 'plus'], ['*', 'star'], ['ast', 'star'], ['star', 'star']]);

/** The formulas with such marks written as subscripts: `w^*` as `w_{\text{star}}`. */
export function marksInNames(formulas: readonly Formula[]): readonly Formula[] {
  const found = formulas.map(markedIn);
  const names = new Set<string>();
  const all = found.flat();
  found.forEach((list, i) => {
    const head = list.find((m) => m.at === 0);
    const tokens = formulas[i] ?? [];
    if (head && (isChar(tokens[head.end], '=') || (head.mark === 'star' && isChar(tokens[head.end], '(', ':')))) names.add(`${head.name} ${head.mark}`);
  });
  // `A^-` alone can be a generalised inverse; beside `A^+`, on a small letter or behind a subscript it is no inverse.
  const isFilter = all.some((m) => m.mark === 'minus' && !m.isPlain);
  for (const m of all) if (m.mark === 'minus' && (isFilter || !m.isPlain || all.some((o) => o.mark === 'plus' && o.name === m.name))) names.add(`${m.name} minus`);
  for (const m of all) if (m.mark === 'plus' && names.has(`${m.name} minus`)) names.add(`${m.name} plus`);
  for (const m of all) if (m.mark === 'plus' && !names.has(`${m.name} minus`)) names.delete(`${m.name} plus`);
  return formulas.map((tokens, i) => renamed(tokens, (found[i] ?? []).filter((m) => names.has(`${m.name} ${m.mark}`))));
}

function markedIn(tokens: Formula): readonly Marked[] {
  const out: Marked[] = [];
  const isMark = (t: TexToken | undefined): boolean => t !== undefined && t.kind !== 'open' && WORDS.has(t.text);
  if (!tokens.some((t, i) => isChar(t, '^') && (isMark(tokens[i + 1]) || (tokens[i + 1]?.kind === 'open' && isMark(tokens[i + 2]) && tokens[i + 3]?.kind === 'close')))) return out;
  for (let at = 0; at < tokens.length; at++) {
    const letter = letterAt(tokens, at);
    if (!letter) continue;
    const sub = subscriptAt(tokens, letter.end);
    const end = sub?.end ?? letter.end;
    const exponent = isChar(tokens[end], '^') ? argument(tokens, end + 1) : [];
    const mark = exponent.length === 1 ? WORDS.get(exponent[0]?.text ?? '') : undefined;
    if (mark !== undefined) out.push({ name: letter.name + (sub ? `_${sub.text}` : ''), mark, at, end: argumentEnd(tokens, end + 1), afterLetter: letter.end, isPlain: sub === undefined && /^\p{Lu}$/u.test(letter.name) });
    at = end - 1;
  }
  return out;
}

function renamed(tokens: Formula, marked: readonly Marked[]): Formula {
  if (marked.length === 0) return tokens;
  const out: TexToken[] = [];
  let from = 0;
  for (const m of marked) {
    const here = tokens[m.afterLetter];
    if (here === undefined) continue;
    const char = (text: string): TexToken => ({ ...here, kind: 'char', text, spaced: false });
    const sub = isChar(here, '_') ? argument(tokens, m.afterLetter + 1) : [];
    out.push(...tokens.slice(from, m.afterLetter), char('_'), { ...here, kind: 'open', text: '{' }, ...sub, ...(sub.length > 0 ? [char(',')] : []), { ...here, kind: 'command', text: 'text' }, { ...here, kind: 'open', text: '{' }, ...[...m.mark].map(char), { ...here, kind: 'close', text: '}' }, { ...here, kind: 'close', text: '}' });
    from = m.end;
  }
  out.push(...tokens.slice(from));
  return out;
}
