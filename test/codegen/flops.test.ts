/** What the comments say of flops is what runs: additions, products, quotients and roots that were counted while the code ran. */
import { expect, test } from 'vitest';
import { isScalar } from '../../core/algebra/dim';
import { generateModule } from '../../core/codegen/generate';
import { countedProgram } from './counted';
import { argumentsOf, draw, prepare, random } from './harness';
import { flopsAt } from './linnea-paper';
import { seen } from './plan-of';

const SIZES = new Map([['m', 33], ['n', 21], ['k', 17]]);
/** Polynomials without their lower terms in the kernels, and half-sizes of symmetric products: nothing that is left out or counted twice. */
const LEAST = 0.8, MOST = 1.25;

const X = 'X : matrix(m, n); y : vector(m); A, B : matrix(n, n); C : matrix(n, k); S, P : matrix(n, n) posdef; v, w : vector(n); t : scalar positive\n';
const PROGRAMS: readonly string[] = [
  "f = norm(X*w - y)^2 + t*norm(w)^2\ngrad(f, w)", "f = sum(softplus(-y .* (X*w)))\nhessian(f, w)", 'f = sum(exp(A) .* B ./ (1 + B.^2))\ngrad(f, A)',
  'F = A ./ (B .* B + 1)\njacobian(F, B)', 'f = sum((A .* B - t*A).^2)\ngrad(f, A)', "f = tr(A*B*A'*B')\ngrad(f, A)", "F = A*C\njacobian(F, A)", 'F = tanh(A*C)*C\'\njacobian(F, C)',
  "f = logdet(S) + v'*inv(S)*v\ngrad(f, S)", 'F = inv(S)*C\njacobian(F, C)', 'f = sum(rowsum(A .* B).^2)\ngrad(f, A)', 'F = diag(v)*A*diag(w)\njacobian(F, v)',
  'r = sigmoid(X*w) - y\njacobian(r, w)', 'f = norm(A*v)^3\nhessian(f, v)', "f = v'*A*w/(v'*w)\ngrad(f, v)", "F = exp(C) ./ (rowsum(exp(C))*ones(k)')\njacobian(F, C)",
  'f = sum(sqrt(A.^2 + t))\ngrad(f, A)', 'f = sum((v - t).^2 .* w.^3)\nhessian(f, v)', "f = sum(log(1 + exp(A*C)))\ngrad(f, C)", "F = A*A'\njacobian(F, A)",
];
for (const text of PROGRAMS) {
  test(text, () => {
    const [p] = prepare(X + text);
    const { input, of } = p!;
    const module = generateModule([input]);
    expect(module.refused).toEqual([]);
    const { code, count } = countedProgram(module.text);
    for (const f of module.functions) {
      const next = random(11);
      const values = new Map<string, Float64Array | number>(input.inputs.map((x) => { const a = draw(x.shape, x.words ?? new Set(), SIZES, next); return [x.name, isScalar(x.shape) ? a[0]! : a]; }));
      const map = input.jvp ?? input.hvp;
      const direction = f.kind === 'vjp' ? draw(of.shape, new Set(), SIZES, next) : map && draw(map.direction.shape, new Set(), SIZES, next);
      count();
      code[f.name]!(...argumentsOf(f, values, SIZES, direction && f.parameters.some((x) => x.role === 'direction' && x.type === 'number') ? direction[0] : direction));
      const ran = count();
      const said = seen(module.text, f.name).flops;
      const ratio = ran === 0 && said === '0' ? 1 : flopsAt(said, Object.fromEntries(SIZES)) / ran;
      expect(ratio, `${f.kind}: ${said}, ran ${ran}`).toBeGreaterThan(LEAST);
      expect(ratio, `${f.kind}: ${said}, ran ${ran}`).toBeLessThan(MOST);
    }
  }, 60000);
}
