/** Random trees. */
import fc from 'fast-check';
import type { BinaryOperator, Expr, IndexItem, NameExpr } from '../../core/syntax/tree';

export const range = { start: 0, end: 0 };
export const name = (text: string): NameExpr => ({ kind: 'name', name: text, range });
export const number = (text: string): Expr => ({ kind: 'number', text, range });
export const binary = (op: BinaryOperator, left: Expr, right: Expr): Expr => ({ kind: 'binary', op, left, right, opRange: range, implicit: false, range });
export const minus = (arg: Expr): Expr => ({ kind: 'unary', op: '-', arg, range });

const names = fc.constantFrom('A', 'B', 'X', 'x', 'y', 'w', 'Sigma', 'lambda', 'n', 'T', 'dX', 'x_hat', 'α', 'W_1').map(name);
const numbers = fc.constantFrom('1', '2', '0.5', '10', '1e-3').map(number);
const operators = fc.constantFrom<BinaryOperator>('+', '-', ':', '*', '.*', './', '/', '\\', '⊗', '⊕');

export const trees: fc.Arbitrary<Expr> = fc.letrec<{ tree: Expr; item: IndexItem }>((tie) => ({
  item: fc.oneof(
    fc.constant<IndexItem>({ kind: 'all', range }),
    tie('tree').map<IndexItem>((expr) => ({ kind: 'at', expr, range })),
    fc.tuple(tie('tree'), tie('tree')).map<IndexItem>(([from, to]) => ({ kind: 'range', from, to, range })),
  ),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    names,
    numbers,
    fc.tuple(operators, tie('tree'), tie('tree')).map(([op, l, r]) => binary(op, l, r)),
    fc.tuple(operators, tie('tree'), tie('tree')).map(([op, l, r]) => binary(op, l, r)),
    fc.tuple(fc.constantFrom<'-' | '+'>('-', '+'), tie('tree')).map<Expr>(([op, arg]) => ({ kind: 'unary', op, arg, range })),
    tie('tree').map<Expr>((arg) => ({ kind: 'transpose', arg, range })),
    tie('tree').map<Expr>((arg) => ({ kind: 'inverseTranspose', arg, range })),
    fc.tuple(tie('tree'), tie('tree'), fc.boolean()).map<Expr>(([base, exponent, elementwise]) => ({ kind: 'power', base, exponent, elementwise, range })),
    fc.tuple(fc.constantFrom('tr', 'exp', 'inv', 'I', 'e', 'sum'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 })).map<Expr>(([callee, args]) => ({ kind: 'call', callee: name(callee), args, range })),
    fc.tuple(tie('tree'), fc.array(tie('item'), { minLength: 1, maxLength: 2 })).map<Expr>(([arg, items]) => ({ kind: 'index', arg, items, range })),
    fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), fc.array(tie('tree'), { minLength: 4, maxLength: 4 })).map<Expr>(([r, c, all]) => ({
      kind: 'blocks', rows: Array.from({ length: r }, (_, i) => all.slice(i * c, i * c + c)), range,
    })),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map<Expr>(([body, from, to]) => ({ kind: 'finiteSum', body, index: name('i'), from, to, range })),
    fc.tuple(tie('tree'), fc.array(names, { minLength: 1, maxLength: 3 })).map<Expr>(([of, wrt]) => ({ kind: 'leibniz', of, wrt, range })),
    fc.tuple(fc.integer({ min: 1, max: 2 }), fc.array(tie('tree'), { maxLength: 2 })).map<Expr>(([order, args]) => ({ kind: 'nabla', order, callee: name('g'), args, range })),
  ),
})).tree;
