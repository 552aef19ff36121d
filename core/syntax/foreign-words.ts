/** Words of other systems, as the lexer meets them: modules and methods of Python, R's product, quotation marks, dollar signs, fractions. Each is one complaint with its mending. */
import type { Fix } from './diagnostic';
import type { Range, Token } from './tree';

/** What stands there instead of words of the language. */
export interface Foreign {
  readonly range: Range;
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** What is read there; it reaches over words that were read before where it begins with them. Absent: a comment to the line's end. */
  readonly word?: { readonly kind: Token['kind']; readonly text: string; readonly range: Range };
}

const MODULES: ReadonlySet<string> = new Set(['np', 'numpy', 'jnp', 'jax', 'torch', 'tf', 'scipy', 'sympy', 'math', 'Math', 'linalg', 'LinearAlgebra', 'nn', 'sp', 'sm', 'stats']);
const CHAIN = /\.(?:[a-z_]+\.)*(?=\p{L})/uy;
const METHOD = /\.([\p{L}_][\p{L}\p{M}_0-9]*)(\([ \t]*\)?)?/uy;
const QUOTED = /(['"])([A-Za-z]*)\1(?=[ \t]*[,)])/y;
/** Methods that are functions of another name here. */
const NAMES: ReadonlyMap<string, string> = new Map([['inverse', 'inv'], ['trace', 'tr'], ['determinant', 'det']]);
const R_PRODUCT = /%(?:\*|o|x)%/y;
const R_OTHER = /%(?:[a-z]{1,6}|\/|%)%|%%(?=\s*[\p{L}\d(])/uy;
const NORM = /\bnorm\(([^(),]*(?:\([^()]*\)[^(),]*)*),[ \t]*$/;
const NORMS: ReadonlyMap<string, string> = new Map([['fro', 'normF'], ['F', 'normF'], ['f', 'normF'], ['nuc', 'normNuc'], ['inf', 'normInf'], ['Inf', 'normInf']]);
/** Vulgar fractions; thirds are no decimal number, and are read as one that is near, after the complaint. */
const FRACTIONS: ReadonlyMap<string, readonly [text: string, value: string]> = new Map([
  ['½', ['1/2', '0.5']], ['¼', ['1/4', '0.25']], ['¾', ['3/4', '0.75']], ['⅛', ['1/8', '0.125']], ['⅓', ['1/3', '0.3333']], ['⅔', ['2/3', '0.6667']], ['⅙', ['1/6', '0.1667']],
]);

const found = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};
/** How far the other dollar signs of a line are looked for. */
const NEAR = 500;

/** What of another system begins at a place that no word of the language begins at; `before` is the last word. */
export function foreignAt(text: string, at: number, before: Token | undefined): Foreign | undefined {
  const c = text.charAt(at);
  if (c === '.') return before?.end !== at ? dotProduct(text, at, before) : endsOperand(before) ? point(text, at, before) : undefined;
  if (c === '%') return percent(text, at);
  if (c === "'" || c === '"') return quoted(text, at);
  if (c === '$') return dollar(text, at);
  if (c === '@') return atSign(text, at);
  const fraction = FRACTIONS.get(c);
  if (!fraction) return undefined;
  const range = { start: at, end: at + 1 };
  return { range, message: `\`${c}\` is written \`${fraction[0]}\`.`, fixes: [{ title: `Write \`(${fraction[0]})\``, edits: [{ range, text: `(${fraction[0]})` }], safe: false }], word: { kind: 'number', text: fraction[1], range } };
}

const endsOperand = ({ kind, text }: Token): boolean => kind === 'name' || kind === 'number' || kind === 'superscript' || (kind === 'symbol' && (text === ')' || text === ']' || text === '}' || text === "'" || text === '‖'));

/** `A . x`, Mathematica's product. */
function dotProduct(text: string, at: number, before: Token | undefined): Foreign | undefined {
  if (!before || !/^[ \t]+[\p{L}_(\[]/u.test(text.slice(at + 1, at + 8)) || !/[ \t]/.test(text.charAt(at - 1))) return undefined;
  const range = { start: at, end: at + 1 };
  return { range, message: 'A product is written `*`.', fixes: [{ title: 'Write `*`', edits: [{ range, text: '*' }], safe: true }], word: { kind: 'symbol', text: '*', range } };
}

/** `np.linalg.`, `A.shape`, `x.dot(`. */
function point(text: string, at: number, before: Token): Foreign | undefined {
  const chain = before.kind === 'name' && MODULES.has(before.text) ? found(CHAIN, text, at) : null;
  if (chain) {
    const range = { start: before.start, end: at + chain[0].length };
    const prefix = text.slice(range.start, range.end);
    return { range, message: `Functions belong to no module here: \`${prefix}\` is left out.`, fixes: [{ title: `Remove \`${prefix}\``, edits: [{ range, text: '' }], safe: false }], word: { kind: 'bad', text: prefix.slice(0, 24), range } };
  }
  const method = found(METHOD, text, at);
  const name = method?.[1];
  if (!method || name === undefined) return undefined;
  const open = method[2];
  const inverse = open === undefined && name === 'I' && before.kind === 'name' ? `inv(${before.text})` : undefined;
  if (inverse !== undefined) {
    const range = { start: at, end: at + 2 };
    return { range, message: `An inverse is written \`${inverse}\`.`, fixes: [{ title: `Write \`${inverse}\``, edits: [{ range: { start: before.start, end: range.end }, text: inverse }], safe: false }], word: { kind: 'bad', text: '.I', range } };
  }
  const called = NAMES.get(name) ?? name;
  const isEmpty = open?.endsWith(')') === true;
  const own = { start: at, end: at + 1 + name.length + (isEmpty ? (open?.length ?? 0) : 0) };
  const meant = open === undefined ? '' : `: \`${called}(${before.kind === 'name' ? before.text : '…'}${isEmpty ? ')' : ', …)'}\``;
  const edits = [{ range: { start: before.start, end: at + method[0].length }, text: `${called}(${before.text}${isEmpty ? ')' : ', '}` }];
  return {
    range: own, message: `\`.${name.slice(0, 20)}\` is not part of the notation; functions stand before their arguments${meant}.`,
    fixes: before.kind === 'name' && open !== undefined ? [{ title: `Write \`${edits[0]?.text ?? ''}…\``.replace(/…`$/, isEmpty ? '`' : '…)`'), edits, safe: false }] : [],
    word: { kind: 'bad', text: `.${name.slice(0, 20)}`, range: own },
  };
}

/** R's `%*%`; else a comment of MATLAB's or LaTeX's. */
function percent(text: string, at: number): Foreign {
  const product = found(R_PRODUCT, text, at);
  const range = { start: at, end: at + (product ? 3 : 1) };
  if (product) {
    const by = product[0] === '%*%' ? '*' : '⊗';
    return { range, message: `\`${product[0]}\` is R's; a ${by === '*' ? 'product' : 'Kronecker product'} is written \`${by}\`.`, fixes: [{ title: `Write \`${by}\``, edits: [{ range, text: by }], safe: product[0] !== '%o%' }], word: { kind: 'symbol', text: by, range } };
  }
  const other = found(R_OTHER, text, at);
  if (other) {
    const whole = { start: at, end: at + other[0].length };
    return { range: whole, message: `\`${other[0]}\` is R's; products are \`*\`, \`.*\` and \`⊗\`, and there is nothing like it here.`, fixes: [], word: { kind: 'symbol', text: '.*', range: whole } };
  }
  return { range, message: '`%` (U+0025) is not part of the notation. A comment starts with `#`.', fixes: [{ title: 'Write `#`', edits: [{ range, text: '#' }], safe: false }] };
}

/** `norm(A, 'fro')`: a text among arguments. */
function quoted(text: string, at: number): Foreign | undefined {
  const match = found(QUOTED, text, at);
  const before = text.slice(Math.max(0, at - 300), at);
  if (!match || !/[(,][ \t]*$/.test(before)) return undefined;
  const range = { start: at, end: at + match[0].length };
  const word = { kind: 'bad', text: match[0].slice(0, 24), range } as const;
  const norm = NORM.exec(before);
  const name = norm && NORMS.get(match[2] ?? '');
  const close = /^[ \t]*\)/.exec(text.slice(range.end, range.end + 20));
  if (!norm || name === null || name === undefined || !close) return { range, message: `There are no texts in the notation: \`${match[0].slice(0, 24)}\`.`, fixes: [], word };
  const meant = `${name}(${norm[1]?.trim() ?? ''})`;
  return { range, message: `Each norm has a name of its own: \`${meant.slice(0, 40)}\`.`, fixes: [{ title: `Write \`${meant.slice(0, 40)}\``, edits: [{ range: { start: at - norm[0].length, end: range.end + close[0].length }, text: meant }], safe: false }], word };
}

/** Whether the line has the sign before. */
function isRepeated(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - NEAR), at);
  return before.lastIndexOf(text.charAt(at)) > before.lastIndexOf('\n');
}

/** `x @ A @ x`: the first of a line speaks for all. */
function atSign(text: string, at: number): Foreign {
  const range = { start: at, end: at + 1 };
  const word = { kind: 'symbol', text: '*', range } as const;
  if (isRepeated(text, at)) return { range, message: '', fixes: [], word };
  const rest = /^[^\r\n#]*/.exec(text.slice(at, at + NEAR))?.[0] ?? '@';
  const edits = rest.split('').flatMap((c, i) => (c === '@' ? [{ range: { start: at + i, end: at + i + 1 }, text: '*' }] : []));
  return { range, message: "`@` (U+0040) is not part of the notation. A product is written `*`, of two vectors `x'*y`.", fixes: [{ title: 'Write `*`', edits, safe: false }], word };
}

/** `$x^T A x$`: the first of a line speaks for all. */
function dollar(text: string, at: number): Foreign {
  const range = { start: at, end: at + 1 };
  const word = { kind: 'bad', text: '$', range } as const;
  if (isRepeated(text, at)) return { range, message: '', fixes: [], word };
  const rest = /^[^\r\n]*/.exec(text.slice(at, at + NEAR))?.[0] ?? '$';
  const places = rest.split('').flatMap((c, i) => (c === '$' ? [at + i] : []));
  return {
    range, message: '`$` (U+0024) is not part of the notation. Formulas need no dollar signs.',
    fixes: [{ title: 'Remove `$`', edits: places.map((i) => ({ range: { start: i, end: i + 1 }, text: '' })), safe: false }], word,
  };
}
