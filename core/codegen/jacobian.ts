/**
 * Jacobians and Hessians, tabulated: the derivative along the basis direction e_k e_l' as an expression in k and l, whose
 * products with basis vectors are columns and rows that are there already. What does not depend on k and l is computed once.
 */
import { addDim, D1, isOne, isScalar, mulDim, SCALAR, scaleDim, type Dim, type Shape } from '../algebra/dim';
import { isOneQ, ONE } from '../algebra/rational';
import type { FunctionSpec } from './emit-function';
import type { Sizes } from './cost';
import { childrenOf, type Expr, type Leaf, type Literal, type Num, type Term } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import { flopsAnEntry } from './entry-flops';
import { formula } from './formula';
import type { LinearMap } from './generation';
import { tabulateBlocks } from './jacobian-blocks';
import { jacobianMatrix } from './jacobian-matrix';
import { tabulateByRows } from './row-blocks';
import { oneColumnEach } from './dyads';
import { varyingSteps } from './jacobian-steps';
import { createLowering } from './lower';
import { MASKS } from './maps';
import { leavesOf, outsOf } from './memory';
import { cheapestPlan } from './alternatives';
import { substitute } from './rebuild';
import type { Plan, Step } from './plan';

export interface Tabulated { readonly plan: Plan; readonly finish?: FunctionSpec['finish']; readonly text: string }

/** The two indices of a column, until the emitter knows which names are free. */
const K = 'K__', L = 'L__';

