/** TeX's own fraction, `{a \over b}`, as `\frac{a}{b}`: it divides all of the group, or of the formula, that it stands in. */
import { type TexToken, argument, argumentEnd, isChar, isCommand } from './tokens';

/** Where a formula ends that stands in no braces. */
const ends = (t: TexToken): boolean => isChar(t, '$', '&') || isCommand(t, '(', ')', '[', ']', 'begin', 'end', '\\', 'cr', 'par', 'left', 'right');

/** Linear in the length of the text but for nested groups, which are looked through once a level. */
export function infixFractions(tokens: readonly TexToken[], depth = 0): readonly TexToken[] {
  if (depth > 60 || !tokens.some((t) => isCommand(t, 'over'))) return tokens;
  const out: TexToken[] = [];
  let part: TexToken[] = [];
  const flush = (): void => { out.push(...divided(part)); part = []; };
  for (let at = 0; at < tokens.length;) {
    const t = tokens[at];
    if (t === undefined) break;
    if (t.kind === 'open') {
      const end = argumentEnd(tokens, at);
      const close = tokens[end - 1];
      part.push(t, ...infixFractions(argument(tokens, at), depth + 1));
      if (close?.kind === 'close') part.push(close);
      at = end;
      continue;
    }
    if (ends(t)) { flush(); out.push(t); } else part.push(t);
    at++;
  }
  flush();
  return out;
}

function divided(part: readonly TexToken[]): readonly TexToken[] {
  const at = topLevel(part);
  const over = part[at];
  if (over === undefined || at === 0 || at === part.length - 1) return part;
  const brace = (kind: 'open' | 'close', t: TexToken): TexToken => ({ ...t, kind, text: kind === 'open' ? '{' : '}' });
  return [{ ...over, text: 'frac' }, brace('open', over), ...part.slice(0, at), brace('close', over), brace('open', over), ...part.slice(at + 1), brace('close', over)];
}

function topLevel(part: readonly TexToken[]): number {
  let depth = 0;
  return part.findIndex((t) => {
    if (t.kind === 'open') depth++;
    if (t.kind === 'close') depth--;
    return depth === 0 && isCommand(t, 'over');
  });
}
