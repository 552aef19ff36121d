/**
 * Jacobians of terms L*((U*E*V + …) .* D)*R: divided differences in an eigenbasis (Daleckii and Krein 1965), Sylvester equations.
 * Along e_k*e_l' the entries (i, k) for fixed j and l are the product L*(M + diag(d))*U with M_ab = U_al*D_ab*R_bj and
 * d_a = sum_b D_ab*V_lb*R_bj: one small product a block, written straight into its place.
 */
import { addDim, D1, isScalar, mulDim, SCALAR, type Dim, type Shape } from '../algebra/dim';
import { isOneQ } from '../algebra/rational';
import { cheapestPlan } from './alternatives';
import { flopsOf, type Sizes } from './cost';
import type { FunctionSpec } from './emit-function';
import { childrenOf, type Expr } from './expr';
import type { Exprs } from './exprs';
import type { Facts } from './facts';
import type { Plan } from './plan';

/** coefficient * left*E*right, or with E' where it is turned. */
interface Linear { readonly coefficient: Expr; readonly left: readonly Expr[]; readonly right: readonly Expr[]; readonly turned: boolean }
/** coefficient * left*(mask .* (the sum of the terms))*right. */
interface Masked { readonly coefficient: Expr; readonly left: readonly Expr[]; readonly right: readonly Expr[]; readonly mask: Expr; readonly terms: readonly Linear[] }
interface Terms { readonly linear: readonly Linear[]; readonly masked: readonly Masked[] }

/** Terms that an expression may fall into. */
const MOST_TERMS = 12;

/** e as terms that are linear in E; undefined where it is made otherwise. */
function termsOf(ex: Exprs, e: Expr, E: Expr): Terms | undefined {
  const memo = new Map<number, boolean>();
  const depends = (x: Expr): boolean => {
    const known = memo.get(x.id);
    if (known !== undefined) return known;
    const made = x === E || childrenOf(x).some(depends);
    memo.set(x.id, made);
    return made;
  };
  const go = (x: Expr): Terms | undefined => {
    if (x === E || (x.kind === 'transpose' && x.arg === E)) return { linear: [{ coefficient: ex.number(1), left: [], right: [], turned: x !== E }], masked: [] };
    switch (x.kind) {
      case 'sum': {
        const linear: Linear[] = [];
        const masked: Masked[] = [];
        for (const t of x.terms) {
          const inner = depends(t.coefficient) ? undefined : go(t.arg);
          if (!inner) return undefined;
          const by = <T extends { readonly coefficient: Expr }>(u: T): T => ({ ...u, coefficient: ex.multiply(t.coefficient, u.coefficient) });
          linear.push(...inner.linear.map(by));
          masked.push(...inner.masked.map(by));
          if (linear.length + masked.length > MOST_TERMS) return undefined;
        }
        return { linear, masked };
      }
      case 'product': {
        const at = x.factors.findIndex(depends);
        const f = x.factors[at];
        if (!f || isScalar(x.shape) || x.factors.slice(at + 1).some(depends)) return undefined;
        const inner = go(f);
        const around = <T extends { readonly left: readonly Expr[]; readonly right: readonly Expr[] }>(u: T): T => ({ ...u, left: [...x.factors.slice(0, at), ...u.left], right: [...u.right, ...x.factors.slice(at + 1)] });
        return inner && { linear: inner.linear.map(around), masked: inner.masked.map(around) };
      }
      case 'times': {
        const own = x.powers.filter((p) => depends(p.base));
        const [p] = own;
        if (isScalar(x.shape) || own.length !== 1 || !p || !isOneQ(p.exponent)) return undefined;
        const inner = go(p.base);
        if (!inner || inner.masked.length > 0) return undefined;
        return { linear: [], masked: [{ coefficient: ex.number(1), left: [], right: [], mask: ex.times(x.powers.filter((q) => q !== p), x.shape), terms: inner.linear }] };
      }
      default: return undefined;
    }
  };
  return go(e);
}

/** The same for F' as a function of E', which is what stacked rows are. */
function transposedTerms(ex: Exprs, t: Terms): Terms {
  const turn = (list: readonly Expr[]): readonly Expr[] => [...list].reverse().map(ex.transpose);
  const linear = (u: Linear): Linear => ({ ...u, left: turn(u.right), right: turn(u.left) });
  return { linear: t.linear.map(linear), masked: t.masked.map((u) => ({ ...u, left: turn(u.right), right: turn(u.left), mask: ex.transpose(u.mask), terms: u.terms.map(linear) })) };
}