/** @param beside values that the same function gives; the plan's `beside` is where they are, unless the whole is one matrix, which has a plan without these loops */
export function tabulate(ex: Exprs, facts: Facts, sizes: Sizes, map: LinearMap, leaves: ReadonlyMap<string, Expr>, vec: 'column' | 'row', form?: (e: Expr) => Expr, beside: readonly Expr[] = []): Tabulated {
  const { rows, cols } = map.direction.shape;
  const E = ex.leaf('E__', map.direction.shape, new Set(), true);
  const along = createLowering(ex, facts, (s) => (s === map.direction ? E : leaves.get(s.name)), form)(map.node);
  const text = formula(along, (name) => (name === 'E__' ? 'E' : name));
  const whole = beside.length > 0 ? undefined : asMatrix(ex, facts, map, leaves, form);
  if (whole) return { plan: cheapestPlan(ex, facts, sizes, whole), text: formula(whole, (name) => name) };
  const blocks = isScalar(map.direction.shape) ? undefined : tabulateBlocks(ex, facts, sizes, along, E, vec, beside) ?? tabulateByRows(ex, facts, sizes, along, E, vec, beside);
  if (blocks) return { ...blocks, text };
  const k = ex.literal(K);
  const l = ex.literal(L);
  const basis = ex.product([ex.unit(k, rows), ex.transpose(ex.unit(l, cols))], rows);
  const direction = isScalar(map.direction.shape) ? ex.number(1) : isOne(cols) ? ex.unit(k, rows) : isOne(rows) ? ex.transpose(ex.unit(l, cols)) : basis;
  const lower = createLowering(ex, facts, (s) => (s === map.direction ? direction : s.role === 'variable' || s.role === 'direction' ? leaves.get(s.name) : undefined), form);
  const memo = new Map<number, boolean>();
  const varies = (e: Expr): boolean => {
    const known = memo.get(e.id);
    if (known !== undefined) return known;
    const made = e === k || e === l || childrenOf(e).some(varies);
    memo.set(e.id, made);
    return made;
  };
  const e = oneColumnEach(ex, lower(map.node));
  const plan = cheapestPlan(ex, facts, sizes, beside.length > 0 ? ex.call('tuple', [...beside, e], SCALAR) : e, { lazyResult: true, varies });
  const column = vec === 'column';
  const changing = varyingSteps(plan.steps, [k, l]);
  const listed = listScalars(ex, plan, changing, [k, l], map.direction.shape);
  const inner: ReadonlySet<Step> = listed ? new Set() : changing;
  const innermost = listed ? inner : varyingSteps(plan.steps, [column ? k : l]);
  const shape = map.node.shape;
  const result = listed?.result ?? plan.result;
  const expanded = expand(ex, result);
  const all = expanded.kind === 'sum' ? expanded.terms : [{ coefficient: ex.number(1), arg: expanded }];
  const sparse = all.filter((t) => deltaOf(t.arg) !== undefined);
  const dense = all.filter((t) => !sparse.includes(t));

  // Rows (i, j) and (j, i) are equal where the derivative is symmetric: half of them is computed.
  const halved = ex.transpose(along) === along && !isOne(shape.rows) && inner.size === 0 && sparse.length === 0 && !isOne(rows);

  const finish: FunctionSpec['finish'] = (w, { before, write }, names) => {
    const [kName, lName] = [names.local('k'), names.local('l')];
    const [i, j] = [isOne(shape.rows) ? '0' : names.free('i'), isOne(shape.cols) ? '0' : names.free('j')];
    const [p, q, m, n] = [names.size(shape.rows), names.size(shape.cols), names.size(rows), names.size(cols)];
    const width = names.size(mulDim(rows, cols));
    const rowName = names.free('row');
    const mirrorName = names.free('mirror');
    /** Where the row of J for entry (row, col) of F starts. */
    const rowStart = (row: string, col: string): string => {
      const r = column ? flat(col, p, row, q) : flat(row, q, col, p);
      return r === '0' || width === '1' ? r : `${wrap(r)} * ${wrap(width)}`;
    };
    const at = (row: string, col: string, [k_, l_]: readonly [string, string]): string => {
      const c = column ? flat(l_, m, k_, n) : flat(k_, n, l_, m);
      const start = inner.size === 0 && !plainName(rowStart(row, col)) ? rowName : rowStart(row, col);
      return `${names.out}[${start === '0' ? c : c === '0' ? start : `${start} + ${c}`}]`;
    };
    const store = (e: Expr, row: string, col: string, sign: string, column_: readonly [string, string] = [K, L]): readonly string[] => {
      const lines: string[] = [];
      const value = isScalar(e.shape) ? w.scalar(e, lines) : w.cells(lines, e, row, col)(e, row, col).text;
      const mirrored = halved && sign === '=' ? `${at(row, col, column_).replace(rowName, mirrorName)} = ` : '';
      return [...lines, `${at(row, col, column_)} ${sign} ${mirrored}${value};`];
    };
    /** Reads that the innermost loop does not change, taken out of it: the compiler cannot, for what is written might be the same memory. */
    const outOf = (index: string, content: readonly string[]): { readonly before: readonly string[]; readonly inside: readonly string[] } => {
      const taken = new Map<string, string>();
      const inside = content.map((line) => {
        const value = line.lastIndexOf(' = ') >= 0 ? line.lastIndexOf(' = ') : line.indexOf(' += ');
        const take = (text: string): string => {
          const name = taken.get(text) ?? names.free(`v${taken.size + 1}`);
          taken.set(text, name);
          return name;
        };
        const changes = (text: string): boolean => new RegExp(`\\b${index}\\b`).test(text);
        const right = line.slice(value).replace(FACTORS, (text) => {
          const factors = text.replace(/[()](?![^[]*\])/g, '').split(/ \* (?![^[]*\])/);
          const fixed = factors.filter((f) => !changes(f));
          return fixed.length < 2 || fixed.length === factors.length ? text : [take(fixed.join(' * ')), ...factors.filter(changes)].join(' * ');
        });
        return line.slice(0, value) + right.replace(READ, (read) => (changes(read) ? read : take(read)));
      });
      return { before: [...taken].map(([read, name]) => `const ${name} = ${read};`), inside };
    };
    const around = (row: string, col: string, skip: readonly string[], content: readonly string[], middle: readonly string[] = [], outer: readonly string[] = []): readonly string[] => {
      const rowLoops: Turn[] = column ? [[col, q], [row, p]] : [[row, p], [col, q]];
      const columnLoops: Turn[] = (column ? [[L, n], [K, m]] as Turn[] : [[K, m], [L, n]] as Turn[]).filter(([name]) => !skip.includes(name));
      // On the diagonal a row and a column have one index.
      const named = (list: readonly Turn[]): readonly Turn[] => list.filter(([name], at) => name !== '0' && list.findIndex(([other]) => other === name) === at);
      if (inner.size === 0) {
        const start = rowStart(row, col);
        const [inmost] = columnLoops.filter(([name, turns]) => name !== '0' && turns !== '1').slice(-1);
        const single = content.length === 1 && inmost && columnLoops[columnLoops.length - 1] === inmost;
        const { before: fixed, inside } = single ? outOf(inmost[0], content) : { before: [], inside: content };
        const nest = single ? loops(named(columnLoops.slice(0, -1)), [...fixed, ...loops([inmost], inside)]) : loops(named(columnLoops), inside);
        const half = halved && content.some((line) => line.includes(mirrorName));
        const turns: readonly Turn[] = half ? rowLoops.map(([name, count], k) => (k === 1 ? [name, `${rowLoops[0]?.[0]} + 1`] : [name, count])) : rowLoops;
        return loops(named(turns), [...(plainName(start) ? [] : [`const ${rowName} = ${start};`]), ...(half ? [`const ${mirrorName} = ${rowStart(col, row)};`] : []), ...nest]);
      }
      const [first, second] = columnLoops;
      return loops(first ? [first] : [], [...outer, ...loops(second ? [second] : [], [...middle, ...content])]);
    };
    /** Loops over the entries of F within those of the columns; an index that a delta names needs none. */
    const within = (row: string, col: string, content: readonly string[]): readonly string[] =>
      loops((column ? [[col, q], [row, p]] as Turn[] : [[row, p], [col, q]] as Turn[]).filter(([name]) => name !== '0' && name !== K && name !== L), content);
    const declarations: string[] = [];
    const once = write(plan.steps.filter((s) => !changing.has(s)));
    const tables = new Map<string, string>();
    if (listed) {
      const at = flat(K, n, L, m);
      listed.tables.forEach(({ placeholder }, slot) => {
        const name = names.local('c');
        tables.set(placeholder, name);
        once.push(`const ${name} = ${names.scratch(slots + slot, width)};`);
      });
      const lines = write(plan.steps.filter((s) => changing.has(s)));
      const turns: readonly Turn[] = column ? [[L, n], [K, m]] : [[K, m], [L, n]];
      once.push(...loops(turns, [...lines, ...listed.tables.map(({ placeholder, scalar }) => `${placeholder}[${at}] = ${w.nameOf(scalar.name, true)};`)]));
    }
    const outer = write(plan.steps.filter((s) => inner.has(s) && !innermost.has(s)), declarations);
    const middle = write(plan.steps.filter((s) => innermost.has(s)), declarations);
    const made: string[] = [...once, ...declarations];
    if (inner.size > 0) {
      if (dense.length === 0) made.push(`${names.out}.fill(0);`);
      const deltas = sparse.flatMap((t) => { const d = deltaOf(t.arg); const [row, col] = [d?.row ?? i, d?.column ?? j]; return within(row, col, store(ex.sum([t], shape), row, col, '+=')); });
      made.push(...around(i, j, [], [...(dense.length > 0 ? within(i, j, store(sparse.length > 0 ? ex.sum(dense, shape) : result, i, j, '=')) : []), ...deltas], middle, outer));
    } else if (sparse.length === 0) made.push(...around(i, j, [], store(result, i, j, '='), middle, outer));
    else {
      if (dense.length > 0) made.push(...around(i, j, [], store(ex.sum(dense, shape), i, j, '=')));
      else made.push(`${names.out}.fill(0);`);
      for (const t of sparse) {
        const delta = deltaOf(t.arg);
        if (!delta) continue;
        const [row, col] = [delta.row ?? i, delta.column ?? j];
        const set = [delta.row, delta.column].filter((x) => x !== undefined);
        // What is added at one index alone needs no loop; the function has checked that the index exists.
        const { term, places } = pinned(ex, t, [k, l].filter((x): x is Literal => x.kind === 'literal' && !set.includes(x.text)));
        made.push(...around(row, col, [...set, ...places.keys()], store(ex.sum([term], shape), row, col, '+=', [places.get(K) ?? K, places.get(L) ?? L])));
      }
    }
    before.push(...made.map((line) => line.replace(/\bK__\b/g, kName).replace(/\bL__\b/g, lName).replace(/\bTABLE\d+__/g, (name) => tables.get(name) ?? name)));
  };
  const slots = plan.steps.reduce((count, s) => count + outsOf(s).length, 0);
  const turns = mulDim(rows, cols);
  const entries = mulDim(mulDim(shape.rows, shape.cols), turns);
  /** What a term adds, at each entry where it is not 0. */
  const added = (t: Term): Dim => {
    const { row, column: col } = deltaOf(t.arg) ?? {};
    const places = mulDim(row === undefined ? shape.rows : D1, mulDim(col === undefined ? shape.cols : D1, turns));
    return scaleDim(places, 1 + entryFlops(ex.sum([t], shape)));
  };
  const filled = sparse.length === 0 ? scaleDim(entries, entryFlops(result) * (halved ? 0.5 : 1)) : scaleDim(entries, dense.length > 0 ? entryFlops(ex.sum(dense, shape)) : 0);
  const flops = plan.steps.reduce((sum, s) => addDim(sum, changing.has(s) ? mulDim(s.flops, turns) : s.flops), sparse.reduce((sum, t) => addDim(sum, added(t)), filled));
  return { plan: { ...plan, flops }, finish, text };
}

