// Functions of numbered entries: their derivatives are arrays of entries, as people write them.
import { describe, expect, test } from 'vitest';
import { present } from '../../core/notation/present';
import { program } from '../verify/document';
import { best } from './best';

const form = (text: string, name: 'directional' | 'vec' | 'gradient'): string | undefined => {
  const p = program(text);
  const request = p.requests.at(-1);
  const shown = request && present(p, request);
  return shown && 'forms' in shown ? shown.forms[name]?.text : undefined;
};

const ROSENBROCK = 'x : vector(2)\nf = 100*(x[2] - x[1]^2)^2 + (1 - x[1])^2';
const UNICYCLE = 'x : vector(3)\nu : vector(2)\ndt : scalar\nF = [x[1] + dt*u[1]*cos(x[3]); x[2] + dt*u[1]*sin(x[3]); x[3] + dt*u[2]]';

describe('entries', () => {
  test.each([
    [`${ROSENBROCK}\ngrad(f, x)`, '[2*(x[1]*(1 - 200*c) - 1); 200*c]'],
    [`${ROSENBROCK}\nhessian(f, x)`, '[2*(1 + 600*x[1]^2 - 200*x[2]), -400*x[1]; -400*x[1], 200]'],
    [`${UNICYCLE}\njacobian(F, x)`, '[1, 0, -dt*u[1]*sin(x[3]); 0, 1, dt*u[1]*cos(x[3]); 0, 0, 1]'],
    [`${UNICYCLE}\njacobian(F, u)`, '[dt*cos(x[3]), 0; dt*sin(x[3]), 0; 0, dt]'],
    ['x : vector(2)\nF = [norm(x); atan(x[2]/x[1])]\njacobian(F, x)', '[x[1] / norm(x), x[2] / norm(x); -x[2] / c, x[1] / c]'],
    ['X : matrix(2, 2)\nf = X[1, 1]*X[2, 2] - X[1, 2]*X[2, 1]\ngrad(f, X)', '[X[2, 2], -X[2, 1]; -X[1, 2], X[1, 1]]'],
    ['q : vector(2)\nF = [cos(q[1]), -sin(q[2]); q[1]*q[2], 1]\njacobian(F, q)', '[-sin(q[1]), 0; q[2], q[1]; 0, -cos(q[2]); 0, 0]'],
  ])('%s', (text, short) => { expect(best(text)).toBe(short); });

  test.each([
    ['x : vector(2)\nf(x) = x[1]*exp(x[2])\nx - hessian(f, x) \\ grad(f, x)', 'x - inv([0, c; c, f])*[c; f]'],
    ['A : matrix(2, 2)\nx : vector(2)\nF = A*[x[1]^2; x[2]]\njacobian(F, x)', 'A*[2*x[1], 0; 0, 1]'],
    ['a : scalar\np : vector(2)\nt : vector(2)\nF = [cos(t[1]), -sin(t[1]); sin(t[1]), cos(t[1])]*p\njacobian(F, t)', '[-(p[1]*sin(t[1]) + p[2]*cos(t[1])), 0; p[1]*cos(t[1]) - p[2]*sin(t[1]), 0]'],
  ])('arrays among the factors: %s', (text, short) => { expect(best(text)).toBe(short); });

  test('along a direction, and as a row', () => {
    expect(form('x : vector(2)\nf = x[1]^2*x[2]\ngrad(f, x)', 'directional')).toBe('x[1]*(2*x[2]*V[1] + x[1]*V[2])');
    expect(form('x : vector(2)\nf = x[1]^2*x[2]\ngrad(f, x)', 'vec')).toBe('[2*x[1]*x[2], x[1]^2]');
  });
  test('a numbered row of blocks is found in its block', () => {
    expect(best('x : vector(3)\nA : matrix(2, 3)\nF = [A; x\'; 2*x\']\nF[3, :]')).toBe("x'");
    expect(best('x : vector(3)\nA : matrix(2, 3)\nF = [A; x\']\nF[2, :]')).toBe('A[2, :]');
    expect(best('s : scalar\nF = [s, 2*s; 3*s, 4*s]\nF[2, 1]')).toBe('3*s');
  });
  test('not where few of many entries are other than 0, where the size has no number, or where a matrix says more', () => {
    expect(best('x : vector(30)\nf = x[7]^2\ngrad(f, x)')).toBe('2*x[7]*e(7, 30)');
    expect(best('x : vector(n)\nf = x[1]^2\ngrad(f, x)')).toBe('2*x[1]*e(1, n)');
    expect(best('A : matrix(3, 3)\nx : vector(3)\nF = A*x\njacobian(F, x)')).toBe('A');
    expect(best('A : matrix(3, 3)\nx : vector(3)\nF = A*x + x[1]^2*e(2, 3)\njacobian(F, x)')).toBe('2*x[1]*E(2, 1) + A');
  });
});
