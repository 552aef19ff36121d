/**
 * No cell of the table is empty: each function and operator of the language has a row with shape, words and LaTeX, a 64-digit value, a complex
 * and a float64 one, a differential with its source (or a reason for none), every view of it and code for every target.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { operators, spelled, type Operator } from '../../core/algebra/operators';
import type { ProgramRequest } from '../../core/algebra/program';
import { resolve } from '../../core/algebra/resolve';
import { eachRules, LINEAR_IN, pinvRules, powerRules, rules } from '../../core/calculus/rules';
import { generateModule } from '../../core/codegen/generate';
import { TARGETS } from '../../core/codegen/targets';
import { generationInput } from '../../core/ide/generation';
import { present } from '../../core/notation/present';
import type { FormName } from '../../core/notation/presentation';
import { printLatex } from '../../core/syntax/latex';
import { parse } from '../../core/syntax/parse';
import { COMPLEX_OPERATORS } from '../../core/verify/complex-operators';
import { OPERATORS } from '../../core/verify/oracle-operators';
import { subjects, type Subject } from '../verify/operators';

/** The functions and operators of the language, as its description lists them. */
const LANGUAGE = `+ - : * .* ./ / \\ ⊗ ⊕ ' ^ I ones zeros e E delta pi sum
  exp log sqrt sin cos tan asin acos atan sinh cosh tanh abs sign relu sigmoid softplus erf normcdf gamma lgamma digamma max min
  inv pinv sqrtm invsqrtm expm logm chol polar adj tr det logdet mean prod norm normF norm2 normNuc norm1 normInf logsumexp dot entropy eigmax eigmin cond
  diag vec unvec kron kronsum commutation duplication tril triu sym skewpart softmax eigvals svdvals cross skew3 rowsum colsum cumsum hadamard
  sylvester phi expmFrechet logmFrechet powmFrechet eigvecs svdu svdv expmKron logmKron powmKron diagonalisation step vech
  grad jacobian hessian diff hvp vjp`.split(/\s+/);

test.each(LANGUAGE.map((name) => [name] as const))('%s of the language has a row', (name) => { expect(spelled(name) ?? operators.find((o) => o.name === name)).toBeDefined(); });

/** Rows without a request of their own in the controls: constants, what derivatives bring, and what does not move. */
const more: readonly Subject[] = [
  { op: 'sign', text: "x, c : vector(n)\nf = c'*(x .* sign(x))\ngrad(f, x)" }, { op: 'step', text: "x, c : vector(n)\nf = c'*(x .* step(x))\ngrad(f, x)" }, { op: 'argmax', text: "x, c : vector(n)\nf = c'*(x .* argmax(x))\ngrad(f, x)" },
  { op: 'svdu', text: "dim m >= n\nX, B : matrix(m, n)\nf = tr(B'*svdu(X))^2\ngrad(f, X)" }, { op: 'svdv', text: "dim m >= n\nX : matrix(m, n)\nB : matrix(n, n)\nf = tr(B'*svdv(X))^2\ngrad(f, X)" },
  { op: 'svdu1', text: "X : matrix(m, n)\nb : vector(m)\nf = (b'*svdu1(X))^2\ngrad(f, X)" }, { op: 'svdv1', text: "X : matrix(m, n)\nb : vector(n)\nf = (b'*svdv1(X))^2\ngrad(f, X)" },
  { op: 'expmKron', text: 'A : matrix(n, n)\nf = sum(expmKron(A))\ngrad(f, A)' }, { op: 'logmKron', text: 'A : matrix(n, n) posdef\nf = sum(logmKron(A))\ngrad(f, A)' }, { op: 'powmKron', text: 'A : matrix(n, n) posdef\nf = sum(powmKron(A, 1/3))\ngrad(f, A)' },
  { op: 'reciprocalGaps', text: "x : vector(n)\nB, C : matrix(n, n)\nf = tr(B*C*reciprocalGaps(x))\ngrad(f, B)" },
  { op: 'pi', text: "x : vector(n)\nf = pi*x'*x\ngrad(f, x)" }, { op: 'identity', text: "x : vector(n)\nA : matrix(n, n)\nf = x'*(A + I)*x\ngrad(f, x)" }, { op: 'ones', text: 'X : matrix(m, n)\nf = ones(m)\'*X*ones(n)\ngrad(f, X)' },
  { op: 'zeros', text: "x : vector(n)\nf = (x - zeros(n))'*x\ngrad(f, x)" }, { op: 'basis', text: "X : matrix(n, n)\nf = e(1)'*X*X*e(2)\ngrad(f, X)" }, { op: 'unit', text: 'X : matrix(n, n)\nf = tr(E(1, 2)*X*X)\ngrad(f, X)' },
  { op: 'delta', text: "x : vector(n)\nf = (2 + delta(1, 2))*x'*x\ngrad(f, x)" }, { op: 'commutation', text: "X : matrix(m, n)\nf = vec(X')'*commutation(m, n)*vec(X)\ngrad(f, X)" },
  { op: 'duplication', text: 'X : matrix(n, n)\nf = norm(duplication(n)*vech(X))^2\ngrad(f, X)' }, { op: 'diagonalisation', text: 'x : vector(n)\nf = norm(diagonalisation(n)*x)^2\ngrad(f, x)' },
  { op: 'grad', text: "x : vector(n)\nA : matrix(n, n)\nf = x'*A*x\nh = norm(grad(f, x))^2\ngrad(h, x)" }, { op: 'jacobian', text: 'x : vector(n)\nA : matrix(n, n)\nF = sin(A*x)\nh = normF(jacobian(F, x))^2\ngrad(h, x)' },
  { op: 'hessian', text: 'x : vector(n)\nf = sum(exp(x))\nh = tr(hessian(f, x))\ngrad(h, x)' }, { op: 'diff', text: 'X, V : matrix(n, n)\nF = X*X\nh = tr(diff(F, X, V)*X)\ngrad(h, X)' },
  { op: 'hvp', text: "x, v : vector(n)\nf = sum(exp(x))\nh = v'*hvp(f, x, v)\ngrad(h, x)" }, { op: 'vjp', text: "x, v : vector(n)\nF = exp(x)\nh = v'*vjp(F, x, v)\ngrad(h, x)" },
];
/** Of a list of numbers: `max(x)` and `min(x)` are written as the functions of two. */
const SAME_SPELLING = new Set(['maximum', 'minimum']);
const all: readonly Subject[] = [...subjects, ...more, { op: 'maximum', text: "x : vector(n)\nA : matrix(m, n)\nf = max(A*x)\ngrad(f, x)" }, { op: 'minimum', text: "x : vector(n)\nA : matrix(m, n)\nf = min(A*x)\ngrad(f, x)" }];

