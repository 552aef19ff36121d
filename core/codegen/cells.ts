/** The JavaScript of one entry of an expression, and of scalars: reads of arrays, arithmetic, maps. */
import { constantDim, isOne, isScalar, type Dim } from '../algebra/dim';
import { toNumber, type Rational } from '../algebra/rational';
import { CannotGenerate } from './cannot-generate';
import { childrenOf, type Expr } from './expr';
import { isNumberOne, signed } from './facts';
import { MAPS, MASKS } from './maps';

/** Binding strength: what must be parenthesised where. */
const ATOM = 20, UNARY = 15, PRODUCT = 13, SUM = 12;
export interface Cell { readonly text: string; readonly strength: number }

/** What entries of leaves are called and sizes are. */
export interface Scope {
  readonly nameOf: (leafName: string, local: boolean) => string;
  readonly size: (dim: Dim) => string;
  /** Marks a kernel as needed. */
  readonly use: (kernel: string) => string;
  /** A name for a value that is computed once in the innermost block: the text so far needs it. */
  readonly hoist: (text: string) => string;
  /** The same before the innermost loop, for what its index `j` does not change. */
  readonly before?: { readonly index: string; readonly name: (text: string) => string };
  /** The sum of all entries as a scalar's text. */
  readonly total: (arg: Expr) => string;
  /** The dot product of two arrays that are equally long. */
  readonly dot: (a: Expr, b: Expr) => string;
}

const atom = (text: string): Cell => ({ text, strength: ATOM });
export const within = (c: Cell, least: number): string => (c.strength >= least ? c.text : `(${c.text})`);

export function numberText(q: Rational): Cell {
  const value = toNumber(q);
  const sign = value < 0 ? UNARY : ATOM;
  if (q.d === 1n) return { text: String(value), strength: sign };
  let d = q.d;
  while (d % 2n === 0n) d /= 2n;
  while (d % 5n === 0n) d /= 5n;
  if (d === 1n && String(value).length < 12) return { text: String(value), strength: sign };
  return { text: `${Number(q.n)} / ${Number(q.d)}`, strength: PRODUCT };
}

/** `i * n + j`, without what is zero. */
export function flatIndex(i: string, j: string, cols: string): string {
  if ([i, j, cols].every((t) => /^\d+$/.test(t))) return String(Number(i) * Number(cols) + Number(j));
  const row = i === '0' ? '' : i === '1' ? cols : `${paren(i)} * ${paren(cols)}`;
  if (row === '') return j;
  return j === '0' ? row : `${row} + ${j}`;
}
const paren = (text: string): string => (/^[\p{ID_Continue}.$]+$/u.test(text) ? text : `(${text})`);
const plus = (a: string, b: string): string => (a === '0' ? b : b === '0' ? a : /^\d+$/.test(a) && /^\d+$/.test(b) ? String(Number(a) + Number(b)) : `${a} + ${b}`);

export interface CellWriter { (e: Expr, i: string, j: string): Cell }