/** A vector by a vector: the matrix itself, made by products. */
export function asMatrix(ex: Exprs, facts: Facts, map: LinearMap, leaves: ReadonlyMap<string, Expr>, form: (e: Expr) => Expr = (e) => e): Expr | undefined {
  const d = map.direction.shape;
  const f = map.node.shape;
  if (isScalar(d) || !(isOne(d.rows) || isOne(d.cols)) || !(isOne(f.rows) || isOne(f.cols))) return undefined;
  const E = ex.leaf('E__', { rows: isOne(d.cols) ? d.rows : d.cols, cols: D1 }, new Set(), true);
  const direction = isOne(d.cols) ? E : ex.transpose(E);
  const lowered = createLowering(ex, facts, (s) => (s === map.direction ? direction : leaves.get(s.name)))(map.node);
  const matrix = jacobianMatrix(ex, lowered, E);
  return matrix && form(matrix);
}

/**
 * Where numbers are all that changes from column to column: they are computed first, into one array each, so that the loops over
 * the columns can be the inner ones, which write memory in order, and what is added at few places stays apart.
 */
function listScalars(ex: Exprs, plan: Plan, changing: ReadonlySet<Step>, [k, l]: readonly [Expr, Expr], { rows, cols }: Shape): { readonly result: Expr; readonly tables: readonly { readonly placeholder: string; readonly scalar: Leaf }[] } | undefined {
  if (changing.size === 0 || ![...changing].every((s) => s.kind === 'scalar')) return undefined;
  const read = leavesOf(plan.result);
  const wanted = [...changing].map((s) => s.out).filter((leaf) => read.has(leaf));
  let { result } = plan;
  const tables = wanted.map((scalar, at) => {
    const placeholder = `TABLE${at}__`;
    const table = ex.leaf(placeholder, { rows, cols }, new Set(), true);
    const entry = [...(isOne(rows) ? [] : [ex.transpose(ex.unit(k, rows))]), table, ...(isOne(cols) ? [] : [ex.unit(l, cols)])];
    result = substitute(ex, result, scalar, ex.product(entry));
    return { placeholder, scalar };
  });
  return { result, tables };
}

