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

/** Factors above and below the line, each a text that needs no parentheses. */
interface Quotient { readonly over: string[]; readonly under: string[] }
const atom = (text: string): Cell => ({ text, strength: ATOM });
const wordsOf = (text: string): readonly string[] => text.match(/[\p{ID_Continue}$]+/gu) ?? [];
/** Without parentheses around all of it. */
const bare = (text: string): string => {
  if (!text.startsWith('(')) return text;
  let depth = 0;
  const end = [...text].findIndex((c) => { depth += c === '(' ? 1 : c === ')' ? -1 : 0; return depth === 0; });
  return end === text.length - 1 ? text.slice(1, -1) : text;
};
const isNumeral = (text: string): boolean => /^[\d.]+$/.test(text);
/** Whether a text does more than read an entry. */
const isComputed = (text: string): boolean => /[ (]/.test(text.replace(/\[[^\]]*\]/g, ''));
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
  const { before } = scope;
  // Names of the innermost block: what uses one cannot stand before the loop.
  const inner = new Set<string>();
  const inFixed = new Set<string>();
  let isRaised = false;
  const raise = (whole: string): string => {
    const text = bare(whole);
    const old = hoisted.get(text) ?? before?.name(text) ?? text;
    hoisted.set(text, old);
    inFixed.add(old);
    return old;
  };
  const hoist = (text: string): string => {
    if (isRaised) return raise(text);
    const name = scope.hoist(text);
    inner.add(name);
    return name;
  };
  const isOutside = (text: string, index: string): boolean => wordsOf(text).every((word) => word !== index && !inner.has(word));
  const changes = changesWith();
  const cell: CellWriter = (e, i, j) => {
    const key = keyOf(e, i, j);
    const known = hoisted.get(key);
    if (known !== undefined) return atom(known);
    if (before && !isRaised && !isPlain(e) && !isScalar(e.shape) && !changes(e, wordsOf(i).includes(before.index), wordsOf(j).includes(before.index))) {
      isRaised = true;
      const fixed = write(e, i, j);
      isRaised = false;
      return isComputed(fixed.text) ? atom(raise(fixed.text)) : fixed;
    }
    const made = write(e, i, j);
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
      if (isNumberOne(size)) { const arg = cell(t.arg, i, j); return { negative, text: within(arg, negative ? PRODUCT : SUM), strength: arg.strength }; }
      if (t.arg.kind === 'ones' || (t.arg.kind === 'number' && isNumberOne(t.arg))) { const s = cell(size, '0', '0'); return { negative, text: within(s, negative ? PRODUCT : SUM), strength: s.strength }; }
      const scaled = joined(quotient(size, t.arg, i, j), isScalar(e.shape));
      return { negative, text: within(scaled, negative ? PRODUCT : SUM), strength: scaled.strength };
    });
    const ordered = [...parts.filter((p) => !p.negative), ...parts.filter((p) => p.negative)];
    const [first] = ordered;
    if (ordered.length === 1 && first && !first.negative) return { text: first.text, strength: Math.min(first.strength, PRODUCT) };
    const text = ordered.map((p, k) => (k === 0 ? (p.negative ? `-${p.strength < UNARY && !/^[\p{ID_Continue}.[\]]+ [*/] /u.test(p.text) ? `(${p.text})` : p.text}` : p.text) : `${p.negative ? '-' : '+'} ${p.text}`)).join(' ');
    return { text, strength: ordered.length === 1 ? PRODUCT : SUM };
  };
  const writeTimes = (e: Expr & { kind: 'times' }, i: string, j: string): Cell => {
    const q: Quotient = { over: [], under: [] };
    collectPowers(e, i, j, q);
    return joined(q, isScalar(e.shape));
  };
  /** A scaled entry: what does not change in the innermost loop, the scale with it, is one number before it. */
  const quotient = (size: Expr, arg: Expr, i: string, j: string): Quotient => {
    const q: Quotient = { over: [], under: [] };
    collect(size, '0', '0', q);
    collect(arg, i, j, q);
    return q;
  };
  const collect = (e: Expr, i: string, j: string, into: Quotient): void => {
    const { over, under } = into;
    const key = keyOf(e, i, j);
    if (e.kind === 'number' && e.value.n === 1n && e.value.d <= 64n) { if (e.value.d > 1n) under.push(String(e.value.d)); return; }
    if (hoisted.has(key) || (repeated.has(key) && !isPlain(e))) { over.push(cell(e, i, j).text); return; }
    const [scaled, ...others] = e.kind === 'sum' ? e.terms : [];
    if (scaled && others.length === 0 && !signed(scaled.coefficient).negative) { collect(scaled.coefficient, '0', '0', into); collect(scaled.arg, i, j, into); return; }
    if (e.kind === 'diag' && i === j) { collect(e.arg, i, '0', into); return; }
    if (e.kind === 'product' && !isScalar(e.shape)) { over.push(...productTexts(e, i, j)); return; }
    if (e.kind === 'times') collectPowers(e, i, j, into);
    else over.push(within(cell(e, i, j), PRODUCT + 1));
  };
  const collectPowers = (e: Expr & { kind: 'times' }, i: string, j: string, into: Quotient): void => {
    const { over, under } = into;
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
  };
  /** What the innermost loop does not change in a quotient, as one name, where it is more than one number and changes in the loop around. */
  const parted = (q: Quotient): Quotient => {
    if (!before || isRaised) return q;
    const isFixed = (text: string): boolean => isOutside(text, before.index);
    const fixed = { over: q.over.filter(isFixed), under: q.under.filter(isFixed) };
    const [count, all] = [fixed.over.length + fixed.under.length, q.over.length + q.under.length];
    const [over, under] = [fixed.over, fixed.under].map((list) => list.filter((text) => !isNumeral(text)).length) as [number, number];
    if ((over + under < 2 && under === 0) || ![...fixed.over, ...fixed.under].some((text) => text.includes('[') || inFixed.has(text))) return q;
    const name = raise(joined(fixed, false, true).text);
    if (count === all) return { over: [name], under: [] };
    return { over: [name, ...q.over.filter((text) => !isFixed(text))], under: q.under.filter((text) => !isFixed(text)) };
  };
  const joined = (all: Quotient, isNumber: boolean, isWhole = false): Cell => {
    const { over, under: divisors } = isWhole || isNumber ? all : parted(all);
    const under = [...divisors.filter((text) => !isNumeral(text)), ...divisors.filter(isNumeral)];
    if (over.includes('0')) return atom('0');
    const shown = over.filter((x) => x !== '1');
    const top = shown.length > 0 ? shown.join(' * ') : '1';
    // A scalar is divided factor by factor: the square of a divisor may be no number where the quotient is one.
    if (isNumber && under.length > 1) return { text: `${top} / ${under.join(' / ')}`, strength: PRODUCT };
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
    if (isScalar(e.shape) && e.factors.length === 2) {
      const [a, b] = e.factors;
      if (a && b && isVectorLeaf(a) && isVectorLeaf(b)) return atom(scope.dot(a, b));
    }
    const list = productTexts(e, i, j);
    const { over } = isScalar(e.shape) ? { over: list } : parted({ over: [...list], under: [] });
    if (over.length === 0) return atom('1');
    return { text: over.join(' * '), strength: over.length === 1 ? ATOM : PRODUCT };
  };
  const productTexts = (e: Expr & { kind: 'product' }, i: string, j: string): readonly string[] => {
    const texts: string[] = [];
    let segment: Expr[] = [];
    let row = i;
    const flush = (col: string): void => {
      writeSegment(segment, row, col, texts);
      segment = [];
      row = '0';
    };
    e.factors.forEach((f, k) => {
      segment.push(f);
      if (k < e.factors.length - 1 && isOne(f.shape.cols)) flush('0');
    });
    flush(j);
    return texts.includes('0') ? ['0'] : texts.filter((t) => t !== '1');
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

/** Whether an entry depends on its row (where that moves) or its column. */
export function changesWith(): (e: Expr, row: boolean, col: boolean) => boolean {
  const memo = new Map<string, boolean>();
  const changes = (e: Expr, row: boolean, col: boolean): boolean => {
    if (!row && !col) return false;
    const key = `${e.id},${row},${col}`;
    const known = e.id < 0 ? undefined : memo.get(key);
    if (known !== undefined) return known;
    const made = of(e, row && !isOne(e.shape.rows), col && !isOne(e.shape.cols));
    memo.set(key, made);
    return made;
  };
  const of = (e: Expr, row: boolean, col: boolean): boolean => {
    switch (e.kind) {
      case 'number': case 'literal': case 'size': case 'ones': case 'zeros': return false;
      case 'transpose': return changes(e.arg, col, row);
      case 'sum': return e.terms.some((t) => changes(t.arg, row, col));
      case 'times': return e.powers.some((p) => changes(p.base, row, col));
      case 'map': return MASKS.has(e.fn) ? row || col : e.args.some((a) => changes(a, row, col));
      case 'product': {
        // Bonds of dimension 1 part what the row picks from what the column picks.
        const bond = e.factors.findIndex((f) => isOne(f.shape.cols));
        const last = e.factors.map((f) => isOne(f.shape.rows)).lastIndexOf(true);
        if (bond < 0 || bond === e.factors.length - 1 || last <= 0) return row || col;
        const part = (list: readonly Expr[], r: boolean, c: boolean): boolean => (list.length === 1 ? changes(list[0] as Expr, r, c) : r || c);
        return part(e.factors.slice(0, bond + 1), row, false) || part(e.factors.slice(last), false, col);
      }
      default: return row || col;
    }
  };
  return changes;
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
