/**
 * Wide formulas in several lines: broken after the first `=` and before `+` and `-`, outermost first, and aligned. Works on LaTeX that
 * we have printed ourselves, without knowing how wide a command is drawn: shares of the whole width are told by counting what is seen.
 */

interface Token {
  readonly text: string;
  /** Of brackets around it: those in LaTeX braces or environments cannot be broken and count as deepest. */
  readonly depth: number;
  readonly kind: 'relation' | 'sign' | 'other';
  /** How much of the formula's width it is likely to take. */
  readonly weight: number;
}

const DEEPEST = 99;
/** Tried one after the other: a break inside of brackets reads worse than one outside. */
const LAST_DEPTH = 4;
const TOKEN = /\\(?:left|right)\s*(?:\\[a-zA-Z]+|\\.|.)|\\(?:begin|end)\{[a-z]+\*?\}|\\[a-zA-Z]+|\\.|\s+|./gsu;

const visible = (text: string): number => {
  if (/^\s*$/.test(text) || /^[{}^_&]$/.test(text) || /^\\(?:[,;:! ]|q?quad\b|left|right|begin|end|operatorname|mathrm|mathbf|frac|text)/.test(text)) return 0;
  return /^[+\-=]$|^\\(?:otimes|odot|oplus|cdot|sum)$/.test(text) ? 2 : 1;
};

function tokens(latex: string): readonly Token[] {
  const found: Token[] = [];
  let braces = 0;
  let brackets = 0;
  let raised = 0;
  let last = '';
  for (const [text] of latex.matchAll(TOKEN)) {
    if (text === '{') {
      braces++;
      if (last === '^' || last === '_') raised = raised || braces;
    }
    const closes = /^(?:\\right|[)\]])/.test(text);
    if (closes && braces === 0) brackets = Math.max(0, brackets - 1);
    if (/^\\end/.test(text)) braces--;
    const depth = braces > 0 ? DEEPEST : brackets;
    const binary = /^[+-]$/.test(text) && last !== '' && !/^(?:[(\[=+\-,{]|\\(?:left|otimes|odot|oplus|cdot|begin|,).*)$/s.test(last);
    const weight = visible(text) * (raised > 0 ? 0.7 : 1);
    found.push({ text, depth, weight, kind: text === '=' ? 'relation' : binary ? 'sign' : 'other' });
    if (text === '}') {
      if (raised === braces) raised = 0;
      braces--;
    }
    if (/^\\begin/.test(text)) braces++;
    if (/^(?:\\left|[([])/.test(text) && braces === 0) brackets++;
    if (!/^\s+$/.test(text)) last = text;
  }
  return found;
}

interface Chunk { readonly text: string; readonly weight: number }

/** The formula cut before its signs down to a depth of brackets; brackets that are cut open no longer grow. */
function chunks(all: readonly Token[], deepest: number): { readonly left: Chunk; readonly rest: readonly Chunk[] } {
  const relation = all.findIndex((t) => t.kind === 'relation' && t.depth === 0);
  const head = relation < 0 ? [] : all.slice(0, relation);
  const join = (some: readonly Token[]): Chunk => ({
    text: some.map((t) => (/^\\(?:left|right)/.test(t.text) && t.depth < deepest ? t.text.replace(/^\\left\s*/, '\\Bigl').replace(/^\\right\s*/, '\\Bigr') : t.text)).join('').trim(),
    weight: some.reduce((sum, t) => sum + t.weight, 0),
  });
  const rest: Chunk[] = [];
  let current: Token[] = [];
  for (const token of all.slice(relation + 1)) {
    if (token.kind === 'sign' && token.depth <= deepest && current.some((t) => t.weight > 0)) {
      rest.push(join(current));
      current = [];
    }
    current.push(token);
  }
  rest.push(join(current));
  return { left: join(head), rest };
}

/**
 * The formula in lines that are each at most about `most` wide, where it is `width` wide in one. The formula itself where it fits or
 * holds no place to break it.
 */
export function breakLines(latex: string, width: number, most: number): string {
  if (width <= most || /\\begin\{(?:aligned|array)/.test(latex)) return latex;
  const all = tokens(latex);
  const total = all.reduce((sum, t) => sum + t.weight, 0);
  const wide = (weight: number): number => (weight / total) * width;
  let best: readonly string[] = [];
  let left = '';
  for (let depth = 0; depth <= LAST_DEPTH; depth++) {
    const { left: head, rest } = chunks(all, depth);
    const indent = wide(head.weight) > most / 3 ? most / 8 : wide(head.weight);
    const lines: string[] = [];
    let line = '';
    let filled = indent;
    let fits = true;
    for (const chunk of rest) {
      const own = wide(chunk.weight);
      if (line !== '' && filled + own > most) {
        lines.push(line);
        line = '';
        filled = indent + most / 20;
      }
      line = line === '' ? chunk.text : `${line} ${chunk.text}`;
      filled += own;
      fits &&= filled <= most * 1.1;
    }
    lines.push(line);
    if (lines.length > best.length || fits) [best, left] = [lines, head.text];
    if (fits) break;
  }
  if (best.length < 2) return latex;
  const first = left === '' ? '&' : `${left} &= `;
  // A line that begins with a sign needs something before it, or the sign would be set as a prefix.
  return `\\begin{aligned} ${first}${best.map((text, i) => (i === 0 ? text : `&\\quad {}${text}`)).join(' \\\\[3pt] ')} \\end{aligned}`;
}
