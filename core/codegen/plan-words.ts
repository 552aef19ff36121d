/** A function's plan in words: what each step does, from what, and how many flops it takes. */
import { isOne, isScalar, type Shape } from '../algebra/dim';
import type { FunctionSpec } from './emit-function';
import type { Expr } from './expr';
import { isNumberOne } from './facts';
import { formula } from './formula';
import type { FunctionPlan } from './generation';
import type { Factor, Step } from './plan';

const FACTORS: Readonly<Record<Factor, string>> = {
  lower: 'triangular solve', lowerT: 'triangular solve', upper: 'triangular solve', upperT: 'triangular solve', cholesky: 'Cholesky solve', lu: 'LU solve', luT: 'LU solve',
};
const STRUCTURES = { leftLower: 'triangular product', leftUpper: 'triangular product', rightLower: 'triangular product', rightUpper: 'triangular product', bandLeft: 'band product', bandRight: 'band product' } as const;

const KERNELS: ReadonlyMap<string, string> = new Map([
  ['eigSym', 'symmetric eigenvalues'], ['choleskyInverse', 'inverse (Cholesky)'], ['luInverse', 'inverse (LU)'], ['lowerInverse', 'triangular inverse'],
  ['cholesky', 'Cholesky factor'], ['svd', 'singular values'], ['pinv', 'pseudo-inverse'], ['expm', 'matrix exponential'], ['logm', 'matrix logarithm'],
  ['rowPass', 'one pass over the rows'], ['logdet', 'log-determinant'], ['det', 'determinant'],
]);
/** A kernel's name in words, `reciprocalSums` as `reciprocal sums` where no other is known. */
const kernelWords = (op: string): string => KERNELS.get(op) ?? op.replace(/(?<=[a-z0-9])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`);

function productWords(a: Shape, b: Shape): string {
  const [rows, columns] = [isOne(a.rows), isOne(b.cols)];
  if (rows && columns) return 'inner product';
  if (isOne(a.cols)) return 'outer product';
  return rows || columns ? 'matrix–vector product' : 'matrix product';
}

/** What a step does, as people say it. */
function operation(step: Step): string {
  switch (step.kind) {
    case 'product': return step.structure ? STRUCTURES[step.structure] : `${step.symmetric ? 'symmetric ' : ''}${productWords(step.a.shape, step.b.shape)}`;
    case 'loop': return step.body.kind === 'transpose' ? 'transpose' : step.diagonal ? 'along the diagonal' : step.accumulate ? 'added entry by entry' : 'entry by entry';
    case 'solve': return FACTORS[step.factor];
    case 'kernel': return kernelWords(step.op);
    case 'reduce': return step.along === 'rows' ? 'sums of rows' : 'sums of columns';
    case 'scalar': return isScalar(step.value.shape) ? 'number' : 'entry by entry';
  }
}

const LONGEST = 90;

/** The right side of a step, in terms of parameters and of what earlier steps have made. */
function rightSide(step: Step, text: (e: Expr) => string): string {
  const factor = (e: Expr): string => (e.kind === 'sum' ? `(${text(e)})` : text(e));
  const times = (e: Expr, rest: string): string => (isNumberOne(e) ? rest : `${factor(e)}*${rest}`);
  switch (step.kind) {
    case 'product': {
      const product = times(step.alpha, `${factor(step.a)}*${factor(step.b)}`);
      return (step.add ? `${product} + ${times(step.beta, text(step.add))}` : product).replace(/\+ -/g, '- ').replace(/(^|[-+] )-1\*/g, '$1-').replace(/([-+] )1\*/g, '$1');
    }
    case 'solve': {
      const solve = `${step.factor.endsWith('T') ? `(${text(step.matrix)}')` : text(step.matrix)} \\ ${factor(step.right)}`;
      return isNumberOne(step.alpha) ? solve : times(step.alpha, `(${solve})`).replace(/^-1\*/, '-');
    }
    case 'kernel': return `${step.op}(${step.args.map(text).join(', ')})`;
    case 'reduce': return `${step.along === 'rows' ? 'rowsum' : 'colsum'}(${text(step.body)})`;
    case 'loop': case 'scalar': return text(step.body);
  }
}

export function planWords(spec: FunctionSpec): FunctionPlan {
  const names = new Map<string, string>();
  const taken = new Set([...spec.inputs, ...(spec.direction ? [spec.direction] : [])].map((x) => x.name));
  let count = 0;
  const nameFor = (local: string): string => {
    const known = names.get(local);
    if (known !== undefined) return known;
    do count++; while (taken.has(`t${count}`));
    names.set(local, `t${count}`);
    return `t${count}`;
  };
  const text = (e: Expr): string => formula(e, (n, local) => (local ? nameFor(n) : n), (x) => (x.kind === 'leaf' ? undefined : spec.known(x)), LONGEST);
  const steps = spec.plan.steps.map((step) => {
    const right = rightSide(step, text);
    const outs = step.kind === 'kernel' && step.outs.length > 0 ? step.outs : [step.out];
    return { operation: operation(step), name: outs.map((o) => nameFor(o.name)).join(', '), formula: right, flops: step.flops };
  });
  return { name: spec.name, kind: spec.kind, steps, flops: spec.plan.flops };
}
