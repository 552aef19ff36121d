/** The formulas of a LaTeX text: what stands between dollars or in displays, one for each row, without spacing and styling. */
import { diagnose } from '../codes';
import type { Diagnostic } from '../diagnostic';
import { type TexToken, argument, argumentEnd, isChar, isCommand } from './tokens';

export type Formula = readonly TexToken[];

const DISPLAYS: ReadonlySet<string> = new Set(['equation', 'align', 'aligned', 'alignat', 'gather', 'gathered', 'eqnarray', 'multline', 'split', 'displaymath', 'math', 'flalign']);
/** Say nothing; with how many arguments they take away with them. */
const SILENT: ReadonlyMap<string, number> = new Map([
  ...['displaystyle', 'textstyle', 'scriptstyle', 'limits', 'nolimits', ',', ';', ':', '!', ' ', '>', 'quad', 'qquad', 'thinspace', 'medspace', 'nonumber', 'notag', 'left', 'right', 'middle',
    'big', 'Big', 'bigg', 'Bigg', 'bigl', 'bigr', 'Bigl', 'Bigr', 'biggl', 'biggr', 'Biggl', 'Biggr', 'bigm', 'mathstrut', 'strut', 'hfill', 'noindent', 'rm', 'bf', 'it', 'sf', 'par', 'allowbreak', '/'].map((n) => [n, 0] as const),
  ...['label', 'tag', 'tag*', 'color', 'hspace', 'hspace*', 'vspace', 'phantom', 'vphantom', 'hphantom', 'smash', 'ref', 'eqref', 'cite', 'footnote'].map((n) => [n, 1] as const),
]);
const SEPARATORS = ['implies', 'Rightarrow', 'Longrightarrow', 'iff', 'Leftrightarrow', 'Longleftrightarrow', 'therefore', 'because', 'impliedby'];
const WORDS: ReadonlySet<string> = new Set(['where', 'and', 'with', 'then', 'so', 'hence', 'thus', 'or', 'let', 'for', 'since', 'if', 'therefore', 'i.e.', 'that is', 'gives', 'we get', 'is']);

/** Formulas in order. Text outside of math is passed over where there is math. */
export function formulasOf(tokens: readonly TexToken[]): { readonly formulas: readonly Formula[]; readonly errors: readonly Diagnostic[] } {
  const errors: Diagnostic[] = [];
  const rows = mathOf(tokens, errors).flatMap(rowsOf);
  return { formulas: rows.map(tidy).filter((row) => row.length > 0), errors };
}

/** Contents of `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and displays; all of it where there are none. */
function mathOf(tokens: readonly TexToken[], errors: Diagnostic[]): readonly (readonly TexToken[])[] {
  const found: (readonly TexToken[])[] = [];
  const outside: TexToken[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined) break;
    const closer = isChar(token, '$') ? '$' : isCommand(token, '(') ? ')' : isCommand(token, '[') ? ']' : undefined;
    const environment = isCommand(token, 'begin') ? nameOf(argument(tokens, at + 1)) : undefined;
    if (closer !== undefined) {
      const isDouble = closer === '$' && isChar(tokens[at + 1], '$');
      const from = at + (isDouble ? 2 : 1);
      let end = tokens.findIndex((t, i) => i >= from && (closer === '$' ? isChar(t, '$') : isCommand(t, closer)));
      if (end < 0) {
        errors.push(diagnose('MC1030', `\`${closer === '$' ? '$' : `\\${token.text}`}\` is never closed.`, { start: token.start, end: token.end }));
        end = tokens.length;
      }
      found.push(tokens.slice(from, end));
      at = end + (isDouble ? 2 : 1);
    } else if (environment !== undefined && DISPLAYS.has(environment)) {
      const from = argumentEnd(tokens, at + 1) + (environment === 'alignat' ? argumentEnd(tokens, argumentEnd(tokens, at + 1)) - argumentEnd(tokens, at + 1) : 0);
      let end = tokens.findIndex((t, i) => i >= from && isCommand(t, 'end') && nameOf(argument(tokens, i + 1)) === environment);
      if (end < 0) {
        errors.push(diagnose('MC1030', `\`\\begin{${environment}}\` is never closed.`, { start: token.start, end: token.end }));
        end = tokens.length;
      }
      found.push(...mathInside(tokens.slice(from, end), errors));
      at = end < tokens.length ? argumentEnd(tokens, end + 1) : end;
    } else { outside.push(token); at++; }
  }
  return found.length > 0 ? found : splitAt(outside, (t) => isCommand(t, 'par'));
}
/** A display inside a display (`aligned` in `equation`), else the display itself. */
function mathInside(tokens: readonly TexToken[], errors: Diagnostic[]): readonly (readonly TexToken[])[] {
  const inner = tokens.some((t, i) => isCommand(t, 'begin') && DISPLAYS.has(nameOf(argument(tokens, i + 1))));
  return inner ? mathOf(tokens, errors) : [tokens];
}
const nameOf = (tokens: readonly TexToken[]): string => tokens.map((t) => t.text).join('').replace('*', '');

function splitAt(tokens: readonly TexToken[], separates: (t: TexToken) => boolean): readonly (readonly TexToken[])[] {
  const parts: TexToken[][] = [[]];
  for (const t of tokens) { if (separates(t)) parts.push([]); else parts.at(-1)?.push(t); }
  return parts;
}