/** Elementwise products with a sum that holds deltas, multiplied out. */
function expand(ex: Exprs, e: Expr): Expr {
  if (e.kind === 'sum') return ex.sum(e.terms.map((t) => ({ coefficient: t.coefficient, arg: expand(ex, t.arg) })), e.shape);
  if (e.kind !== 'times') return e;
  const at = e.powers.findIndex((p) => isOneQ(p.exponent) && p.base.kind === 'sum' && p.base.terms.some((t) => deltaOf(t.arg)));
  const found = e.powers[at];
  if (!found || found.base.kind !== 'sum') return e;
  const rest = e.powers.filter((_, k) => k !== at);
  return ex.sum(found.base.terms.map((t) => ({ coefficient: t.coefficient, arg: ex.times([...rest, { base: t.arg, exponent: ONE }], e.shape) })), e.shape);
}

/** Factors that are 1 where an index of the row (or column) of F equals k or l, else 0: then loops fall away. */
interface Deltas { readonly row?: string; readonly column?: string }
function deltaOf(e: Expr): Deltas | undefined {
  const unitIn = (segment: readonly Expr[], turned: boolean): string | undefined => {
    const rest = segment.filter((f) => f.kind !== 'diag');
    const [only] = rest;
    const unit = turned ? (only?.kind === 'transpose' ? only.arg : undefined) : only;
    return rest.length === 1 && unit?.kind === 'unit' && unit.index.kind === 'literal' ? unit.index.text : undefined;
  };
  const both = (a: Deltas | undefined, b: Deltas | undefined): Deltas | undefined => (a && b ? { ...b, ...a } : a ?? b);
  switch (e.kind) {
    case 'unit': case 'transpose': case 'product': {
      const factors = e.kind === 'product' ? e.factors : [e];
      const cut = factors.findIndex((f) => isOne(f.shape.cols));
      const left = cut < 0 ? [] : factors.slice(0, cut + 1);
      const right = isOne(factors[0]?.shape.rows ?? D1) ? factors : cut < 0 ? [] : factors.slice(cut + 1);
      const row = isOne(e.shape.rows) ? undefined : unitIn(left, false);
      const column = isOne(e.shape.cols) ? undefined : unitIn(right, true);
      return row === undefined && column === undefined ? undefined : { ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) };
    }
    case 'times': return e.powers.reduce<Deltas | undefined>((found, p) => (isOneQ(p.exponent) ? both(found, deltaOf(p.base)) : found), undefined);
    case 'map': return MASKS.has(e.fn) && e.args[0] ? deltaOf(e.args[0]) : undefined;
    default: return undefined;
  }
}

