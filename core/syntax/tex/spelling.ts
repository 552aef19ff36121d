/** Other spellings of one thing, made the same before a formula is read: Unicode signs, old font switches, `||`, `\eqalign`, `\over`. */
import { STYLES } from './names';
import { infixFractions } from './over';
import { type TexToken, argument, argumentEnd, isChar, isCommand } from './tokens';

/** Signs of Unicode that are commands of LaTeX. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['⊤', 'top'], ['∂', 'partial'], ['∇', 'nabla'], ['⟨', 'langle'], ['⟩', 'rangle'], ['〈', 'langle'], ['〉', 'rangle'], ['∣', 'mid'], ['⊗', 'otimes'], ['⊕', 'oplus'], ['⊙', 'odot'], ['∘', 'circ'], ['⊘', 'oslash'],
  ['×', 'times'], ['∑', 'sum'], ['‖', '|'], ['∥', '|'], ['∈', 'in'], ['→', 'to'], ['≤', 'le'], ['≥', 'ge'], ['≠', 'ne'], ['≈', 'approx'], ['√', 'surd'], ['≻', 'succ'], ['⪰', 'succeq'], ['†', 'dagger'], ['…', 'dots'], ['∞', 'infty'], ['±', 'pm'], ['⇒', 'Rightarrow'], ['⟹', 'Longrightarrow'], ['≡', 'equiv'],
]);
/** Commands with another name. */
const SAME: ReadonlyMap<string, string> = new Map([['bigtriangledown', 'nabla'], ['triangledown', 'nabla'], ['gets', 'leftarrow']]);
/** `{\rm tr}` is `\mathrm{tr}`. */
const SWITCHES: ReadonlyMap<string, string> = new Map([['rm', 'mathrm'], ['bf', 'mathbf'], ['it', 'mathit'], ['sf', 'mathsf'], ['tt', 'mathtt'], ['cal', 'mathcal'], ['boldmath', 'boldsymbol']]);

export function sameSpelling(tokens: readonly TexToken[]): readonly TexToken[] {
  return functionals(bars(groups(infixFractions(signs(tokens)))));
}

/** `\frac{\delta f}{\delta X}`: a delta above and below is the sign of a derivative, as physicists write it. */
function functionals(tokens: readonly TexToken[]): readonly TexToken[] {
  const signsAt = new Set<number>();
  tokens.forEach((t, at) => {
    if (!isCommand(t, 'frac', 'dfrac', 'tfrac')) return;
    const below = argumentEnd(tokens, at + 1);
    const [top, bottom] = [at + 1, below].map((from) => (tokens[from]?.kind === 'open' ? from + 1 : from));
    if (top !== undefined && bottom !== undefined && isCommand(tokens[top], 'delta') && isCommand(tokens[bottom], 'delta') && tokens[bottom + 1]?.kind !== 'close') signsAt.add(top).add(bottom);
  });
  return signsAt.size === 0 ? tokens : tokens.map((t, at) => (signsAt.has(at) ? { ...t, text: 'partial' } : t));
}

function signs(tokens: readonly TexToken[]): readonly TexToken[] {
  return tokens.map((t, at) => {
    if (t.kind === 'command') { const same = SAME.get(t.text); return same === undefined ? t : { ...t, text: same }; }
    if (t.kind !== 'char') return t;
    // The arrow of plain text between two formulas.
    if (t.text === '=' && isChar(tokens[at + 1], '>') && tokens[at + 1]?.spaced === false) return { ...t, kind: 'command', text: 'Rightarrow' };
    if (t.text === '>' && isChar(tokens[at - 1], '=') && !t.spaced) return { ...t, kind: 'command', text: ',' };
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
    // `\mathop{\rm tr}` and `{\left\| X \right\|}_F`: the braces say nothing.
    if (isCommand(t, 'mathop') && next?.kind === 'open' || t.kind === 'open' && !isMark(out.at(-1)) && !takesArgument(out) && isBarred(tokens, at)) {
      const from = t.kind === 'open' ? at : at + 1;
      const end = argumentEnd(tokens, from);
      out.push(...groups(t.kind === 'open' ? argument(tokens, from) : tokens.slice(from, end)));
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
/** A group that begins and ends with a bar, with a mark after it. */
function isBarred(tokens: readonly TexToken[], at: number): boolean {
  const isBar = (t: TexToken | undefined): boolean => isCommand(t, '|', 'Vert', 'lVert', 'rVert', 'vert', 'lvert', 'rvert') || isChar(t, '|');
  const end = argumentEnd(tokens, at);
  if (!isMark(tokens[end])) return false;
  const inner = argument(tokens, at).filter((t) => !isCommand(t, 'left', 'right'));
  return inner.length > 2 && isBar(inner[0]) && isBar(inner.at(-1));
}
const isMark = (t: TexToken | undefined): boolean => isChar(t, '^', '_');
/** A command stands before, whose argument this may be. */
const takesArgument = (out: readonly TexToken[]): boolean => {
  const last = out.at(-1);
  return last?.kind === 'command' ? /^[A-Za-z]/.test(last.text) && last.text !== 'left' && last.text !== 'right' : last?.kind === 'close';
};

/** `||x||` and `\vert\vert x \vert\vert` as `\|x\|`, where bars come in twos only, or beside a `\|` that nothing else closes; `|a||b|` is a product. */
function bars(all: readonly TexToken[]): readonly TexToken[] {
  const tokens = sizedBars(all);
  const isBar = (t: TexToken | undefined): boolean => isChar(t, '|') || isCommand(t, 'vert');
  let [twos, ones, doubles] = [0, 0, 0];
  for (let at = 0; at < tokens.length; at++) {
    if (isCommand(tokens[at], '|', 'Vert')) doubles++;
    if (!isBar(tokens[at])) continue;
    if (isBar(tokens[at + 1]) && tokens[at + 1]?.spaced === false) { twos++; at++; } else ones++;
  }
  if (twos === 0 || (twos + doubles) % 2 > 0 || ones > 0) return tokens;
  const out: TexToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const t = tokens[at];
    if (t === undefined) break;
    if (isCommand(t, 'Vert')) { out.push({ ...t, text: '|' }); continue; }
    if (!isBar(t)) { out.push(t); continue; }
    at++;
    out.push({ ...t, kind: 'command', text: '|', end: tokens[at]?.end ?? t.end });
  }
  return out;
}

/** `\left|\left| x \right|\right|` as `\left\| x \right\|`. */
function sizedBars(tokens: readonly TexToken[]): readonly TexToken[] {
  const isTwice = (at: number, side: string): boolean => isCommand(tokens[at], side) && isCommand(tokens[at + 2], side) && [1, 3].every((k) => isChar(tokens[at + k], '|') || isCommand(tokens[at + k], 'vert'));
  const places = (side: string): readonly number[] => tokens.flatMap((_, at) => (isTwice(at, side) ? [at] : []));
  const [lefts, rights] = [places('left'), places('right')];
  if (lefts.length === 0 || lefts.length !== rights.length) return tokens;
  const opened = new Set([...lefts, ...rights]);
  const out: TexToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [t, bar] = [tokens[at], tokens[at + 1]];
    if (t === undefined) break;
    if (!opened.has(at) || bar === undefined) { out.push(t); continue; }
    out.push(t, { ...bar, kind: 'command', text: '|' });
    at += 3;
  }
  return out;
}
