/**
 * Jacobians and Hessians by a matrix W of what is made row by row of X*W (softmax regression, layers): dF = A*R(B*E), where R takes each
 * row by itself. The entries by columns l of W and j of F are then one product, A*diag(s)*B with s = R(ones*e_l')*e_j, half of one where
 * A is B', and none for l and j apart where R works entry by entry; column by column of W would be a product with A each.
 */
import { D1, addDim, isOne, isScalar, mulDim, scaleDim, SCALAR, shape, type Dim, type Shape } from '../algebra/dim';
import { isOneQ } from '../algebra/rational';
import { cheapestPlan } from './alternatives';
import { flopsOf, type Sizes } from './cost';
import { oneColumnEach } from './dyads';
import type { FunctionSpec } from './emit-function';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import { varyingSteps } from './jacobian-steps';
import { outsOf } from './memory';
import { onceEach } from './once-each';
import type { Plan } from './plan';

/** dF = left*R(right*E) + own*E. */
interface Rowwise {
  readonly left: Expr;
  readonly right: Expr;
  /** R of a matrix in the place of right*E. */
  readonly rows: (N: Expr) => Expr;
  readonly isEntrywise: boolean;
  readonly own: Expr | undefined;
}

function rowwise(ex: Exprs, dF: Expr, E: Expr): Rowwise | undefined {
  const leaf = E.kind === 'transpose' ? E.arg : E;
  const depends: (e: Expr) => boolean = onceEach((e) => e === E || e === leaf || childrenOf(e).some(depends));
  const terms = dF.kind === 'sum' ? dF.terms : [{ coefficient: ex.number(1), arg: dF }];
  if (terms.some((t) => depends(t.coefficient) || !depends(t.arg))) return undefined;
  const owns = terms.filter((t) => t.arg === E);
  const rest = terms.filter((t) => t.arg !== E).map((t) => {
    const factors = t.arg.kind === 'product' ? t.arg.factors : [];
    const at = factors.findIndex(depends);
    return { coefficient: t.coefficient, factors, at, f: factors[at] as Expr };
  });
  // What stands behind R takes a column of it to several, which costs less than blocks.
  if (rest.some((t) => t.at < 1 || isScalar(t.f.shape) || t.factors.length > t.at + 1)) return undefined;
  const right = rightOf(rest.map((t) => t.f), E, depends);
  if (!right) return undefined;
  let isEntrywise = true;
  const areDiagonal = (list: readonly Expr[]): boolean => list.every((f) => f.kind === 'diag');
  const put = (N: Expr): ((x: Expr) => Expr | undefined) => {
    const go: (x: Expr) => Expr | undefined = onceEach((x) => {
      switch (x.kind) {
        case 'sum': {
          const made = x.terms.map((t) => ({ coefficient: t.coefficient, arg: depends(t.coefficient) || !depends(t.arg) ? undefined : go(t.arg) }));
          return made.every((t) => t.arg !== undefined) ? ex.sum(made.map((t) => ({ coefficient: t.coefficient, arg: t.arg as Expr })), x.shape) : undefined;
        }
        case 'times': {
          const [p, ...more] = x.powers.filter((q) => depends(q.base));
          const inner = p && more.length === 0 && isOneQ(p.exponent) && !isScalar(x.shape) ? go(p.base) : undefined;
          return inner && ex.times(x.powers.map((q) => (q === p ? { base: inner, exponent: q.exponent } : q)), x.shape);
        }
        case 'diag': { const inner = go(x.arg); return inner && ex.diag(inner); }
        case 'product': {
          const at = x.factors.findIndex(depends);
          const [f, after] = [x.factors[at], x.factors.slice(at + 1)];
          if (!f || after.some(depends) || x.shape.rows.key !== right.shape.rows.key) return undefined;
          const width = f === E ? before(right).length : 0;
          const scales = x.factors.slice(0, at - width);
          const inner = f !== E ? go(f) : ex.product(x.factors.slice(at - width, at)) === right ? N : undefined;
          if (!inner || !areDiagonal(scales)) return undefined;
          if (after.length > 0) isEntrywise = false;
          return ex.product([...scales, inner, ...after], x.shape.rows);
        }
        default: return undefined;
      }
    });
    return go;
  };
  /** A and what follows it; scales of rows that stand between are R's. */
  const parts = rest.map((t) => {
    const width = t.f === E ? before(right).length : 0;
    const ahead = t.factors.slice(0, t.at - width);
    const cut = ahead.length - [...ahead].reverse().findIndex((f) => f.kind !== 'diag');
    return { ...t, left: cut > ahead.length ? undefined : ex.product(ahead.slice(0, cut)), after: ex.product(t.factors.slice(cut)) };
  });
  const left = parts[0]?.left;
  if (!left || parts.some((t) => t.left !== left)) return undefined;
  const rows = (N: Expr): Expr | undefined => {
    const go = put(N);
    const made = parts.map((t) => ({ coefficient: t.coefficient, arg: go(t.after) }));
    return made.every((t) => t.arg !== undefined) ? ex.sum(made.map((t) => ({ coefficient: t.coefficient, arg: t.arg as Expr })), shape(right.shape.rows, dF.shape.cols)) : undefined;
  };
  if (!rows(ex.product([right, E]))) return undefined;
  return { left, right, rows: (N) => rows(N) as Expr, isEntrywise, own: owns.length > 0 ? ex.sum(owns.map((t) => ({ coefficient: ex.number(1), arg: t.coefficient })), SCALAR) : undefined };
}
const before = (right: Expr): readonly Expr[] => (right.kind === 'product' ? right.factors : [right]);