const sources = new Map<string, string>([...rules, ...Object.values(pinvRules), ...Object.values(powerRules), ...eachRules].map((r) => [r.op, r.source]));
/** Differentials that follow from others: what the row says is what it is rewritten to, or the formula is the product rule. */
const DEFINED = new Set(['power', 'elementDivide', 'rightDivide', 'leftDivide', 'dot', 'sqrt', 'polar', 'norm', 'normF', 'normNuc', 'norm1', 'mean', 'entropy', 'cond', 'rowsum', 'colsum', 'cumsum', 'cross', 'sym', 'skewpart', 'polygamma', 'reciprocalGaps',
  'expmFrechet', 'logmFrechet', 'powmFrechet', 'expmKron', 'logmKron', 'powmKron', 'maximum', 'minimum']);
/** Terms of their own kind, which the oracles evaluate without a row. */
const TERMS = new Set(['pi', 'power']);
/** Differentiable everywhere, by a formula that is not: its page says where. */
const FORMULA_ONLY = new Set(['det', 'adj', 'prod']);
const page = readFileSync(path.join(import.meta.dirname, '../../docs/operators.md'), 'utf8');
const isConstant = (o: Operator): boolean => o.family === 'constant';

describe.each(operators.map((o) => [o.name, o] as const))('%s', (name, o) => {
  test('shape, words, LaTeX, example', () => {
    expect([o.signatures.length > 0, /\.$/.test(o.documentation), o.latex !== '', o.example !== '', o.parameters.length >= (o.signatures[0]?.args.length ?? 0)]).toEqual([true, true, true, true, true]);
    const printed = parse(o.example).statements.at(-1);
    expect(printed && 'expr' in printed && printed.expr ? printLatex(printed.expr) : '').not.toBe('');
  });
  if (o.family !== 'calculus' && !TERMS.has(name)) test('a 64-digit and a complex value', () => { expect([OPERATORS.has(name), COMPLEX_OPERATORS.has(name)]).toEqual([true, true]); });
  test('a differential with its source', () => {
    const isLinear = o.kind === 'linear' || o.kind === 'multilinear' || LINEAR_IN[name] !== undefined;
    const source = sources.get(name);
    expect(source !== undefined ? source !== '' : isLinear || isConstant(o) || o.family === 'calculus' || DEFINED.has(name)).toBe(true);
  });
  const condition = rules.find((r) => r.op === name)?.condition ?? eachRules.find((r) => r.op === name)?.condition;
  if (condition !== undefined) test('says where its differential does not hold', () => { expect(FORMULA_ONLY.has(name) ? page.includes(condition) : (o.domain ?? o.notDifferentiable) !== undefined).toBe(true); });
  test('a request', () => { expect(all.some((s) => s.op === name || (SAME_SPELLING.has(s.op) && s.op === name))).toBe(true); });
});

const VIEWS: readonly FormName[] = ['differential', 'directional', 'components', 'index', 'vec'];
describe.each(all.map((s) => [s.op, s.text] as const))('every view and every target: %s', (_, text) => {
  const program = resolve(parse(text));
  const request = program.requests.at(-1) as ProgramRequest;
  test('views', () => {
    expect(program.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
    const p = present(program, request);
    if ('refused' in p) throw new Error(p.refused.message);
    const wanted: readonly FormName[] = [...VIEWS, ...(request.kind === 'grad' ? ['gradient' as const] : []), ...(request.kind === 'jacobian' ? ['tensor' as const] : [])];
    // What is missing is refused in words.
    expect(wanted.filter((form) => !p.forms[form]?.text && !p.notes.some((n) => n.startsWith(`No ${form} form: `)))).toEqual([]);
    expect(p.steps.length).toBeGreaterThan(0);
    expect(p.steps.filter((s) => s.rule === '')).toEqual([]);
  });
  test('targets', () => {
    const input = generationInput(program, request, false);
    if ('refused' in input) throw new Error(input.refused.message);
    for (const target of TARGETS) {
      const made = generateModule([input], { target });
      expect(made.functions.length + made.refused.length).toBeGreaterThan(0);
      expect(made.refused.filter((r) => r.reason === '').map((r) => r.kind)).toEqual([]);
      expect(made.functions.map((f) => f.kind)).toContain('value');
    }
  });
});