/** `dF` holds the leaf E; the plan makes the arrays, `finish` the blocks. Undefined where dF has no such term. */
export function tabulateBlocks(ex: Exprs, facts: Facts, sizes: Sizes, dF: Expr, E: Expr, vec: 'column' | 'row', beside: readonly Expr[] = []): { readonly plan: Plan; readonly finish: NonNullable<FunctionSpec['finish']> } | undefined {
  const found = termsOf(ex, dF, E);
  if (!found || found.masked.length === 0) return undefined;
  const { linear, masked } = vec === 'column' ? found : transposedTerms(ex, found);
  const flip = (s: Shape): Shape => (vec === 'column' ? s : { rows: s.cols, cols: s.rows });
  const [F, X] = [flip(dF.shape), flip(E.shape)];
  // Arrays that the loops read, each in the orientation in which k runs along its rows; undefined for an identity.
  const wanted: Expr[] = [];
  const want = (factors: readonly Expr[], turned = false): number | undefined => {
    if (factors.length === 0) return undefined;
    const e = ex.product(turned ? [...factors].reverse().map(ex.transpose) : factors);
    if (e.kind === 'identity') return undefined;
    if (!wanted.includes(e)) wanted.push(e);
    return wanted.indexOf(e);
  };
  const plans = masked.map((t) => {
    const [a, b] = [t.mask.shape.rows, t.mask.shape.cols];
    return {
      a, b, coefficient: want([t.coefficient]), L: want(t.left), R: want(t.right), D: want([t.mask]),
      // Straight: U is a×m and V n×b. Turned: U is a×n and V, stored transposed, b×m.
      terms: t.terms.map((u) => ({ turned: u.turned, coefficient: want([u.coefficient]), along: want(u.turned ? u.right : u.left, u.turned), across: want(u.turned ? u.left : u.right) })),
    };
  });
  const [first] = plans;
  // The small product needs every array; identities are left to the plain loops.
  if (!first || plans.some((t) => t.L === undefined || t.R === undefined || t.terms.some((u) => u.along === undefined || u.across === undefined))) return undefined;
  const shared = plans.every((t) => t.a.key === t.b.key && t.terms.every((u) => u.along === t.terms[0]?.along));
  if (!shared) return undefined;
  const rest = linear.map((u) => ({ turned: u.turned, coefficient: want([u.coefficient]), left: want(u.left), right: want(u.right, u.turned) }));
  const tuple = ex.call('tuple', [...wanted, ...beside], SCALAR);
  const made = cheapestPlan(ex, facts, sizes, tuple);
  const last = made.steps.find((s) => s.kind === 'kernel' && s.op === 'tuple');
  if (last?.kind !== 'kernel') return undefined;
  const steps = made.steps.filter((s) => s !== last);
  const turns = mulDim(F.cols, X.cols);
  const blockFlops = plans.reduce<Dim>((sum, t) => addDim(sum, addDim(flopsOf(2, t.a, t.a, X.rows), flopsOf(2, F.rows, t.a, X.rows))), mulDim(F.rows, D1));
  const flops = steps.reduce((sum, s) => addDim(sum, s.flops), mulDim(turns, blockFlops));
  const slots = steps.reduce((n, s) => n + (s.kind === 'kernel' ? Math.max(1, s.outs.length) : 1), 0);

  const finish: NonNullable<FunctionSpec['finish']> = (w, { before, write }, names) => {
    before.push(...write(steps));
    const [p, q, m, n] = [F.rows, F.cols, X.rows, X.cols].map(names.size) as [string, string, string, string];
    const width = names.size(mulDim(X.rows, X.cols));
    const lines: string[] = [];
    /** The text of a wanted value: an array's name, or a number. */
    const value = (at: number | undefined): string => {
      const arg = at === undefined ? undefined : last.args[at];
      return arg === undefined ? '' : arg.kind === 'leaf' && !isScalar(arg.shape) ? w.nameOf(arg.name, arg.local) : w.scalar(arg, before);
    };
    const times = (...list: readonly string[]): string => {
      const [sign, factors] = list[0] === '-1' ? ['-', list.slice(1)] : ['', list];
      return `${sign}${factors.filter((t) => t !== '' && t !== '1').map((t) => (/^[\p{ID_Continue}.$[\] +*]+$/u.test(t) && !/ \+ | - /.test(t.replace(/\[[^\]]*\]/g, '')) ? t : `(${t})`)).join(' * ') || '1'}`;
    };
    const at = (row: string, size: string, col: string): string => (size === '1' ? row : row === '0' ? col : `${row} * ${/^[\w$]+$/.test(size) ? size : `(${size})`}${col === '0' ? '' : ` + ${col}`}`);
    const [i, j, k, l, a, b] = ['i', 'j', 'k', 'l', 'a', 'b'].map(names.local) as [string, string, string, string, string, string];
    const [M, G, d, t_] = ['M', 'G', 'd', 'c'].map(names.local) as [string, string, string, string];
    const largest = names.size(first.a);
    before.push(`const ${M} = ${names.scratch(slots, `${largest} * ${largest}`)};`, `const ${G} = ${names.scratch(slots + 1, `${largest} * ${m}`)};`);
    const block = names.local('block');
    lines.push(`const ${block} = ${at(`${j} * ${p}`, width, `${l} * ${m}`)};`);
    plans.forEach((t, index) => {
      const size = names.size(t.a);
      const [L, R, D] = [value(t.L), value(t.R), value(t.D)];
      const entry = (x: string, row: string, cols: string, col: string): string => `${x}[${at(row, cols, col)}]`;
      const straight = t.terms.filter((u) => !u.turned);
      const turned = t.terms.filter((u) => u.turned);
      const common = `${D}[${at(a, size, b)}] * ${entry(R, b, q, j)}`;
      lines.push(`for (let ${a} = 0; ${a} < ${size}; ${a}++) {`, ...(straight.length > 0 ? [`  let ${d} = 0;`] : []), `  for (let ${b} = 0; ${b} < ${size}; ${b}++) {`, `    const ${t_} = ${times(value(t.coefficient), common)};`,
        ...straight.map((u) => `    ${d} += ${times(value(u.coefficient), entry(value(u.across), l, size, b))} * ${t_};`),
        `    ${M}[${at(a, size, b)}] = ${turned.map((u) => `${times(value(u.coefficient), entry(value(u.across), a, n, l))} * ${t_}`).join(' + ') || '0'};`, '  }',
        ...(straight.length > 0 ? [`  ${M}[${a} * (${size} + 1)] += ${d};`] : []), '}');
      lines.push(`${names.use('multiply')}(${M}, ${value(t.terms[0]?.along)}, ${G}, ${size}, ${size}, ${m});`);
      lines.push(`${names.use(index === 0 ? 'multiplyBlock' : 'multiplyBlockAdd')}(${L}, ${G}, ${names.out}, ${p}, ${size}, ${m}, ${block}, ${width});`);
    });
    for (const u of rest) {
      const c = value(u.coefficient);
      const [left, right] = [value(u.left), value(u.right)];
      const put = (row: string, col: string, text: string): string => `${names.out}[${block} + ${at(row, width, col)}] += ${text};`;
      if (!u.turned) {
        const by = right === '' ? '' : `${right}[${at(l, q, j)}]`;
        const guard = right === '' ? `if (${l} === ${j}) ` : '';
        if (left === '') lines.push(`${guard}for (let ${i} = 0; ${i} < ${p}; ${i}++) ${put(i, i, times(c, by))}`);
        else lines.push(`${guard}for (let ${i} = 0; ${i} < ${p}; ${i}++) for (let ${k} = 0; ${k} < ${m}; ${k}++) ${put(i, k, times(c, `${left}[${at(i, m, k)}]`, by))}`);
      } else {
        const by = right === '' ? '' : `${right}[${at(j, m, k)}]`;
        const inner = right === '' ? put(i, j, times(c, left === '' ? '' : `${left}[${at(i, n, l)}]`)) : `for (let ${k} = 0; ${k} < ${m}; ${k}++) ${put(i, k, times(c, left === '' ? '' : `${left}[${at(i, n, l)}]`, by))}`;
        if (left === '') lines.push(`{`, `  const ${i} = ${l};`, `  ${inner}`, '}');
        else lines.push(`for (let ${i} = 0; ${i} < ${p}; ${i}++) ${inner}`);
      }
    }
    before.push(`for (let ${j} = 0; ${j} < ${q}; ${j}++) {`, `  for (let ${l} = 0; ${l} < ${n}; ${l}++) {`, ...lines.map((x) => `    ${x}`), '  }', '}');
  };
  return { plan: { steps, result: last.args.find((x) => x.kind === 'leaf' && x.local) ?? ex.number(0), ...(beside.length > 0 ? { beside: last.args.slice(wanted.length) } : {}), flops }, finish };
}
