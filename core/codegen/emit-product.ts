/** The call that multiplies two arrays: which kernel, for transposes, vectors, triangles and symmetric results. */
import { isOne, type Dim, type Shape } from '../algebra/dim';
import type { Expr } from './expr';
import { isNumberOne } from './facts';
import type { ProductStep } from './plan';

export interface ProductContext {
  /** The result's array. */
  readonly name: string;
  readonly alpha: string;
  readonly beta: string;
  /** The array that is added; empty where none is. */
  readonly added: string;
  readonly data: (e: Expr) => string;
  readonly size: (d: Dim) => string;
  readonly use: (kernel: string) => string;
  /** Whether the language has this kernel, or is faster without it. */
  readonly exists: (kernel: string) => boolean;
  readonly formula: (e: Expr) => string;
  /** The same in parentheses where it is a sum. */
  readonly factor: (e: Expr) => string;
  /** Lines where an operand is tridiagonal. */
  readonly band: (comment: string) => readonly string[];
}

const isVector = (x: Shape): boolean => isOne(x.rows) || isOne(x.cols);

export function productLines(step: ProductStep, c: ProductContext): readonly string[] {
  const { a, b, add } = step;
  const tail = add ? `, ${c.alpha}, ${c.beta}, ${c.added}` : '';
  const suffix = add ? 'Add' : '';
  const product = `${c.formula(a)}*${c.formula(b)}`;
  const scaled = isNumberOne(step.alpha) ? product : `${c.factor(step.alpha)}*${product}`;
  const added = add ? ` + ${isNumberOne(step.beta) ? '' : `${c.factor(step.beta)}*`}${c.added}` : '';
  const comment = `${c.name} = ${scaled}${added}`.replace(/\+ -/g, '- ').replace(/([-=]) -?1\*/g, (m, sign: string) => (m.includes('-1') ? '= -' : `${sign} `));
  const call = (kernel: string, ...args: readonly string[]): readonly string[] => [`${c.use(kernel)}(${args.join(', ')}${tail}); // ${comment}`];
  const [m, k, n] = [c.size(a.shape.rows), c.size(a.shape.cols), c.size(b.shape.cols)];
  const at = a.kind === 'transpose' && !isVector(a.shape);
  const bt = b.kind === 'transpose' && !isVector(b.shape);
  if (step.structure === 'bandLeft' || step.structure === 'bandRight') return c.band(comment);
  if (n === '1' || isOne(b.shape.cols)) return at ? call(`matVecT${suffix}`, c.data(a), c.data(b), c.name, k, m) : call(`matVec${suffix}`, c.data(a), c.data(b), c.name, m, k);
  if (isOne(a.shape.rows)) return bt ? call(`matVec${suffix}`, c.data(b), c.data(a), c.name, n, k) : call(`matVecT${suffix}`, c.data(b), c.data(a), c.name, k, n);
  if (step.structure === 'leftLower' || step.structure === 'leftUpper') {
    const kernel = `multiply${step.structure.slice(4)}${at ? 'T' : ''}`;
    if (c.exists(kernel)) return call(kernel, c.data(a), c.data(b), c.name, m, n);
  }
  if (step.structure === 'rightLower' || step.structure === 'rightUpper') {
    const kernel = `multiplyBy${step.structure.slice(5)}${bt ? 'T' : ''}`;
    if (c.exists(kernel)) return call(kernel, c.data(a), c.data(b), c.name, m, n);
  }
  if (step.symmetric) {
    const form = at && bt ? ['', b, a] as const : [at ? 'TN' : bt ? 'NT' : '', a, b] as const;
    return call(`multiply${form[0]}Sym${suffix}`, c.data(form[1]), c.data(form[2]), c.name, m, k);
  }
  return call(`multiply${at ? 'TN' : bt ? 'NT' : ''}${suffix}`, c.data(a), c.data(b), c.name, m, k, n);
}
