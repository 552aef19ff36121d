import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { format } from '../../core/syntax/format';
import { parse } from '../../core/syntax/parse';
import { printText } from '../../core/syntax/print';
import { essence } from './essence';
import { trees } from './trees';
import { PATIENCE, runs } from './seed';

const formatted = (text: string): string => format(parse(text));

describe('canonical layout', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['X:matrix(m,n)posdef', 'X : matrix(m, n) posdef\n'],
    ['a,b :vector( n )', 'a, b : vector(n)\n'],
    ['x∈R^( m × n )', 'x ∈ R^(m×n)\n'],
    ['g:R^n×R^m->R', 'g : R^n × R^m -> R\n'],
    ['x  in   R^n', 'x in R^n\n'],
    ['dim m>=n,  k=3', 'dim m >= n, k = 3\n'],
    ['set  vec=column', 'set vec = column\n'],
    ['F=X * ( X\'  *X ) ^ (-1/2)', "F = X*(X'*X)^(-1/2)\n"],
    ['f( w,X )=w\'X  w', "f(w, X) = w'X w\n"],
    ['f=2x\'x-3', "f = 2x'x - 3\n"],
    ['M = A X X\' A\'', "M = A X X' A'\n"],
    ['f = aᵀ X⁻¹ b', 'f = aᵀ X⁻¹ b\n'],
    ['f = ‖A‖_*+‖A‖_∞', 'f = ‖A‖_* + ‖A‖_∞\n'],
    ['f=A ⁻¹+ B⁻¹⊗C', 'f = A⁻¹ + B⁻¹ ⊗ C\n'],
    ['f=x·y⊙z', 'f = (x·y) ⊙ z\n'],
    ['F=A*B⊗C', 'F = (A*B) ⊗ C\n'],
    ['F=A.*B*C', 'F = (A .* B)*C\n'],
    ['F=A*B⊗C.*D', 'F = ((A*B) ⊗ C) .* D\n'],
    ['f=x .^ 2', 'f = x.^2\n'],
    ['f=-x+ - y', 'f = -x + -y\n'],
    ['f=N / 2*x/(n-1)', 'f = N/2*x / (n - 1)\n'],
    ['f=A:B', 'f = A : B\n'],
    ['f=X[ i ,: ]+x[ 1 : k ]', 'f = X[i, :] + x[1:k]\n'],
    ['f=sum( a[i] ,i=1 : n )', 'f = sum(a[i], i = 1:n)\n'],
    ['F=[ A,B ;C , D ]', 'F = [A, B; C, D]\n'],
    ['∂ f / ∂ X', '∂f/∂X\n'],
    ['∂² f/∂ x ∂ y', '∂²f/∂x∂y\n'],
    ['∂/∂ X( X*X )', '∂/∂X (X*X)\n'],
    ['x : vector(n)\nd / dx(x\'x)', 'x : vector(n)\nd/dx (x\'x)\n'],
    ['f = 1\ndf / dx', 'f = 1\ndf/dx\n'],
    ['check A==B', 'check A == B\n'],
    ["assume invertible( X'X )", "assume invertible(X'X)\n"],
    ['x : scalar;y : scalar', 'x : scalar; y : scalar\n'],
    ['f = x   # why', 'f = x   # why\n'],
    ['f = x# why', 'f = x  # why\n'],
    ['# a\n\n\nf  =  x\n\n# b\n', '# a\n\n\nf = x\n\n# b\n'],
    ['f = a +\n      b', 'f = a +\n  b\n'],
    ['f = tr(A*  # first\n B)', 'f = tr(A*  # first\n  B)\n'],
    ['  f = x', 'f = x\n'],
    ['f = x\r\ng = y\r\n', 'f = x\r\ng = y\r\n'],
    ['f =  A *  / B\ng=x', 'f =  A *  / B\ng = x\n'],
    ['f = (A\ng=x', 'f = (A\ng = x\n'],
    ['', ''],
    ['\n\n', ''],
  ];
  test.each(cases)('%j', (source, wanted) => {
    expect(formatted(source)).toBe(wanted);
    expect(formatted(wanted)).toBe(wanted);
  });
});

const soup = fc.array(fc.constantFrom('x', 'A', 'f', '(', ')', '[', ']', '*', ' ', ' ', '\n', "'", '^', '+', '-', '=', ':', ';', ',', '# c\n', '⊗', '.*', '2', 'matrix(m, n)', 'check', '==', '∂', '/', '∇', '‖', 'ᵀ'), { maxLength: 30 }).map((a) => a.join(''));

test('formatting twice changes nothing', () => {
  fc.assert(fc.property(soup, (text) => {
    const once = formatted(text);
    expect([text, formatted(once)]).toEqual([text, once]);
  }), runs(1500));
}, PATIENCE);

test('formatting changes no word and no tree', () => {
  const plain = (text: string): string => text.replace(/[\s()]/g, '');
  fc.assert(fc.property(soup, (text) => { expect(plain(formatted(text))).toBe(plain(text)); }), runs(1000));
  fc.assert(fc.property(trees, (tree) => {
    const source = `zz = ${printText(tree).replaceAll(' ', '')}`;
    const [before, after] = [parse(source), parse(formatted(source))];
    expect(after.statements.map(essence)).toEqual(before.statements.map(essence));
  }), runs(1000));
}, PATIENCE);
