/**
 * From an expression to a plan. Values are keyed by expression, and a value and its transpose are one entry, so what is there
 * is never computed twice. Sums go into the epilogues of products, elementwise work into as few loops as possible.
 */
import { D0, D1, isOne, isScalar, scaleDim, SCALAR, shape, addDim, type Dim, type Shape } from '../algebra/dim';
import { ONE } from '../algebra/rational';
import { createChainSearch, gemmFlops, turned, type Tree } from './chain';
import { area, flopsOf, type Sizes } from './cost';
import { flopsAnEntry, loopFlops } from './entry-flops';
import type { Expr, Leaf, Term } from './expr';
import { isDiagonalMatrix } from './entry-loops';
import type { Exprs } from './exprs';
import { isBand, isNumberOne, wordsOf, type Facts } from './facts';
import { callFlops, callParts } from './calls';
import { transcendental } from './maps';
import { LEFT, RIGHT, type Plan, type PlanOptions, type Step } from './plan';
import { inverseSteps } from './inverse-steps';
import { createSolves } from './solve-steps';
import { partOf, readsAcross, repeats, sumAcross } from './orientation';
import { countUses, inputsLast, isCostly, isMinus, isSimple, LONGEST_PARTIAL, mayVanish, operations, REPEATED, segmentsIn } from './weigh';

