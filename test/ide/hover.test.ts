import { describe, expect, test } from 'vitest';
import { askedAt, askedById } from '../../core/ide/derivation';
import { isRefusal } from '../../core/ide/engine';
import { hover, type Hover } from '../../core/ide/hover';
import { present } from '../../core/notation/present';
import { finish, fixture } from './fixture';

const at = (text: string): Hover | undefined => {
  const f = fixture(text, 'mcalc', { present });
  return finish(hover(f.analysis, f.offset));
};
/** Each derivative as `lead = Unicode`, without the blanks between factors. */
const derivatives = (h: Hover | undefined): readonly string[] => (h?.derivatives ?? []).map((d) => {
  if (isRefusal(d.presented)) return d.presented.refused.code;
  const form = d.presented.forms[d.presented.best];
  return `${d.lead ? `${d.lead.unicode} = ` : ''}${form?.unicode.replace(/ /g, '') ?? ''}`;
});

const QUADRATIC = "A : matrix(n, n) symmetric\nx : vector(n)\nf = x'*A*x\n";

describe('names', () => {
  test.each([
    ['X$0 : matrix(m, n)', 'X : matrix(m, n)'],
    ['S : matrix(n, n) spd\nf = tr(S$0)', 'S : matrix(n, n) posdef'],
    ['X : matrix(m$0, n)\ndim m >= n, m = 6', 'dim m = 6'],
    ["f(w$0) = w'*w", 'w : vector(n)'],
    ["X : matrix(m, n)\nG$0 = X'*X", 'G : matrix(n, n) possemidef'],
    ['X : matrix(m, n)\nF = $0X*X\'', 'X : matrix(m, n)'],
    ['x : vector(n)\nf = sum(x[i]^2, i$0 = 1:n)', 'i'],
  ])('%j', (text, signature) => expect(at(text)?.signature).toMatch(signature === 'w : vector(n)' ? /^w : / : signature));

  test.each(['# a com$0ment', '', 'f = 2 $0', 'x : vector(n)\n$0\n'])('nothing in %j', (text) => expect(at(text)).toBeUndefined());
});

describe('derivatives', () => {
  test('of a definition, by each variable', () => {
    const h = at(QUADRATIC.replace('f =', 'f$0 ='));
    expect(h?.signature).toBe('f : scalar');
    expect(h?.derivatives.map((d) => d.title)).toEqual(['∂f/∂A', '∂f/∂x']);
    expect(derivatives(h)).toEqual(['∇_A f = xxᵀ', '∇_x f = 2Ax']);
  });
  test('of a function, by its parameters alone', () => {
    const h = at("A : matrix(n, n)\nf$0(x) = x'*A*x");
    expect(h?.derivatives.map((d) => d.title)).toEqual(['∂f/∂x']);
  });
  test.each([['gr$0ad(f, x)', '∇_x f = 2Ax'], ['hess$0ian(f, x)', '∇²_x f = 2A'], ['∂f$0/∂x', '∇_x f = 2Ax']])('of the request %s', (line, expected) =>
    expect(derivatives(at(QUADRATIC + line)).at(-1)).toBe(expected));
  test('a name inside a request is the name', () => expect(at(`${QUADRATIC}grad(f, x$0)`)?.signature).toBe('x : vector(n)'));
  test('more variables than a glance takes in are named', () => {
    const h = at("a, b, c, d : vector(n)\nf$0 = a'*b + c'*d");
    expect(h?.derivatives).toHaveLength(3);
    expect(h?.paragraphs.join(' ')).toContain('`d`');
  });
});

describe('operators', () => {
  test.each([['f = log$0det(A)', 'logdet('], ["F = A $0* A'", '*'], ["F = A$0'", "'"], ['F = A $0⊗ A', '⊗']])('%s', (line, spelling) => {
    const h = at(`A : matrix(n, n)\n${line}`);
    expect(h?.signature).toContain(spelling === "'" ? 'matrix' : spelling);
    expect(h?.paragraphs[0]?.length).toBeGreaterThan(5);
  });
  test('an infix one says the shape of what it makes', () => expect(at("A : matrix(m, n)\nF = A $0* A'")?.paragraphs.join(' ')).toContain("A * A' : m×m"));
});

describe('derivations', () => {
  const asked = (text: string): string | undefined => {
    const f = fixture(text);
    return askedAt(f.analysis, f.offset)?.title;
  };
  test.each([[`${QUADRATIC}gr$0ad(f, x)`, 'grad(f, x)'], [QUADRATIC.replace('f =', 'f$0 ='), '∂f/∂A'], [QUADRATIC.replace('*A*', '*A$0*'), '∂f/∂A'], [`${QUADRATIC}$0`, undefined]])(
    'at %j', (text, title) => expect(asked(text)).toBe(title));
  test('every id that a hover gives opens one', () => {
    const f = fixture(`${QUADRATIC.replace('f =', 'f$0 =')}grad(f, x)`, 'mcalc', { present });
    const ids = finish(hover(f.analysis, f.offset))?.derivatives.map((d) => d.id) ?? [];
    expect(ids).toContain('request:grad(f,x)');
    for (const id of ids) expect(askedById(f.analysis, id ?? '')).toBeDefined();
  });
  test.each(['', 'request:x', 'derivative:9:f:x', 'derivative:0:g:x', 'derivative:0:f:nothing', '__proto__'])('the id %j opens none', (id) =>
    expect(askedById(fixture(QUADRATIC).analysis, id)).toBeUndefined());
});