export function createCells(scope: Scope, repeated: ReadonlySet<string> = new Set()): CellWriter {
  const hoisted = new Map<string, string>();
  // Names of the innermost block: what uses one cannot stand before the loop.
  const inner = new Set<string>();
  const hoist = (text: string): string => { const name = scope.hoist(text); inner.add(name); return name; };
  const isOutside = (text: string, index: string): boolean => (text.match(/[\p{ID_Continue}$]+/gu) ?? []).every((word) => word !== index && !inner.has(word));
  const cell: CellWriter = (e, i, j) => {
    const key = keyOf(e, i, j);
    const known = hoisted.get(key);
    if (known !== undefined) return atom(known);
    // Written once: what it takes out of the text is declared once.
    let made: Cell | undefined;
    if (scope.before && !isPlain(e) && !isScalar(e.shape) && (e.kind === 'times' || e.kind === 'map')) {
      made = write(e, i, j);
      if (isOutside(made.text, scope.before.index) && /Math\.|\w\(| \/ | \* .* \* /.test(made.text)) {
        const old = hoisted.get(made.text) ?? scope.before.name(made.text);
        hoisted.set(made.text, old);
        return atom(old);
      }
    }
    made ??= write(e, i, j);
    if (!repeated.has(key) || isPlain(e)) return made;
    const name = hoist(made.text);
    hoisted.set(key, name);
    return atom(name);
  };
  const read = (e: Expr & { kind: 'leaf' }, i: string, j: string): Cell => {
    const name = scope.nameOf(e.name, e.local);
    if (isScalar(e.shape)) return atom(name);
    if (isOne(e.shape.cols)) return atom(`${name}[${i}]`);
    if (isOne(e.shape.rows)) return atom(`${name}[${j}]`);
    return atom(`${name}[${flatIndex(i, j, scope.size(e.shape.cols))}]`);
  };
  const same = (i: string, j: string, then: Cell): Cell => {
    if (i === j) return then;
    if (/^\d+$/.test(i) && /^\d+$/.test(j)) return atom('0');
    const [index, constant] = /^\d+$/.test(i) ? [j, i] : [i, j];
    return atom(`(${index} === ${constant} ? ${then.text} : 0)`);
  };

  const write = (e: Expr, i: string, j: string): Cell => {
    switch (e.kind) {
      case 'leaf': return read(e, i, j);
      case 'number': return numberText(e.value);
      case 'literal': return { text: e.text, strength: /^[\p{ID_Continue}.$]+$/u.test(e.text) ? ATOM : SUM };
      case 'size': { const text = scope.size(e.dim); return { text, strength: /^[\p{ID_Continue}.$]+$/u.test(text) ? ATOM : / [+-] /.test(text) ? SUM : PRODUCT }; }
      case 'identity': return same(i, j, atom('1'));
      case 'ones': return atom('1');
      case 'zeros': return atom('0');
      case 'unit': return same(i, cell(e.index, '0', '0').text, atom('1'));
      case 'range': return same(plus(i, scope.size(e.from)), j, atom('1'));
      case 'transpose': return cell(e.arg, j, i);
      case 'diag': return same(i, j, cell(e.arg, i, '0'));
      case 'diagOf': return cell(e.arg, i, i);
      case 'sum': return writeSum(e, i, j);
      case 'times': return writeTimes(e, i, j);
      case 'map': return writeMap(e, i, j);
      case 'product': return writeProduct(e, i, j);
      case 'total': return atom(scope.total(e.arg));
      case 'trace': case 'call': case 'inverse': throw new CannotGenerate(`${e.kind} was not planned`);
    }
  };
  const writeSum = (e: Expr & { kind: 'sum' }, i: string, j: string): Cell => {
    const parts = e.terms.map((t) => {
      const { negative, size } = signed(t.coefficient);
      const arg = cell(t.arg, i, j);
      if (isNumberOne(size)) return { negative, text: within(arg, negative ? PRODUCT : SUM), strength: arg.strength };
      if (arg.text === '1' || t.arg.kind === 'ones' || (t.arg.kind === 'number' && isNumberOne(t.arg))) { const s = cell(size, '0', '0'); return { negative, text: within(s, negative ? PRODUCT : SUM), strength: s.strength }; }
      if (size.kind === 'number' && size.value.n === 1n && size.value.d > 1n && size.value.d <= 64n) return { negative, text: `${within(arg, PRODUCT)} / ${size.value.d}`, strength: PRODUCT };
      return { negative, text: `${within(cell(size, '0', '0'), PRODUCT)} * ${within(arg, PRODUCT)}`, strength: PRODUCT };
    });
    const ordered = [...parts.filter((p) => !p.negative), ...parts.filter((p) => p.negative)];
    const [first] = ordered;
    if (ordered.length === 1 && first && !first.negative) return { text: first.text, strength: Math.min(first.strength, PRODUCT) };
    const text = ordered.map((p, k) => (k === 0 ? (p.negative ? `-${p.strength < UNARY && !/^[\p{ID_Continue}.[\]]+ [*/] /u.test(p.text) ? `(${p.text})` : p.text}` : p.text) : `${p.negative ? '-' : '+'} ${p.text}`)).join(' ');
    return { text, strength: ordered.length === 1 ? PRODUCT : SUM };
  };
  const writeTimes = (e: Expr & { kind: 'times' }, i: string, j: string): Cell => {
    const over: string[] = [];
    const under: string[] = [];
    for (const p of e.powers) {
      const value = toNumber(p.exponent);
      const size = Math.abs(value);
      const list = value < 0 ? under : over;
      const base = cell(p.base, i, j);
      if (size === 1) list.push(within(base, PRODUCT + 1));
      else if (size === 0.5) list.push(`Math.sqrt(${base.text})`);
      else if (Number.isInteger(size) && size <= 4) {
        const name = /^[\p{ID_Continue}.$]+(\[[^[\]]*\])?$/u.test(base.text) ? base.text : hoist(base.text);
        for (let k = 0; k < size; k++) list.push(name);
      } else if (size === 1.5) {
        const name = /^[\p{ID_Continue}.$]+(\[[^[\]]*\])?$/u.test(base.text) ? base.text : hoist(base.text);
        list.push(name, `Math.sqrt(${name})`);
      } else list.push(`Math.pow(${base.text}, ${numberText({ n: p.exponent.n < 0n ? -p.exponent.n : p.exponent.n, d: p.exponent.d }).text})`);
    }
    const shown = over.filter((x) => x !== '1');
    const top = shown.length > 0 ? shown.join(' * ') : '1';
    // A scalar is divided factor by factor: the square of a divisor may be no number where the quotient is one.
    if (isScalar(e.shape) && under.length > 1) return { text: `${top} / ${under.join(' / ')}`, strength: PRODUCT };
    if (under.length === 0) return { text: top, strength: shown.length <= 1 && /^[\p{ID_Continue}.$]+[[(]?[^ ]*$/u.test(top) ? ATOM : PRODUCT };
    return { text: `${top} / ${under.length === 1 ? under[0] ?? '' : `(${under.join(' * ')})`}`, strength: PRODUCT };
  };
  const writeMap = (e: Expr & { kind: 'map' }, i: string, j: string): Cell => {
    const [first] = e.args;
    if (MASKS.has(e.fn) && first) {
      const text = cell(first, i, j).text;
      switch (e.fn) {
        case 'tril': return atom(`(${j} <= ${i} ? ${text} : 0)`);
        case 'triu': return atom(`(${j} >= ${i} ? ${text} : 0)`);
        case 'band': return atom(`(${j} <= ${i} + 1 && ${i} <= ${j} + 1 ? ${text} : 0)`);
        case 'phi': return atom(`(${j} < ${i} ? ${text} : ${j} === ${i} ? 0.5 * (${text}) : 0)`);
        default: return atom(`(${j} > ${i} ? ${text} : ${j} === ${i} ? 0.5 * (${text}) : 0)`);
      }
    }
    const row = MAPS[e.fn];
    if (!row) throw new CannotGenerate(`there is no code for ${e.fn}`);
    let text = row.text;
    if (row.kernel !== undefined) text = text.replace(row.kernel, scope.use(row.kernel));
    const args = e.args.map((a) => cell(a, isScalar(a.shape) ? '0' : i, isScalar(a.shape) ? '0' : j));
    const compared = e.fn === 'delta';
    text = text.replace(/#(\d?)/g, (_, k: string) => { const a = args[k === '' ? 0 : Number(k) - 1] ?? atom('0'); return compared ? within(a, PRODUCT) : a.text; });
    return atom(text);
  };
  /** Segments between bonds of dimension 1; in each, pickers and diagonals around at most one array. */
  const writeProduct = (e: Expr & { kind: 'product' }, i: string, j: string): Cell => {
    const texts: string[] = [];
    let segment: Expr[] = [];
    let row = i;
    const flush = (col: string): void => {
      writeSegment(segment, row, col, texts);
      segment = [];
      row = '0';
    };
    if (isScalar(e.shape) && e.factors.length === 2) {
      const [a, b] = e.factors;
      if (a && b && isVectorLeaf(a) && isVectorLeaf(b)) return atom(scope.dot(a, b));
    }
    e.factors.forEach((f, k) => {
      segment.push(f);
      if (k < e.factors.length - 1 && isOne(f.shape.cols)) flush('0');
    });
    flush(j);
    if (texts.includes('0')) return atom('0');
    const list = texts.filter((t) => t !== '1');
    if (list.length === 0) return atom('1');
    return { text: list.join(' * '), strength: list.length === 1 ? ATOM : PRODUCT };
  };
  const writeSegment = (factors: readonly Expr[], i: string, j: string, texts: string[]): void => {
    let row = i;
    let col = j;
    let from = 0;
    let to = factors.length;
    const put = (c: Cell): void => { texts.push(within(c, PRODUCT + 1)); };
    for (; from < to; from++) {
      const f = factors[from] as Expr;
      if (f.kind === 'diag') put(cell(f.arg, row, '0'));
      else if (f.kind === 'transpose' && f.arg.kind === 'unit') row = cell(f.arg.index, '0', '0').text;
      else if (f.kind === 'range') row = plus(row, scope.size(f.from));
      else if (f.kind === 'transpose' && f.arg.kind === 'range') row = inside(row, f.arg, texts);
      else break;
    }
    for (; to > from; to--) {
      const f = factors[to - 1] as Expr;
      if (f.kind === 'diag') put(cell(f.arg, col, '0'));
      else if (f.kind === 'unit' && to - 1 > from) col = cell(f.index, '0', '0').text;
      else if (f.kind === 'unit' && from > 0) col = cell(f.index, '0', '0').text;
      else if (f.kind === 'transpose' && f.arg.kind === 'range') col = plus(col, scope.size(f.arg.from));
      else if (f.kind === 'range') col = inside(col, f, texts);
      else break;
    }
    const core = factors.slice(from, to);
    const guards = texts.filter((t) => t.startsWith('(?'));
    if (guards.length > 0 && core.length <= 1) {
      const rest = texts.filter((t) => !t.startsWith('(?'));
      // The other factors too: outside the range theirs may not exist either.
      const inner = core.length === 0 ? same(row, col, atom('1')) : cell(core[0] as Expr, row, col);
      const all = [...rest, ...(inner.text === '1' && rest.length > 0 ? [] : [rest.length > 0 ? within(inner, PRODUCT + 1) : inner.text])];
      texts.length = 0;
      texts.push(`(${guards.map((t) => t.slice(2)).join(' && ')} ? ${all.join(' * ')} : 0)`);
      return;
    }
    if (core.length === 0) { put(same(row, col, atom('1'))); return; }
    if (core.length > 1) throw new CannotGenerate('a product was not planned');
    put(cell(core[0] as Expr, row, col));
  };
  /** The place in the rows of a range of something that fills it from its first row on; outside it is 0. */
  const inside = (at: string, range: Expr & { kind: 'range' }, texts: string[]): string => {
    const first = scope.size(range.from);
    const end = plus(first, scope.size(range.shape.rows));
    texts.push(`(?${first === '0' ? '' : `${at} >= ${first} && `}${at} < ${end}`);
    return first === '0' ? at : `${at} - ${/^[\p{ID_Continue}]+$/u.test(first) ? first : `(${first})`}`;
  };
  return cell;
}

const isVectorLeaf = (e: Expr): boolean => (e.kind === 'leaf' || (e.kind === 'transpose' && e.arg.kind === 'leaf')) && (isOne(e.shape.rows) || isOne(e.shape.cols));
const isPlain = (e: Expr): boolean => ['leaf', 'number', 'literal', 'size', 'identity', 'ones', 'zeros', 'unit', 'range', 'transpose'].includes(e.kind);
const keyOf = (e: Expr, i: string, j: string): string => `${e.id}@${i},${j}`;

/** The keys of entries that an expression's text would hold twice. */
export function repeatedCells(body: Expr, i: string, j: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  const visit = (e: Expr, r: string, c: string): void => {
    if (isPlain(e) || isScalar(e.shape)) return;
    const key = keyOf(e, r, c);
    if (seen.has(key)) { twice.add(key); return; }
    seen.add(key);
    if (e.kind === 'product' || e.kind === 'diag' || e.kind === 'diagOf' || e.kind === 'total') return;
    for (const child of childrenOf(e)) {
      if (child.kind === 'transpose') visit(child.arg, c, r);
      else visit(child, r, c);
    }
  };
  visit(body, i, j);
  return twice;
}

export const literalSize = (d: Dim): number | undefined => constantDim(d);