/** The B of the first B*E within. */
function rightOf(roots: readonly Expr[], E: Expr, depends: (e: Expr) => boolean): Expr | undefined {
  const seen = new Set<Expr>();
  const visit = (e: Expr): Expr | undefined => {
    if (seen.has(e) || !depends(e)) return undefined;
    seen.add(e);
    if (e.kind === 'product' && e.factors.includes(E)) {
      const ahead = e.factors.slice(0, e.factors.indexOf(E));
      const only = ahead.filter((f) => f.kind !== 'diag');
      return only.length === 1 ? only[0] : undefined;
    }
    for (const c of childrenOf(e)) { const found = visit(c); if (found) return found; }
    return undefined;
  };
  for (const r of roots) { const found = visit(r); if (found) return found; }
  return undefined;
}

/** The index of a column of W, until the emitter knows which names are free. */
const L = 'L__';

/** `dF` holds the leaf E; the plan makes the arrays, `finish` the blocks. Undefined where dF is not of this kind, as it stands or transposed. */
export function tabulateByRows(ex: Exprs, facts: Facts, sizes: Sizes, dF: Expr, E: Expr, vec: 'column' | 'row', beside: readonly Expr[] = []): { readonly plan: Plan; readonly finish: NonNullable<FunctionSpec['finish']> } | undefined {
  if ([dF, E].some((e) => isOne(e.shape.rows) || isOne(e.shape.cols))) return undefined;
  const straight = rowwise(ex, dF, E);
  const found = straight ?? turnedRowwise(ex, dF, E);
  if (!found) return undefined;
  const flip = (s: Shape): Shape => (straight ? s : { rows: s.cols, cols: s.rows });
  const [F, X] = [flip(dF.shape), flip(E.shape)];
  const column = (vec === 'column') === (straight !== undefined);
  const l = ex.literal(L);
  const M = found.right.shape.rows;
  const unit = ex.unit(l, X.cols);
  const all = oneColumnEach(ex, found.rows(ex.product([ex.ones(shape(M, D1)), ex.transpose(unit)])));
  const S = found.isEntrywise ? oneColumnEach(ex, ex.product([all, unit])) : all;
  const [A, B] = [ex.transpose(found.left), found.right];
  const isSquare = A === B;
  const isHalved = isSquare && !found.isEntrywise && isSymmetric(ex, found, X);
  const varies: (e: Expr) => boolean = onceEach((e) => e === l || childrenOf(e).some(varies));
  const wanted = [A, B, found.own ?? ex.number(0), S];
  const made = cheapestPlan(ex, facts, sizes, ex.call('tuple', [...wanted, ...beside], SCALAR), { varies });
  const last = made.steps.find((s) => s.kind === 'kernel' && s.op === 'tuple');
  if (last?.kind !== 'kernel' || last.args.slice(0, 2).some((a) => a.kind !== 'leaf') || last.args[3]?.kind !== 'leaf') return undefined;
  const steps = made.steps.filter((s) => s !== last);
  const changing = varyingSteps(steps, [l]);
  const blockFlops = addDim(mulDim(M, X.rows), flopsOf(isSquare ? 1 : 2, mulDim(F.rows, M), X.rows));
  const blocks = found.isEntrywise ? X.cols : isHalved ? scaleDim(addDim(mulDim(X.cols, X.cols), X.cols), 0.5) : mulDim(F.cols, X.cols);
  const flops = steps.reduce<Dim>((sum, s) => addDim(sum, changing.has(s) ? mulDim(s.flops, X.cols) : s.flops), addDim(mulDim(blocks, blockFlops), found.own ? mulDim(F.rows, F.cols) : flopsOf(0, D1)));
  const slots = steps.reduce((n, s) => n + outsOf(s).length, 0);

  const finish: NonNullable<FunctionSpec['finish']> = (w, { before: lines, write }, names) => {
    const lName = names.local('l');
    const [p, q, m, n, count] = [F.rows, F.cols, X.rows, X.cols, M].map(names.size) as [string, string, string, string, string];
    const declarations: string[] = [];
    const once = write(steps.filter((s) => !changing.has(s)));
    const each = write(steps.filter((s) => changing.has(s)), declarations);
    const nameOf = (at: number): string => { const a = last.args[at]; return a?.kind === 'leaf' ? w.nameOf(a.name, a.local) : ''; };
    const [a, b, s] = [nameOf(0), nameOf(1), nameOf(3)];
    const [scaled, block] = [names.local('G'), names.local('C')];
    const [i, j, k, t, row] = [names.free('i'), found.isEntrywise ? lName : names.free('j'), names.free('k'), names.free('t'), names.free('row')];
    const times = (x: string, y: string): string => `${x} * ${/^[\w$]+$/.test(y) ? y : `(${y})`}`;
    const width = names.size(mulDim(X.rows, X.cols));
    /** Where the entries of block (row i, column j of F; column l of W) start, and what lies between two of them. */
    const start = (j_: string, l_: string): string => (column ? `${times(`(${times(j_, p)} + ${i})`, width)} + ${times(l_, m)}` : `${times(`(${times(i, q)} + ${j_})`, width)} + ${l_}`);
    const at = column ? k : times(k, n);
    const c = found.own === undefined ? '' : names.local('c');
    const own = found.own === undefined ? [] : [`const ${c} = ${w.scalar(last.args[2] as Expr, once)};`];
    const mirror = isHalved ? names.free('mirror') : undefined;
    const value = `${block}[${times(i, m)} + ${k}]`;
    const content = [
      `for (let ${i} = 0; ${i} < ${count}; ${i}++) {`,
      `  const ${t} = ${s}[${found.isEntrywise ? i : `${times(i, q)} + ${j}`}];`,
      `  for (let ${k} = 0; ${k} < ${m}; ${k}++) ${scaled}[${times(i, m)} + ${k}] = ${t} * ${b}[${times(i, m)} + ${k}];`,
      '}',
      isSquare ? `${names.use('multiplyTNSym')}(${b}, ${scaled}, ${block}, ${m}, ${count}); // ${block} = ${b}'*${scaled}` : `${names.use('multiplyTN')}(${a}, ${scaled}, ${block}, ${p}, ${count}, ${m}); // ${block} = ${a}'*${scaled}`,
      `for (let ${i} = 0; ${i} < ${p}; ${i}++) {`,
      `  const ${row} = ${start(j, lName)};`,
      ...(mirror === undefined ? [] : [`  const ${mirror} = ${start(lName, j)};`]),
      `  for (let ${k} = 0; ${k} < ${m}; ${k}++) ${names.out}[${row} + ${at}] = ${mirror === undefined ? '' : `${names.out}[${mirror} + ${at}] = `}${value};`,
      '}',
    ];
    const around = found.isEntrywise ? content : [`for (let ${j} = ${isHalved ? lName : '0'}; ${j} < ${q}; ${j}++) {`, ...content.map((x) => `  ${x}`), '}'];
    lines.push(...[
      ...once, ...declarations,
      `const ${scaled} = ${names.scratch(slots, times(count, m))};`,
      `const ${block} = ${names.scratch(slots + 1, times(p, m))};`,
      ...(found.isEntrywise ? [`${names.out}.fill(0);`] : []),
      `for (let ${lName} = 0; ${lName} < ${n}; ${lName}++) {`, ...[...each, ...around].map((x) => `  ${x}`), '}',
      ...own, ...(found.own === undefined ? [] : [`for (let ${i} = 0; ${i} < ${width}; ${i}++) ${names.out}[${times(i, width)} + ${i}] += ${c};`]),
    ].map((line) => line.replace(/\bL__\b/g, lName)));
  };
  return { plan: { steps, result: last.args[3], ...(beside.length > 0 ? { beside: last.args.slice(wanted.length) } : {}), flops }, finish };
}