/** Plans the value of `e`; the result is an array that `out` may hold, or a scalar. */
export function planExpression(ex: Exprs, facts: Facts, sizes: Sizes, e: Expr, options: PlanOptions = {}): Plan {
  const steps: Step[] = [];
  const stored = new Map<number, Leaf>();
  const uses = countUses(ex, e);
  const search = createChainSearch(ex, facts, sizes, options.varies);
  const one = ex.number(1);
  const isSegment = options.keepsSegments ? segmentsIn(ex, e) : (): boolean => false;
  let count = 0;

  const isLeaf = (x: Expr): x is Leaf => x.kind === 'leaf';
  const isVectorShape = (x: Expr): boolean => isOne(x.shape.rows) || isOne(x.shape.cols);
  const lookup = (x: Expr): Expr | undefined => {
    if (isLeaf(x) || (x.kind === 'transpose' && isLeaf(x.arg))) return x;
    const direct = stored.get(x.id);
    if (direct) return direct;
    const turned = stored.get(ex.transpose(x).id);
    return turned && ex.transpose(turned);
  };
  const isStored = (x: Expr): boolean => stored.has(x.id) || stored.has(ex.transpose(x).id);
  const usesOf = (x: Expr): number => uses.get(Math.min(x.id, ex.transpose(x).id)) ?? 0;
  const fresh = (value: Expr): Leaf => ex.leaf(`#${++count}`, value.shape, wordsOf(facts, value), true) as Leaf;
  const put = (step: Step): Leaf => {
    steps.push(step);
    if (!stored.has(step.value.id)) stored.set(step.value.id, step.out);
    return step.out;
  };

  /** The order of a product, once the matrices that it solves with are factored: what they are made of is there then. */
  const ordered = (x: Expr & { kind: 'product' }): Tree => {
    for (const f of x.factors) {
      if (f.kind !== 'inverse' || isStored(f) || isStored(x) || facts.triangle(f.arg) || f.arg.kind === 'leaf') continue;
      if (facts.definite(f.arg)) exact(ex.call('chol', [f.arg], f.arg.shape));
      else if (facts.isSymmetric(f.arg)) exact(ex.call('lu', [f.arg], f.arg.shape));
    }
    return search.product(x.factors, isStored);
  };

  /** An array or the transpose of one. */
  function array(x: Expr, asRow = false): Expr {
    const there = lookup(x);
    if (there) return there;
    // A row is a column to the machine, and one to the reader; of a call without a transposed form it is the transpose already.
    if (!asRow && isOne(x.shape.rows) && !isOne(x.shape.cols) && x.kind !== 'transpose' && ex.transpose(x).kind !== 'transpose') return ex.transpose(array(ex.transpose(x)));
    switch (x.kind) {
      case 'product': return build(ordered(x), asRow);
      case 'sum': { const across = asRow || options.lazyResult || isVectorShape(x) ? undefined : sumAcross(ex, x, lookup); return across ? ex.transpose(planSum(across, across.terms)) : planSum(x, x.terms); }
      case 'inverse': return inverseSteps(ex, facts, x, x.arg, { exact, kernel: (op, args, value, flops) => put({ kind: 'kernel', op, value, out: fresh(value), outs: [], parts: [], args, dims: [x.shape.rows], flops }) });
      case 'call': return planCall(x);
      case 'transpose': if (x.arg.kind === 'call') return ex.transpose(array(x.arg)); break;
      default: break;
    }
    const body = resolve(x, true);
    // Written as most of what it reads lies in memory.
    return !options.lazyResult && readsAcross(body) > 0 ? ex.transpose(loop(ex.transpose(x), ex.transpose(body))) : loop(x, body);
  }
  /** The array itself, not its transpose. */
  function exact(x: Expr): Leaf {
    const a = array(x, true);
    if (isLeaf(a)) return a;
    return loop(x, a);
  }
  function loop(value: Expr, body: Expr): Leaf {
    const half = !isVectorShape(body) && transcendental(body) && facts.isSymmetric(body);
    return put({ kind: 'loop', value, out: fresh(value), body, accumulate: false, diagonal: false, flops: scaleDim(loopFlops(body), half ? 0.5 : 1) });
  }

  /** The same expression over stored arrays, to be computed entry by entry. With `top`, x itself is not materialised. */
  function resolve(x: Expr, top = false): Expr {
    if (isScalar(x.shape)) return scalar(x);
    if (!top || x.kind === 'leaf') {
      const there = lookup(x);
      if (there) return there;
    }
    if (!top && shared(x)) return array(x);
    switch (x.kind) {
      case 'leaf': case 'identity': case 'ones': case 'zeros': case 'range': return x;
      case 'unit': return ex.unit(scalar(x.index), x.shape.rows);
      case 'transpose': return x.arg.kind === 'call' ? array(x) : ex.transpose(resolve(x.arg, top));
      case 'sum': return top || !x.terms.some((t) => isHeavyProduct(t.arg)) || isProductAndBroadcast(x) ? ex.sum(x.terms.map((t) => ({ coefficient: factor(t.coefficient), arg: resolve(t.arg) })), x.shape) : array(x);
      case 'times': {
        const part = partOf(ex, stored, x);
        if (part) return ex.multiply(part.array, resolve(ex.times(part.rest, x.shape)));
        const fixed = varying(x) ? x.powers.filter((p) => !varying(p.base)) : [];
        const apart = fixed.length > 0 && fixed.some((p) => p.exponent.n !== 1n || p.exponent.d !== 1n || operations(p.base) > 0);
        const rest = x.powers.filter((p) => !apart || !fixed.includes(p)).map((p) => ({ base: resolve(p.base), exponent: p.exponent }));
        return ex.times(apart ? [...rest, { base: array(ex.times(fixed, x.shape)), exponent: ONE }] : rest, x.shape);
      }
      case 'map': return ex.map(x.fn, x.args.map((a) => (isScaledProduct(a) ? ex.sum(a.terms.map((t) => ({ coefficient: factor(t.coefficient), arg: resolve(t.arg) })), a.shape) : resolve(a))), x.shape);
      case 'diag': return ex.diag(resolve(x.arg));
      case 'diagOf': return diagonal(x.arg);
      case 'product': return lazy(ordered(x));
      case 'inverse': case 'call': return array(x);
      case 'number': case 'literal': case 'size': case 'total': case 'trace': return scalar(x);
    }
  }
  /** Whether it changes from turn to turn of the caller's loop; what does not is worth an array of its own. */
  const varying = (x: Expr): boolean => options.varies?.(x) ?? false;
  /** Elementwise work that several loops would repeat. */
  const shared = (x: Expr): boolean => usesOf(x) > 1 && (transcendental(x) || operations(x) > REPEATED) && (x.kind === 'map' || x.kind === 'times' || x.kind === 'sum');
  /** A product beside what only repeats along rows or columns (a bias): the loop that needs the sum adds that. */
  const isProductAndBroadcast = (x: Expr & { kind: 'sum' }): boolean => {
    const [product, ...more] = x.terms.filter((t) => isHeavyProduct(t.arg));
    return product !== undefined && more.length === 0 && x.terms.length > 1 && usesOf(x) <= 1 && x.terms.every((t) => t === product || repeats(t.arg));
  };
  const isScaledProduct = (x: Expr): x is Expr & { kind: 'sum' } => x.kind === 'sum' && x.terms.length === 1 && usesOf(x) <= 1 && !isStored(x) && x.terms.every((t) => isHeavyProduct(t.arg)); // exp(c*A*B) scales as it reads
  const isHeavyProduct = (x: Expr): boolean => x.kind === 'product' && !isStored(x) && search.product(x.factors, isStored).kind !== 'loop';

  function diagonal(arg: Expr): Expr {
    const there = lookup(arg);
    if (!there && arg.kind === 'product' && search.product(arg.factors, isStored).kind !== 'loop') {
      const { left, right } = search.trace(arg.factors, isStored, 1);
      return resolve(ex.product([ex.multiply(left, ex.transpose(right)), ex.ones(shape(right.shape.rows, D1))]));
    }
    return ex.diagOf(there ?? resolve(arg));
  }

  /** A product over stored arrays, left as an expression where it needs no sum. */
  function lazy(tree: Tree): Expr {
    if (tree.kind !== 'loop') return tree.kind === 'factor' ? resolve(tree.value) : build(tree);
    return ex.product([lazySide(tree.left), lazySide(tree.right, !isOne(tree.value.shape.rows))], tree.value.shape.rows);
  }
  /** `again`: what a row holds is read in every row, so that roots and quotients get an array of their own. */
  function lazySide(tree: Tree, again = false): Expr {
    if (tree.kind === 'loop') return lazy(tree);
    if (tree.kind !== 'factor') return build(tree);
    const f = tree.value.kind === 'transpose' ? tree.value.arg : tree.value;
    if (again && !varying(f) && (f.kind === 'diag' ? isCostly(f.arg) : isOne(tree.value.shape.rows) && isCostly(tree.value))) return f.kind === 'diag' ? ex.diag(array(f.arg)) : array(tree.value);
    if (f.kind === 'diag' || f.kind === 'unit' || f.kind === 'range') return resolve(tree.value, true);
    return f.kind === 'ones' || isVectorShape(f) ? resolve(tree.value) : array(tree.value);
  }

  /** Computes a product as its tree says. */
  function build(tree: Tree, asRow = false): Expr {
    const there = lookup(tree.value);
    if (there) return there;
    if (isScalar(tree.value.shape)) return dotProduct(tree.value, tree);
    if (!asRow && isOne(tree.value.shape.rows)) return ex.transpose(build(turned(ex, tree)));
    switch (tree.kind) {
      case 'factor': case 'stored': return array(tree.value);
      case 'loop': return loop(tree.value, lazy(tree));
      case 'solve': case 'solveRight': return buildSolve(tree, one, tree.value);
      case 'multiply': return multiply(tree, one, ex.number(0), undefined, tree.value);
    }
  }

  function multiply(tree: Tree & { kind: 'multiply' }, alpha: Expr, beta: Expr, add: Leaf | undefined, value: Expr): Expr {
    const { left, right } = tree;
    if (isOnes(right.value) || isOnes(left.value)) {
      const along = isOnes(right.value) ? 'rows' : 'columns';
      const body = along === 'rows' ? lazyValue(left) : lazyValue(right);
      const out = put({ kind: 'reduce', value: tree.value, out: fresh(tree.value), body, along, flops: loopFlops(body, 1) });
      return isNumberOne(alpha) && !add ? out : loop(value, ex.sum([{ coefficient: alpha, arg: out }, ...(add ? [{ coefficient: beta, arg: add }] : [])], value.shape));
    }
    const [a, b] = [build(left), build(right)];
    const symmetric = facts.isSymmetric(tree.value) && !isVectorShape(tree.value) && (!add || facts.isSymmetric(add));
    const flops = gemmFlops(a.shape.rows, a.shape.cols, b.shape.cols, symmetric);
    const band = !add && isNumberOne(alpha) && (isBand(a) ? 'bandLeft' : isBand(b) ? 'bandRight' : undefined);
    if (band) return put({ kind: 'product', value, out: fresh(value), a, b, alpha, beta, add, symmetric: false, structure: band, flops: flopsOf(6, area(value.shape)) });
    const triangular = !symmetric && !add && isNumberOne(alpha) && !isVectorShape(tree.value) && b.kind !== 'transpose' ? LEFT[facts.triangle(a.kind === 'transpose' ? a.arg : a) ?? 'none'] : undefined;
    const byTriangle = !triangular && !symmetric && !add && isNumberOne(alpha) && isLeaf(a) && !isVectorShape(tree.value) ? RIGHT[facts.triangle(b.kind === 'transpose' ? b.arg : b) ?? 'none'] : undefined;
    if (a.kind === 'transpose' && b.kind === 'transpose' && !symmetric && !isVectorShape(a) && !isVectorShape(b)) {
      if (!add && isNumberOne(alpha)) {
        const turned = ex.transpose(value);
        return ex.transpose(put({ kind: 'product', value: turned, out: fresh(turned), a: b.arg, b: a.arg, alpha, beta, add, symmetric, structure: undefined, flops }));
      }
      return put({ kind: 'product', value, out: fresh(value), a: loop(left.value, a), b, alpha, beta, add, symmetric, structure: undefined, flops });
    }
    return put({ kind: 'product', value, out: fresh(value), a, b, alpha, beta, add, symmetric, structure: triangular ?? byTriangle, flops: triangular || byTriangle ? flopsOf(0.5, flops) : flops });
  }
  // A row or a column of ones sums; a whole matrix of ones is a factor like any other.
  const isOnes = (x: Expr): boolean => x.kind === 'ones' && isVectorShape(x);
  const lazyValue = (tree: Tree): Expr => (tree.kind === 'factor' ? resolve(tree.value) : tree.kind === 'loop' ? lazy(tree) : build(tree));

  function buildSolve(tree: Tree & { kind: 'solve' | 'solveRight' }, alpha: Expr, value: Expr): Expr {
    if (tree.inverse.kind !== 'inverse') return array(value);
    if (tree.kind === 'solveRight') {
      const turned = ex.transpose(value);
      const { left } = tree;
      const factor_ = tree.inverse.arg;
      if (factor_.kind === 'call' && factor_.op === 'chol' && left.kind === 'solveRight' && left.inverse.kind === 'inverse' && left.inverse.arg === ex.transpose(factor_) && !lookup(left.value)) {
        return ex.transpose(solveBy('cholesky', exact(factor_), undefined, ex.transpose(build(left.left)), alpha, turned));
      }
      const right = ex.transpose(build(left));
      return ex.transpose(solve(ex.transpose(tree.inverse.arg), right, alpha, turned));
    }
    const [right, m] = [tree.right, tree.inverse.arg];
    const l = m.kind === 'transpose' ? m.arg : undefined;
    if (l && l.kind === 'call' && l.op === 'chol' && right.kind === 'solve' && right.inverse.kind === 'inverse' && right.inverse.arg === l && !lookup(right.value)) {
      return solveBy('cholesky', exact(l), undefined, rightSide(right.right), alpha, value);
    }
    if (right.kind === 'factor' && right.value.kind === 'inverse') {
      if (l && right.value.arg === l && l.kind === 'call' && l.args[0]) {
        const inverse = array(ex.inverse(l.args[0]));
        return isNumberOne(alpha) ? inverse : loop(value, ex.scale(alpha, inverse));
      }
    }
    return solve(m, rightSide(right), alpha, value);
  }
  const rightSide = (t: Tree): Expr => (t.kind === 'factor' && t.value.kind === 'sum' ? array(t.value, true) : build(t)); // solved in place, so as it is
  const { solve, solveBy } = createSolves(ex, facts, { array, exact, stored, lookup, put: (step) => put({ ...step, out: fresh(step.value) }) });

  function planCall(value: Expr & { kind: 'call' }): Leaf {
    const positive = value.op === 'nonnegativeSpectrum' ? stored.get(ex.call('positiveSpectrum', value.args, value.shape).id) : undefined;
    if (positive) return positive;
    if (value.op === 'unitVector' && value.args[0]) return loop(value, ex.scale(ex.power(scalar(ex.call('norm', value.args, SCALAR)), -1), array(value.args[0])));
    const wide = value.op === 'rowMax' && value.args[0] ? array(value.args[0]) : undefined;
    const down = wide?.kind === 'transpose' && isLeaf(wide.arg) ? wide.arg : undefined; // the largest of columns, where they lie
    const args = down ? [down] : value.args.map((a) => (isScalar(a.shape) ? scalar(a) : exact(a)));
    const parts = callParts(value.op, value.args, value.shape);
    if (!parts) return put({ kind: 'kernel', op: down ? 'colMax' : value.op, value, out: fresh(value), outs: [], parts: [], args, dims: value.dims, flops: callFlops(value) });
    const values = parts.map((s, i) => ex.call(value.op, value.args, s, value.dims, i));
    const outs = values.map(fresh);
    values.forEach((v, i) => stored.set(v.id, outs[i] as Leaf));
    steps.push({ kind: 'kernel', op: value.op, value: values[0] as Expr, out: outs[0] as Leaf, outs, parts: values, args, dims: value.dims, flops: callFlops(value) });
    return outs[value.part] as Leaf;
  }

  /** A sum of arrays: products go into each other's epilogues, the rest into one loop. */
  function planSum(value: Expr, terms: readonly Term[]): Expr {
    const heavy: { term: Term }[] = [];
    const light: Term[] = [];
    const [only] = terms;
    const scaled = terms.length === 1 && only && only.arg.kind === 'product' && usesOf(only.arg) <= 1 && !isStored(only.arg) ? planScaled(value, only, ordered(only.arg)) : undefined;
    if (scaled) return scaled;
    const keys = new Set(terms.map((t) => t.arg.id));
    for (const t of terms) {
      const alone = t.arg.kind === 'product' && usesOf(t.arg) <= 1 && !isSegment(t.arg) && !isStored(t.arg) && !(keys.has(ex.transpose(t.arg).id) && ex.transpose(t.arg) !== t.arg);
      const tree = alone && t.arg.kind === 'product' ? ordered(t.arg) : undefined;
      if (tree && tree.kind === 'multiply' && !isOnes(tree.left.value) && !isOnes(tree.right.value)) heavy.push({ term: t });
      else light.push(t);
    }
    if (heavy.length === 0 || terms.length === 1) return lightSum(value, light.length > 0 ? light : terms);
    const diagonals = light.filter((t) => t.arg.kind === 'identity' || t.arg.kind === 'diag');
    const plain = light.filter((t) => !diagonals.includes(t));
    const rest = resolved(plain, value.shape);
    const lateRest = plain.length > 0 && heavy.some((h) => facts.isSymmetric(h.term.arg)) && !facts.isSymmetric(rest);
    let done: Term[] = [];
    let current: Leaf | undefined;
    let beta: Expr = one;
    if (plain.length > 0 && !lateRest) {
      const t = rest.kind === 'sum' && rest.terms.length === 1 ? rest.terms[0] : { coefficient: one, arg: rest };
      if (t && isLeaf(t.arg)) { current = t.arg; beta = t.coefficient; }
      else current = loop(ex.sum(plain, value.shape), rest);
      done = [...plain];
    }
    /** What beta*current and these are together; of a sum that is long, the array itself stands for what it holds. */
    const partial = (...more: readonly Term[]): Expr => {
      if (done.length > LONGEST_PARTIAL && current) done = [{ coefficient: beta, arg: current }];
      done = [...done, ...more];
      return ex.sum(done, value.shape);
    };
    heavy.sort((a, b) => Number(isNumberOne(b.term.coefficient)) - Number(isNumberOne(a.term.coefficient)));
    const late: Term[] = [];
    for (const h of heavy) {
      // An earlier one may have left what this one is made of, or this one itself.
      const tree = isStored(h.term.arg) || h.term.arg.kind !== 'product' ? undefined : ordered(h.term.arg);
      if (tree?.kind !== 'multiply') { late.push(h.term); continue; }
      const alpha = scalar(h.term.coefficient);
      if (!current && !isNumberOne(alpha)) {
        current = exactOf(build(tree), h.term.arg);
        done = [h.term];
        beta = alpha;
        continue;
      }
      const sum = partial(h.term);
      current = exactOf(current ? multiply(tree, alpha, beta, current, sum) : multiply(tree, one, ex.number(0), undefined, sum), sum);
      beta = one;
    }
    if (!current) return lightSum(value, terms);
    if (!isNumberOne(beta)) { const sum = partial(); current = put({ kind: 'loop', value: sum, out: fresh(sum), body: ex.scale(beta, current), accumulate: true, diagonal: false, flops: area(value.shape) }); beta = one; }
    const over = (extra: readonly Term[], body: Expr, diagonal: boolean): void => {
      const sum = partial(...extra);
      const out = fresh(sum);
      put({ kind: 'loop', value: sum, out, body: ex.sum([{ coefficient: one, arg: current as Leaf }, { coefficient: one, arg: body }], value.shape), accumulate: true, diagonal, flops: diagonal ? scaleDim(value.shape.rows, 1 + flopsAnEntry(body)) : loopFlops(body, 1) });
      current = out;
    };
    if (lateRest) over(plain, rest, false);
    if (late.length > 0) over(late, ex.sum(late.map((t) => ({ coefficient: factor(t.coefficient), arg: resolve(t.arg) })), value.shape), false);
    const added = resolved(diagonals, value.shape);
    if (diagonals.length > 0) over(diagonals, added, isDiagonalMatrix(added));
    if (!stored.has(value.id)) stored.set(value.id, current);
    return current;
  }
  const exactOf = (a: Expr, value: Expr): Leaf => (isLeaf(a) ? a : loop(value, a));

  function lightSum(value: Expr, terms: readonly Term[]): Leaf {
    const diagonals = terms.filter((t) => t.arg.kind === 'identity' || t.arg.kind === 'diag');
    const plain = terms.filter((t) => !diagonals.includes(t));
    const added = resolved(diagonals, value.shape);
    // One that stands in an array of its own already is no longer seen to be diagonal.
    if (diagonals.length === 0 || plain.length === 0 || !isDiagonalMatrix(added)) return loop(value, resolved(terms, value.shape));
    const base = loop(ex.sum(plain, value.shape), resolved(plain, value.shape));
    return put({ kind: 'loop', value, out: fresh(value), body: ex.add(base, added), accumulate: true, diagonal: true, flops: value.shape.rows });
  }
  /** An identity is itself, stored or not. */
  const resolved = (terms: readonly Term[], size: Shape): Expr =>
    ex.sum(terms.map((t) => ({ coefficient: factor(t.coefficient), arg: t.arg.kind === 'identity' ? t.arg : resolve(t.arg) })), size);

  /** coefficient * product, the coefficient folded into something on the way. */
  function planScaled(value: Expr, term: Term, tree: Tree): Expr | undefined {
    const alpha = mayVanish(term.coefficient) ? factor(term.coefficient) : scalar(term.coefficient);
    if (tree.kind === 'solve' || tree.kind === 'solveRight') return buildSolve(tree, alpha, value);
    if (tree.kind !== 'multiply' || isOnes(tree.left.value) || isOnes(tree.right.value)) return undefined;
    for (const side of ['right', 'left'] as const) {
      const t = tree[side];
      if (!(t.kind === 'loop' || (t.kind === 'factor' && ['sum', 'times', 'map'].includes(t.value.kind))) || lookup(t.value) || usesOf(t.value) > 1) continue;
      const scaled: Tree = { kind: 'factor', value: ex.scale(term.coefficient, t.value) };
      return multiply({ ...tree, [side]: scaled }, one, ex.number(0), undefined, value);
    }
    const product = build(tree);
    if (isLeaf(product)) return put({ kind: 'loop', value, out: fresh(value), body: ex.scale(alpha, product), accumulate: true, diagonal: false, flops: area(value.shape) });
    const across = ex.transpose(value);
    return ex.transpose(put({ kind: 'loop', value: across, out: fresh(across), body: ex.scale(alpha, ex.transpose(product)), accumulate: true, diagonal: false, flops: area(value.shape) }));
  }

  /** A coefficient within a loop: a constant before it where it takes work. */
  const factor = (c: Expr): Expr => {
    const r = scalar(c);
    return isSimple(r) || r.kind === 'leaf' ? r : constant(c, r, D0);
  };

  /** A scalar over stored arrays and scalars. */
  function scalar(x: Expr): Expr {
    const there = stored.get(x.id);
    if (there) return there;
    switch (x.kind) {
      case 'number': case 'literal': case 'size': case 'leaf': return x;
      case 'sum': {
        const planned = new Map(inputsLast(x.terms).map((t) => [t, scalar(t.arg)]));
        return keep(x, ex.sum(x.terms.map((t) => ({ coefficient: factor(t.coefficient), arg: planned.get(t) as Expr })), x.shape));
      }
      case 'times': return keep(x, ex.times(x.powers.map((p) => ({ base: scalar(p.base), exponent: p.exponent })), x.shape));
      case 'map': return keep(x, ex.map(x.fn, x.args.map(scalar), x.shape));
      case 'product': return dotProduct(x, ordered(x));
      case 'total': return entrySum(x, resolve(x.arg));
      case 'trace': {
        const { left, right } = search.trace(x.factors, isStored);
        return entrySum(x, ex.multiply(resolve(ex.transpose(left)), resolve(right)));
      }
      case 'call': return planCall(x);
      default: return constant(x, resolve(x), D1);
    }
  }
  function dotProduct(x: Expr, tree: Tree): Expr {
    if (tree.kind === 'factor' || tree.kind === 'stored') return scalar(tree.value);
    if (tree.kind === 'loop') return keep(x, lazy(tree));
    if (tree.kind === 'multiply') {
      if (isOnes(tree.left.value) || isOnes(tree.right.value)) {
        return entrySum(x, lazyValue(isOnes(tree.left.value) ? tree.right : tree.left));
      }
      // What one side needs may be what the other one is.
      const [first, second] = [dotSide(tree.left), dotSide(tree.right)];
      const a = ex.transpose(lookup(tree.left.value) ?? first);
      const b = lookup(tree.right.value) ?? second;
      const flat = (v: Expr): boolean => v.kind === 'leaf' || (v.kind === 'transpose' && v.arg.kind === 'leaf');
      return constant(x, flat(a) && flat(b) ? ex.product([ex.transpose(a), b]) : ex.entrySum(ex.multiply(a, b)), loopFlops(ex.multiply(a, b), 1));
    }
    const [first] = x.kind === 'product' ? x.factors : [];
    if (x.kind !== 'product' || !first) return x;
    const rest = array(ex.product(x.factors.slice(1)));
    return constant(x, ex.product([array(first), rest]), flopsOf(2, rest.shape.rows));
  }
  const entrySum = (x: Expr, entries: Expr): Expr => constant(x, ex.entrySum(entries), loopFlops(entries, 1));
  const dotSide = (tree: Tree): Expr => (tree.kind === 'factor' ? resolve(tree.value) : tree.kind === 'loop' ? lazy(tree) : build(tree));
  const keep = (x: Expr, body: Expr): Expr => (usesOf(x) > 1 && body.kind !== 'leaf' && body.kind !== 'number' && body.kind !== 'size' && !isMinus(body) ? constant(x, body, D0) : body);
  const constant = (x: Expr, body: Expr, flops: Dim): Expr => {
    if (body.kind === 'number' || body.kind === 'leaf') return body;
    const again = stored.get(x.id);
    return again ?? put({ kind: 'scalar', value: x, out: fresh(x), body, flops });
  };

  const several = options.lazyResult && e.kind === 'call' && e.op === 'tuple' ? e.args : undefined;
  const beside = several?.slice(0, -1).map((x) => (isScalar(x.shape) ? scalar(x) : exact(x)));
  const left = several?.at(-1) ?? e;
  const result = isScalar(left.shape) ? scalar(left) : options.lazyResult ? resolve(left, true) : exact(left);
  return { steps, result, ...(beside ? { beside } : {}), flops: steps.reduce((sum, s) => addDim(sum, s.flops), D0) };
}
