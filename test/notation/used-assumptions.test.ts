/** An assumption that a result uses is named in its notes, which hover, text, JSON and the comment above generated code show; one that it does not use is not. */
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import type { ProgramRequest } from '../../core/algebra/program';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';

function notes(text: string): readonly string[] {
  const program = resolve(parse(text));
  expect(program.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const presented = present(program, program.requests.at(-1) as ProgramRequest);
  if ('refused' in presented) throw new Error(presented.refused.message);
  return presented.notes;
}
const HEAD = 'A, B, X, P : matrix(n, n)\nQ : matrix(m, n)\nx : vector(n)';

test.each([
  ['a product', 'assume A*B == I', 'norm(A*B*X*x)^2', 'X'],
  ['orthonormal columns', "assume Q'*Q == I", 'norm(Q*X*x)^2', 'X'],
  ['a projector', 'assume P*P == P', 'tr(P*P*X)', 'X'],
  ['a word', 'assume symmetric(P)', "x'*P*x", 'x'],
  ['a commuting pair', 'assume A*P == P*A', 'tr((A*P - P*A)*X) + tr(X*X)', 'X'],
])('used: %s', (_, assume, F, by) => expect(notes(`${HEAD}\n${assume}\nf = ${F}\ngrad(f, ${by})`)).toContain(`Uses \`${assume}\`.`));

test.each([
  ['the formula does not hold the product', 'assume A*B == I', 'norm(A*X*x)^2', 'X'],
  ['other names', 'assume P*P == P', 'norm(A*X*x)^2', 'X'],
  ['what moves leaves it, which is said in other words', 'assume X*A == I', 'tr(X*A*X)', 'X'],
])('not used: %s', (_, assume, F, by) => expect(notes(`${HEAD}\n${assume}\nf = ${F}\ngrad(f, ${by})`).filter((n) => n.startsWith('Uses `'))).toEqual([]));

test('of several, those that are used', () => {
  expect(notes(`${HEAD}\nassume A*B == I\nassume P*P == P\nassume Q'*Q == I\nf = norm(Q*A*B*X*x)^2\ngrad(f, X)`).filter((n) => n.startsWith('Uses `'))).toEqual(['Uses `assume A*B == I`.', "Uses `assume Q'*Q == I`."]);
});
