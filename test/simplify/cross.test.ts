// Cross products: a direction stands outside the skew matrix; right, and noticed when mutated.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { crossedTail } from '../../core/simplify/cross';
import { parse } from '../../core/syntax/parse';
import { gap, mutated, open } from './tails';

const DECLARED = 'a, b, w : vector(3)\nA : matrix(3, 3)';
const VARIABLES = 'w, p, a, q : vector(3)\nA : matrix(3, 3)\nJ : matrix(3, 3) posdef';

function form(of: string, by: string, name: 'gradient' | 'vec' | 'directional'): string | undefined {
  const program = resolve(parse(`${VARIABLES}\nf = ${of}\n${name === 'gradient' ? 'grad' : 'jacobian'}(f, ${by})`));
  const request = program.requests.at(-1);
  const p = request && present(program, request);
  if (!p || 'refused' in p) throw new Error(of);
  return p.forms[name]?.text;
}

describe('cross products', () => {
  test.each(['skew3(a)*a', "a'*skew3(a)", 'skew3(A*b)*A*b', "b'*A'*skew3(A*b)*A"])('%s = 0', (text) => {
    const made = open(DECLARED, text, crossedTail);
    expect(made.node.kind).toBe('zero');
    expect(gap(made.want, made.want.map(() => 0))).toBeLessThan(1e-12);
    expect(open(DECLARED, text, mutated(crossedTail)).node.kind).not.toBe('zero');
  });
  test.each(['skew3(a)*b', "a'*skew3(b)", 'skew3(a)*A*b', "b'*A*skew3(w)*A"])('%s stays', (text) => {
    let turned = 0;
    open(DECLARED, text, (g, factors, next) => { const tail = crossedTail(g, factors, next); if (tail) turned++; return tail; });
    expect(turned).toBe(0);
  });
  test.each([
    ['cross(w, p)', 'w', '-skew3(p)'], ['cross(w, p)', 'p', 'skew3(w)'], ['skew3(w)*A*p', 'w', '-skew3(A*p)'], ["a'*skew3(w)*A", 'w', "A'*skew3(a)"],
    ['skew3(w)^2*p', 'w', '-(skew3(cross(w, p)) + skew3(w)*skew3(p))'], ['inv(J)*(q - cross(w, J*w))', 'w', 'J^-1*(skew3(J*w) - skew3(w)*J)'],
  ])('%s by %s: %s', (of, by, want) => {
    expect(form(of, by, 'vec')).toBe(want);
  });
  test.each([
    ['norm(cross(w, p))', 'w', 'cross(p, cross(w, p)) / f'], ['norm(cross(w, p))^2', 'w', '2*cross(p, cross(w, p))'], ['norm(cross(w, p))^2*norm(a)', 'a', "f*a / (a'*a)"],
    ["a'*cross(J*w, w)", 'a', 'cross(J*w, w)'],
  ])('what is simpler stands inside the skew matrix: %s by %s: %s', (of, by, want) => expect(form(of, by, 'gradient')).toBe(want));
  test('the triple product', () => {
    expect(form("a'*cross(w, p)", 'w', 'gradient')).toBe('cross(p, a)');
    expect(form("a'*cross(w, w)", 'w', 'gradient')).toBe('zeros(3)');
  });
});