/** The same of dF' as a function of E'. */
function turnedRowwise(ex: Exprs, dF: Expr, E: Expr): Rowwise | undefined {
  return rowwise(ex, ex.transpose(dF), ex.transpose(E));
}

/** Whether entries (l, j) and (j, l) of what R does to a row are the same: terms of l and j apart, and terms where they are one. */
function isSymmetric(ex: Exprs, { rows, right }: Rowwise, X: Shape): boolean {
  const entry = (from: string, to: string): Expr => {
    const [e, f] = [ex.unit(ex.literal(from), X.cols), ex.unit(ex.literal(to), X.cols)];
    const one = picked(ex, oneColumnEach(ex, rows(ex.product([ex.ones(shape(right.shape.rows, D1)), ex.transpose(e)]))), f);
    const turned = ex.transpose(e);
    // Where both indices are the same, so is what they choose.
    const isDelta = (x: Expr): boolean => x.kind === 'product' && x.factors.some((u, k) => u === turned && x.factors[k + 1] === f);
    const terms = one.kind === 'sum' ? one.terms : [{ coefficient: ex.number(1), arg: one }];
    return ex.sum(terms.filter((t) => !isDelta(t.arg) && !isDelta(t.coefficient)), one.shape);
  };
  return entry('J__', L) === entry(L, 'J__');
}
/** The column of an expression that a unit vector chooses. */
function picked(ex: Exprs, e: Expr, unit: Expr): Expr {
  const s = shape(e.shape.rows, D1);
  switch (e.kind) {
    case 'sum': return ex.sum(e.terms.map((t) => ({ coefficient: t.coefficient, arg: picked(ex, t.arg, unit) })), s);
    case 'times': return ex.times(e.powers.map((p) => ({ base: picked(ex, p.base, unit), exponent: p.exponent })), s);
    default: return ex.product([e, unit]);
  }
}