/** A term that is 0 but where an index of the column has one value (a factor e_3'*e_k): the term there, and that value by the index's name. */
function pinned(ex: Exprs, t: Term, indices: readonly Literal[]): { readonly term: Term; readonly places: ReadonlyMap<string, string> } {
  const places = new Map<string, string>();
  let term = t;
  for (const index of indices) {
    const pick = [t.coefficient, t.arg].map((e) => pickOf(ex, e, index)).find((x) => x !== undefined);
    if (!pick) continue;
    const [pair, value] = pick;
    const there = substitute(ex, substitute(ex, ex.sum([term], t.arg.shape), pair, ex.number(1)), index, value);
    const only = there.kind === 'sum' && there.terms.length === 1 ? there.terms[0] : undefined;
    term = only ?? { coefficient: ex.number(1), arg: there };
    places.set(index.text, String(value.value.n));
  }
  return { term, places };
}
/** A factor of the whole that is 1 where the index has a value and 0 elsewhere: the product of the two unit vectors, and the value. */
function pickOf(ex: Exprs, e: Expr, index: Literal): readonly [pair: Expr, value: Num] | undefined {
  switch (e.kind) {
    case 'product': {
      for (let k = 0; k + 1 < e.factors.length; k++) {
        const [left, right] = [e.factors[k], e.factors[k + 1]];
        const [a, b] = [left?.kind === 'transpose' ? left.arg : undefined, right];
        if (a?.kind !== 'unit' || b?.kind !== 'unit') continue;
        const value = a.index === index ? b.index : b.index === index ? a.index : undefined;
        if (value?.kind === 'number') return e.factors.length === 2 ? [e, value] : undefined;
      }
      return undefined;
    }
    case 'times': for (const p of e.powers) { const found = isOneQ(p.exponent) ? pickOf(ex, p.base, index) : undefined; if (found) return found; }
      return undefined;
    case 'sum': { const [t] = e.terms; return e.terms.length === 1 && t ? pickOf(ex, t.coefficient, index) ?? pickOf(ex, t.arg, index) : undefined; }
    default: return undefined;
  }
}

const READ = /[\p{ID_Continue}$]+\[[^[\]]*\]/gu;
/** All that is assigned, where it is a product of reads and numbers. */
const FACTORS = /(?<== )-?\(*(?:[\p{ID_Continue}.$]+(?:\[[^[\]]*\])?)(?:\)* \* \(*(?:[\p{ID_Continue}.$]+(?:\[[^[\]]*\])?))+\)*(?=;$)/u;

/** What a product holds that the innermost index does not change is taken out of that loop. */
const entryFlops = (e: Expr): number => (e.kind === 'sum' && e.terms.length > 1 ? flopsAnEntry(e) : Math.min(1, flopsAnEntry(e)));

type Turn = readonly [name: string, turns: string];
const plainName = (text: string): boolean => /^[\p{ID_Continue}]+$/u.test(text);
const wrap = (text: string): string => (/^[\p{ID_Continue}.$]+$/u.test(text) ? text : `(${text})`);
/** `major * size + minor` where neither is a single turn. */
const flat = (major: string, size: string, minor: string, majorTurns: string): string => {
  if (size === '1') return majorTurns === '1' ? '0' : major;
  if (majorTurns === '1' || major === '0') return minor;
  const start = major === '1' ? wrap(size) : `${major} * ${wrap(size)}`;
  return minor === '0' ? start : `${start} + ${minor}`;
};
function loops(list: readonly Turn[], content: readonly string[]): readonly string[] {
  let lines = [...content];
  for (const [name, turns] of [...list].reverse()) {
    if (turns === '1') continue;
    const head = `for (let ${name} = 0; ${name} < ${turns}; ${name}++)`;
    const [only] = lines;
    lines = lines.length === 1 && only !== undefined && !only.startsWith('for') ? [`${head} ${only}`] : [`${head} {`, ...lines.map((x) => `  ${x}`), '}'];
  }
  return lines;
}