/** Rows end at `\\`, at an arrow and at words such as "where", outside of all brackets; a row that begins with an operator goes on. */
function rowsOf(math: readonly TexToken[]): readonly (readonly TexToken[])[] {
  const rows: TexToken[][] = [[]];
  let depth = 0;
  for (let at = 0; at < math.length; at++) {
    const t = math[at];
    if (t === undefined) break;
    if (t.kind === 'open' || isChar(t, '(', '[') || isCommand(t, 'begin', '{', 'lbrace', 'langle')) depth++;
    if (t.kind === 'close' || isChar(t, ')', ']') || isCommand(t, 'end', '}', 'rbrace', 'rangle')) depth--;
    if (depth === 0 && isCommand(t, 'quad', 'qquad') && isRelationAhead(math, at + 1)) { rows.push([]); continue; }
    const word = depth === 0 && isCommand(t, 'text', 'mbox', 'textrm', 'quad') ? spokenWord(math, at) : undefined;
    if (word !== undefined) { rows.push([]); at = word - 1; continue; }
    if (depth === 0 && (isCommand(t, '\\', 'cr', 'newline', ...SEPARATORS) || (isChar(t, ',', ';') && (rows.at(-1)?.some((u) => isCommand(u, 'in')) === true || !isListComma(math, at))))) {
      const next = math.slice(at + 1).find((u) => !isChar(u, '&') && !(u.kind === 'command' && SILENT.has(u.text)));
      const goesOn = isCommand(t, '\\', 'cr', 'newline') && (isChar(next, '=', '+', '-') || isCommand(next, 'cdot', 'otimes', 'odot', 'times', 'equiv'));
      if (!goesOn) rows.push([]);
      continue;
    }
    if (depth === 0 && isChar(t, '&')) continue;
    rows.at(-1)?.push(t);
  }
  return rows;
}
/** A formula of its own stands after the gap: a relation comes before the next gap, row or comma. */
function isRelationAhead(math: readonly TexToken[], from: number): boolean {
  let depth = 0;
  for (let at = from; at < math.length; at++) {
    const t = math[at];
    if (t?.kind === 'open' || isChar(t, '(', '[')) depth++;
    if (t?.kind === 'close' || isChar(t, ')', ']')) depth--;
    if (depth < 0 || (depth === 0 && isCommand(t, '\\', 'cr', 'quad', 'qquad'))) return false;
    if (depth === 0 && (isChar(t, '=') || isCommand(t, 'in'))) return at > from;
  }
  return false;
}
/** After `\text{ where }`: where the next row begins. */
function spokenWord(math: readonly TexToken[], at: number): number | undefined {
  if (isCommand(math[at], 'quad')) return undefined;
  const words = argument(math, at + 1).map((t) => (t.spaced ? ' ' : '') + t.text).join('').trim().replace(/[,.;:]$/, '').toLowerCase();
  return WORDS.has(words) ? argumentEnd(math, at + 1) : undefined;
}
/** The comma of `x, y \in R^n`: names before it, and a name and `,` or `\in` after it. */
function isListComma(math: readonly TexToken[], at: number): boolean {
  for (let i = at + 1; i < Math.min(math.length, at + 12); i++) {
    const t = math[i];
    if (isCommand(t, 'in')) return true;
    if (isChar(t, ',', '=', '+', '-', '(', ')') || isCommand(t, '\\', 'quad', 'qquad')) return isChar(t, ',') && isListComma(math, i);
  }
  return false;
}

const DELIMITERS: ReadonlyMap<string, readonly [string, string]> = new Map([['|', ['lvert', 'rvert']], ['vert', ['lvert', 'rvert']], ['\\|', ['lVert', 'rVert']], ['Vert', ['lVert', 'rVert']]]);

/** Without spacing, styling and the full stop at its end; `\left|` and `\right|` become two different bars. */
function tidy(row: readonly TexToken[]): Formula {
  const out: TexToken[] = [];
  let isSpaced = false;
  for (let at = 0; at < row.length; at++) {
    const t = row[at];
    if (t === undefined) break;
    if (t.kind === 'command') {
      const side = /^(?:left|bigl|Bigl|biggl|Biggl)$/.test(t.text) ? 0 : /^(?:right|bigr|Bigr|biggr|Biggr)$/.test(t.text) ? 1 : undefined;
      const next = row[at + 1];
      const delimiter = side !== undefined && next ? DELIMITERS.get(next.kind === 'command' && next.text === '|' ? '\\|' : next.text) : undefined;
      if (delimiter && next && side !== undefined) { out.push({ ...next, kind: 'command', text: delimiter[side] }); at++; continue; }
      if (side !== undefined && isChar(next, '.')) { out.push({ ...t, text: 'left or \\right with a dot' }); at++; continue; }
      if (t.text === 'textcolor') { at = argumentEnd(row, at + 1) - 1; continue; }
      if (t.text === 'boxed' || t.text === 'ensuremath' || t.text === 'mathop' || t.text === 'mathord' || t.text === 'mathbin') continue;
      const takes = SILENT.get(t.text);
      if (takes !== undefined) {
        for (let k = 0; k < takes; k++) at = argumentEnd(row, at + 1) - 1;
        isSpaced = true;
        continue;
      }
    }
    if (isChar(t, '~')) continue;
    out.push(isSpaced ? { ...t, spaced: true } : t);
    isSpaced = false;
  }
  while (isChar(out.at(-1), '.', ',', ';', ':')) out.pop();
  return subscriptsFirst(out);
}

/** `\Sigma^{-1}_{xx}` as `\Sigma_{xx}^{-1}`: a subscript is part of the name. */
function subscriptsFirst(tokens: TexToken[]): Formula {
  for (let at = 0; at < tokens.length; at++) {
    if (!isChar(tokens[at], '^')) continue;
    const middle = argumentEnd(tokens, at + 1);
    if (!isChar(tokens[middle], '_')) continue;
    const end = argumentEnd(tokens, middle + 1);
    const [above, below] = [tokens.slice(at, middle), tokens.slice(middle, end)];
    tokens.splice(at, end - at, ...below, ...above);
  }
  return tokens;
}
