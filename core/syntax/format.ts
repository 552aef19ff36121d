/** The formatter: canonical spacing around the words as the user spelled them. Comments, blank lines and broken statements stay. */
import { MAX_DIAGNOSTICS } from './limits';
import { mixedProducts } from './mixed';
import { isTightQuotient } from './strength';
import type { Comment, Document, Statement, Token } from './tree';
import { everyExpr, rootsOf, typesOf } from './walk';

/** What the tree knows of the gaps between words, by offset. */
interface Roles {
  /** Where an operator begins that has blanks around it, has none, or belongs to its right neighbour. */
  readonly operators: Map<number, 'spaced' | 'tight' | 'prefix'>;
  /** Where the right factor of a product without `*` begins: the user's own gap stays. */
  readonly factors: Set<number>;
  /** Where a name begins whose parenthesis follows at once. */
  readonly callees: Set<number>;
  /** Stretches without any blank, by the offset where each begins. */
  readonly tight: Set<number>;
  /** Where the operand of `∂/∂X` begins. */
  readonly operands: Set<number>;
  readonly open: Map<number, number>;
  readonly close: Map<number, number>;
}

/** The text in canonical layout. Idempotent; the tree stays the same but for parentheses where `⊗`, `.*` and `*` are mixed. */
export function format(document: Document): string {
  const { text, comments } = document;
  const words = document.tokens.filter((token) => token.kind !== 'newline');
  const statements = ownersOf(document);
  const roles = rolesOf(document, statements);
  const owner = wordOwners(statements, words);
  const hidden = hiddenIn(document);
  let out = '';
  let comment = 0;
  let previous: Token | undefined;
  words.forEach((word, i) => {
    const own = owner[i];
    const isInside = previous !== undefined && own !== undefined && own === owner[i - 1];
    const from = previous?.end ?? 0;
    const inGap: Comment[] = [];
    for (let c = comments[comment]; c && c.range.start < word.start; c = comments[++comment]) inGap.push(c);
    const gap = text.slice(from, word.start);
    if (hidden.between(from, word.start)) out += gap;
    else if (previous === undefined) out += lines(text, from, word.start, inGap, '', true);
    else if (isInside && own?.broken) out += gap;
    else if (inGap.length > 0 || /[\r\n]/.test(gap)) out += lines(text, from, word.start, inGap, isInside ? '  ' : '', false);
    else out += between(previous, word, gap, roles, isInside);
    out += '('.repeat(roles.open.get(word.start) ?? 0) + text.slice(word.start, word.end) + ')'.repeat(roles.close.get(word.end) ?? 0);
    previous = word;
  });
  const last = previous?.end ?? 0;
  const tail = hidden.between(last, text.length) ? text.slice(last) : lines(text, last, text.length, comments.slice(comment), '', previous === undefined);
  const whole = (out + tail).replace(/[ \t]+$/, '').replace(/(?:\r?\n|\r)+$/, '');
  return whole === '' ? '' : whole + newlineOf(text);
}

/** Gaps that hold invisible characters stay as they are: their diagnostics offer to remove them. Asked from left to right. */
function hiddenIn(document: Document): { readonly between: (from: number, to: number) => boolean } {
  const places = document.diagnostics.filter((d) => d.code === 'MC1021' && d.severity === 'error').map((d) => d.range.start);
  let next = 0;
  return {
    between(from, to) {
      while ((places[next] ?? Infinity) < from) next++;
      return (places[next] ?? Infinity) < to;
    },
  };
}

