/** Spellings that are made subscripts before anything is read: the layer of `W^{(l)}`, the condition of `p_{a|b}` beside a `p_{a,b}`. */
import type { Formula } from './formulas';
import { letterAt, subscriptAt } from './letters';
import { type TexToken, argument, argumentEnd, isChar, isCommand } from './tokens';

interface Place { readonly name: string; readonly afterLetter: number; readonly end: number; readonly sub: readonly TexToken[] | undefined; readonly layer: readonly TexToken[] | undefined; readonly isBefore: boolean }

/** Letters of functions, whose superscript in parentheses counts derivatives. */
const FUNCTION = /^(?:[fgh]|phi|psi|sigma|Phi|Psi)$/;
const isBar = (t: TexToken | undefined): boolean => isChar(t, '|') || isCommand(t, 'mid', 'vert');

function placesIn(tokens: Formula): readonly Place[] {
  const out: Place[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const letter = letterAt(tokens, at);
    if (!letter) continue;
    const isSub = subscriptAt(tokens, letter.end) !== undefined;
    const sub = isSub ? argument(tokens, letter.end + 1) : undefined;
    const mark = isSub ? argumentEnd(tokens, letter.end + 1) : letter.end;
    const exponent = isChar(tokens[mark], '^') ? argument(tokens, mark + 1) : [];
    const layer = layerOf(exponent);
    const end = layer ? argumentEnd(tokens, mark + 1) : mark;
    out.push({ name: letter.name, afterLetter: letter.end, end, sub, layer, isBefore: isChar(tokens[end], '(') });
    at = end - 1;
  }
  return out;
}

/** `(l)`, `(2)`, `(l+1)`: what counts, between the parentheses; a power would need none. */
function layerOf(exponent: readonly TexToken[]): readonly TexToken[] | undefined {
  const inner = isChar(exponent[0], '(') && isChar(exponent.at(-1), ')') ? exponent.slice(1, -1) : [];
  const isCount = (t: TexToken | undefined): boolean => t?.kind === 'number' || (t?.kind === 'char' && /^\p{L}$/u.test(t.text)) || isCommand(t, 'ell');
  const holds = inner.length === 1 ? isCount(inner[0]) : inner.length === 3 && isCount(inner[0]) && isChar(inner[1], '+', '-') && inner[2]?.kind === 'number';
  return holds ? inner : undefined;
}

/** Letters that are a constant, an exponential or a basis where a subscript counts. */
const SPECIAL = /^[eEIK]$/;
/** What sums run over: the sample `x^{(i)}` is a row of something, no name. */
const indicesOfSums = (tokens: Formula): readonly string[] => tokens.flatMap((t, i) => (isCommand(t, 'sum', 'prod') && isChar(tokens[i + 1], '_') ? argument(tokens, i + 2).slice(0, 1).map((x) => x.text) : []));

const plain = (tokens: readonly TexToken[]): string => tokens.map((t) => t.text).join('');

const opens = (tokens: Formula, i: number): boolean => isChar(tokens[tokens[i]?.kind === 'open' ? i + 1 : i], '(');
/** Looking for letters takes its time. */
const mayHold = (tokens: Formula): boolean => tokens.some((t, i) => isChar(t, '^') && opens(tokens, i + 1)) || (tokens.some(isBar) && tokens.some((t) => isChar(t, '_')));

/** The formulas with subscripts only; as they are where a name would stand for two things. */
export function withSubscripts(formulas: readonly Formula[]): readonly Formula[] {
  if (!formulas.some(mayHold)) return formulas;
  const found = formulas.map(placesIn);
  const all = found.flat();
  const isUsed = (name: string, sub: string): boolean => all.some((p) => p.name === name && !p.layer && p.sub && plain(p.sub) === sub);
  // A superscript on a letter of a function, or before an argument of what nobody transposes or multiplies, counts derivatives.
  const summed = new Set(formulas.flatMap(indicesOfSums));
  const isLayer = (p: Place): boolean => p.layer !== undefined && !SPECIAL.test(p.name) && !summed.has(p.layer[0]?.text ?? '') && !(FUNCTION.test(p.name) && p.isBefore) && !/^[fgh]$/.test(p.name) && !isUsed(p.name, [...(p.sub ? [plain(p.sub)] : []), plain(p.layer)].join(','));
  const layers = new Set(all.filter(isLayer).map((p) => p.name));
  for (const p of all) if (p.layer && !isLayer(p)) layers.delete(p.name);
  const withComma = new Set(all.flatMap((p) => (p.sub && !p.sub.some(isBar) ? [`${p.name} ${plain(p.sub)}`] : [])));
  const isConditional = (p: Place): boolean => p.sub !== undefined && p.sub.some(isBar) && withComma.has(`${p.name} ${p.sub.map((t) => (isBar(t) ? ',' : t.text)).join('')}`);
  const conditional = new Set(all.filter(isConditional).map((p) => p.name));
  return formulas.map((tokens, i) => rewritten(tokens, (found[i] ?? []).filter((p) => (p.layer && layers.has(p.name)) || (conditional.has(p.name) && p.sub?.some(isBar))), layers));
}

function rewritten(tokens: Formula, places: readonly Place[], layers: ReadonlySet<string>): Formula {
  if (places.length === 0) return tokens;
  const out: TexToken[] = [];
  let from = 0;
  for (const p of places) {
    const here = tokens[p.afterLetter];
    if (!here) continue;
    const token = (kind: TexToken['kind'], text: string): TexToken => ({ ...here, kind, text, spaced: false });
    const given = [token('char', ','), token('command', 'text'), token('open', '{'), ...[...'given'].map((c) => token('char', c)), token('close', '}'), token('char', ',')];
    const sub = (p.sub ?? []).flatMap((t) => (isBar(t) ? given : [t]));
    const layer = p.layer && layers.has(p.name) ? p.layer : undefined;
    out.push(...tokens.slice(from, p.afterLetter), token('char', '_'), token('open', '{'), ...sub, ...(layer && sub.length > 0 ? [token('char', ',')] : []), ...(layer ?? []), token('close', '}'));
    // What was no layer after all stays.
    from = p.layer && !layer ? argumentEnd(tokens, p.afterLetter + 1) : p.end;
  }
  out.push(...tokens.slice(from));
  return out;
}
