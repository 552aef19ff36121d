/** Other spellings of one thing, made the same before a formula is read: Unicode signs, old font switches, `||`, `\eqalign`. */
import { STYLES } from './names';
import { type TexToken, argument, argumentEnd, isChar, isCommand } from './tokens';

/** Signs of Unicode that are commands of LaTeX. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['⊤', 'top'], ['∂', 'partial'], ['∇', 'nabla'], ['⟨', 'langle'], ['⟩', 'rangle'], ['〈', 'langle'], ['〉', 'rangle'], ['∣', 'mid'], ['⊗', 'otimes'], ['⊕', 'oplus'], ['⊙', 'odot'], ['∘', 'circ'], ['⊘', 'oslash'],
  ['×', 'times'], ['∑', 'sum'], ['‖', '|'], ['∥', '|'], ['∈', 'in'], ['→', 'to'], ['≤', 'le'], ['≥', 'ge'], ['≠', 'ne'], ['≈', 'approx'], ['√', 'surd'], ['≻', 'succ'], ['⪰', 'succeq'], ['†', 'dagger'], ['…', 'dots'], ['∞', 'infty'], ['±', 'pm'], ['⇒', 'Rightarrow'], ['⟹', 'Longrightarrow'], ['≡', 'equiv'],
]);
/** `{\rm tr}` is `\mathrm{tr}`. */
const SWITCHES: ReadonlyMap<string, string> = new Map([['rm', 'mathrm'], ['bf', 'mathbf'], ['it', 'mathit'], ['sf', 'mathsf'], ['tt', 'mathtt'], ['cal', 'mathcal'], ['boldmath', 'boldsymbol']]);

export function sameSpelling(tokens: readonly TexToken[]): readonly TexToken[] {
  return bars(groups(signs(tokens)));
}

function signs(tokens: readonly TexToken[]): readonly TexToken[] {
  return tokens.map((t) => {
    if (t.kind !== 'char') return t;
    const command = SIGNS.get(t.text);
    if (command !== undefined) return { ...t, kind: 'command', text: command };
    return t.text === '′' || t.text === '’' ? { ...t, text: "'" } : t;
  });
}

const brace = (t: TexToken, kind: 'open' | 'close'): TexToken => ({ ...t, kind, text: kind === 'open' ? '{' : '}' });

/** Font switches at the head of a group; braces around a lone function; the rows of `\eqalign`. */
function groups(tokens: readonly TexToken[]): readonly TexToken[] {
  const out: TexToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const t = tokens[at];
    if (t === undefined) break;
    const next = tokens[at + 1];
    if (isCommand(t, 'eqalign', 'eqalignno', 'displaylines') && next?.kind === 'open') {
      const end = argumentEnd(tokens, at + 1);
      const last = tokens[end - 1] ?? t;
      const name = [...'aligned'].map((c): TexToken => ({ ...t, kind: 'char', text: c, spaced: false }));
      out.push({ ...t, text: 'begin' }, brace(t, 'open'), ...name, brace(t, 'close'), ...groups(argument(tokens, at + 1)), { ...last, kind: 'command', text: 'end' }, brace(last, 'open'), ...name, brace(last, 'close'));
      at = end - 1;
      continue;
    }
    const style = t.kind === 'open' && next?.kind === 'command' ? SWITCHES.get(next.text) : undefined;
    if (style !== undefined && next) {
      const end = argumentEnd(tokens, at);
      const inner = argument(tokens, at).slice(1);
      // A mark takes one argument: the styled letter with its style.
      const isMarked = isMark(out.at(-1));
      if (isMarked) out.push(brace(t, 'open'));
      out.push({ ...next, text: style, spaced: t.spaced }, brace(t, 'open'), ...groups(inner), brace(tokens[end - 1] ?? t, 'close'));
      if (isMarked) out.push(brace(tokens[end - 1] ?? t, 'close'));
      at = end - 1;
      continue;
    }
    if (t.kind === 'open' && next?.kind === 'command' && STYLES.get(next.text) === 'words' && !isMark(out.at(-1)) && !takesArgument(out)) {
      const inner = argument(tokens, at);
      if (inner.length > 1 && inner[1]?.kind === 'open' && argumentEnd(inner, 1) === inner.length) {
        out.push(...groups(inner));
        at = argumentEnd(tokens, at) - 1;
        continue;
      }
    }
    out.push(t);
  }
  return out;
}
const isMark = (t: TexToken | undefined): boolean => isChar(t, '^', '_');
/** A command stands before, whose argument this may be. */
const takesArgument = (out: readonly TexToken[]): boolean => {
  const last = out.at(-1);
  return last?.kind === 'command' ? /^[A-Za-z]/.test(last.text) && last.text !== 'left' && last.text !== 'right' : last?.kind === 'close';
};

/** `||x||` as `\|x\|`, where bars come in twos only; `|a||b|` is a product. */
function bars(tokens: readonly TexToken[]): readonly TexToken[] {
  const isBar = (t: TexToken | undefined): boolean => isChar(t, '|');
  let [twos, ones] = [0, 0];
  for (let at = 0; at < tokens.length; at++) {
    if (!isBar(tokens[at])) continue;
    if (isBar(tokens[at + 1]) && tokens[at + 1]?.spaced === false) { twos++; at++; } else ones++;
  }
  if (twos < 2 || twos % 2 > 0 || ones > 0) return tokens;
  const out: TexToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const t = tokens[at];
    if (t === undefined) break;
    if (!isBar(t)) { out.push(t); continue; }
    at++;
    out.push({ ...t, kind: 'command', text: '|', end: tokens[at]?.end ?? t.end });
  }
  return out;
}