/** A lone carriage return becomes a line feed, for before one it would be a half of it. */
const newlineOf = (text: string): string => (/\r\n|\n|\r/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n');

interface Owner { readonly statement: Statement; readonly broken: boolean; readonly end: number }

/** One with an error in it, or before the next one begins, is left as it is. */
function ownersOf(document: Document): readonly Owner[] {
  const errors = document.diagnostics.filter((d) => d.severity === 'error');
  // Beyond the limit errors are not listed.
  const listed = document.diagnostics.length > MAX_DIAGNOSTICS ? (document.diagnostics.at(-1)?.range.start ?? 0) : Infinity;
  let next = 0;
  return document.statements.map((statement, i) => {
    const after = document.statements[i + 1]?.range.start ?? Infinity;
    while (next < errors.length && (errors[next]?.range.start ?? 0) < statement.range.start) next++;
    const broken = statement.kind === 'broken' || after > listed || (errors[next]?.range.start ?? Infinity) < after;
    return { statement, broken, end: broken ? after : statement.range.end };
  });
}

/** The statement of each word. */
function wordOwners(owners: readonly Owner[], words: readonly Token[]): readonly (Owner | undefined)[] {
  let at = 0;
  return words.map((word) => {
    while (at + 1 < owners.length && (owners[at + 1]?.statement.range.start ?? Infinity) <= word.start) at++;
    const own = owners[at];
    const separates = word.kind === 'symbol' && word.text === ';' && !own?.broken && word.start >= (own?.statement.range.end ?? 0);
    return own && !separates && word.start >= own.statement.range.start && word.start < own.end ? own : undefined;
  });
}

/** A gap with line ends or comments in it: each line without trailing blanks, indented; comments as they are. */
function lines(text: string, from: number, to: number, comments: readonly Comment[], indent: string, isFirst: boolean): string {
  let out = '';
  let at = from;
  let startsLine = isFirst;
  const breaks = (upTo: number): void => {
    for (const found of text.slice(at, upTo).matchAll(/\r\n|\n|\r/g)) {
      out += found[0] === '\r' ? '\n' : found[0];
      startsLine = true;
    }
  };
  for (const comment of comments) {
    breaks(comment.range.start);
    const before = /[ \t]*$/.exec(text.slice(at, comment.range.start))?.[0] ?? '';
    out += startsLine ? indent : before.length >= 2 ? before : '  ';
    out += comment.text.trimEnd();
    startsLine = false;
    at = comment.range.end;
  }
  breaks(to);
  return startsLine && to < text.length ? out + (isFirst && out === '' ? '' : indent) : out;
}

/** `1.`, which would join with what follows: `1. * b` is not `1 .* b`. */
const endsInPoint = (token: Token): boolean => token.kind === 'number' && token.end - token.start > token.text.length;
const isWord = (token: Token): boolean => token.kind === 'name' || token.kind === 'number';

/** The blank between two words of one line. */
function between(left: Token, right: Token, gap: string, roles: Roles, isInside: boolean): string {
  if (!isInside) return right.text === ';' && right.kind === 'symbol' ? '' : ' ';
  if (gap !== '' && endsInPoint(left) && /^[*/^\\T.]/.test(right.text)) return ' ';
  const wanted = blank(left, right, gap, roles);
  return wanted === '' && isWord(left) && isWord(right) && gap !== '' ? ' ' : wanted;
}

function blank(left: Token, right: Token, gap: string, roles: Roles): string {
  if (roles.tight.has(right.start)) return '';
  if (roles.operands.has(right.start)) return ' ';
  if (roles.factors.has(right.start)) return gap === '' ? '' : ' ';
  // The sign inside `⁻¹` is an operator of the tree, but no word.
  const [before, after] = [left.kind === 'superscript' ? undefined : roles.operators.get(left.start), right.kind === 'superscript' ? undefined : roles.operators.get(right.start)];
  if (before === 'prefix' || before === 'tight' || after === 'tight') return '';
  if (before === 'spaced' || after === 'spaced') return ' ';
  if (right.kind === 'superscript') return '';
  if (right.kind === 'symbol') {
    switch (right.text) {
      case ',': case ';': case ')': case ']': case "'": case '.T': case '⊤': case '^': case '.^': case '‖': return right.text === '‖' && left.text !== '(' && !isWord(left) ? gap && ' ' : '';
      case '(': return roles.callees.has(left.start) || opens(left) ? '' : ' ';
      case '[': return opens(left) || !(left.kind === 'symbol' && /^[,;=+\-*/⊗⊕]|^==/.test(left.text)) ? '' : ' ';
      case ':': case '×': return left.text === ',' ? ' ' : '';
    }
  }
  if (left.kind === 'symbol') {
    switch (left.text) {
      case '(': case '[': case '^': case '.^': case '∂': case '∇': case ':': case '×': case '‖': return '';
      case '-': case '+': return '';
    }
  }
  return ' ';
}
const opens = (token: Token): boolean => token.kind === 'symbol' && (token.text === '(' || token.text === '[' || token.text === '^' || token.text === '.^' || token.text === '∂' || token.text === '‖');

function rolesOf(document: Document, owners: readonly Owner[]): Roles {
  const roles: Roles = { operators: new Map(), factors: new Set(), callees: new Set(), tight: new Set(), operands: new Set(), open: new Map(), close: new Map() };
  const add = (counts: Map<number, number>, at: number): void => { counts.set(at, (counts.get(at) ?? 0) + 1); };
  const starts = document.tokens.map((token) => token.start);
  for (const { statement: s, broken } of owners) {
    for (const { inner } of broken ? [] : mixedProducts(s)) { add(roles.open, inner.range.start); add(roles.close, inner.range.end); }
    statementRoles(s, roles, document.tokens, starts);
    for (const e of everyExpr(rootsOf(s))) {
      if (e.kind === 'binary') {
        const isTight = (e.op === '*' || isTightQuotient(e)) && e.opRange.end > e.opRange.start;
        if (e.implicit) roles.factors.add(e.right.range.start);
        else roles.operators.set(e.opRange.start, isTight ? 'tight' : 'spaced');
      } else if (e.kind === 'unary') roles.operators.set(e.range.start, 'prefix');
      else if (e.kind === 'call' || e.kind === 'nabla') {
        roles.callees.add(e.callee.range.start);
        // The mark of a norm, `‖A‖_*`, is part of it.
        if (/[‖∥]/.test(document.text.charAt(e.callee.range.start))) for (let i = indexAt(starts, e.args.at(-1)?.range.end ?? 0) + 1; (starts[i] ?? Infinity) < e.range.end; i++) roles.tight.add(starts[i] ?? 0);
      }
      else if (e.kind === 'finiteSum') roles.callees.add(e.range.start);
      else if (e.kind === 'leibniz') {
        for (let i = indexAt(starts, e.of.range.end); (starts[i] ?? Infinity) < e.range.end; i++) roles.tight.add(starts[i] ?? 0);
        // In `∂/∂X (X*X')` a space parts the operator from its operand.
        const before = (e.wrt[0]?.range.start ?? Infinity) < e.of.range.start;
        for (let i = indexAt(starts, e.range.start + 1); (starts[i] ?? Infinity) < e.of.range.start + (before ? 0 : 1); i++) roles.tight.add(starts[i] ?? 0);
        if (before) roles.operands.add(e.of.range.start);
      }
    }
  }
  return roles;
}

/** The first word at or after an offset. */
function indexAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1; else high = middle;
  }
  return low;
}

/** Colons, arrows and equals signs of statements; parentheses of types and parameters. */
function statementRoles(s: Statement, roles: Roles, tokens: readonly Token[], starts: readonly number[]): void {
  if (s.kind === 'definition') { if (s.parameters) roles.callees.add(s.name.range.start); return; }
  if (s.kind !== 'declaration') return;
  for (const type of s.type ? typesOf(s.type) : []) roles.callees.add(type.range.start);
  let depth = 0;
  for (let i = indexAt(starts, s.names.at(-1)?.range.end ?? s.range.start); (starts[i] ?? Infinity) < s.range.end; i++) {
    const token = tokens[i];
    if (token?.kind !== 'symbol') continue;
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    else if (token.text === ':' || token.text === '∈' || token.text === '->') roles.operators.set(token.start, 'spaced');
    else if (token.text === '×' && depth === 0 && tokens[i + 1]?.kind === 'name' && /^(?:R|ℝ|scalar|vector|matrix)$/.test(tokens[i + 1]?.text ?? '')) roles.operators.set(token.start, 'spaced');
  }
}
