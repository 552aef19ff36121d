/** What is read at a glance is what the long way gives, and nothing that would be complained of passes. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileOf, KINDS } from '../../bench/files';
import { resolve } from '../../core/algebra/resolve';
import { parse } from '../../core/syntax/parse';
import { exampleTexts } from '../fuzz/texts';
import { mutated } from '../fuzz/text-inputs';
import { randomFrom } from '../fuzz/random';
import { programText } from './edits';

const examples = exampleTexts(path.resolve(import.meta.dirname, '../..')).filter((t) => t.length < 2000);
/** Texts whose two readings differ. */
const differing = (texts: readonly string[]): readonly string[] => texts.filter((text) => {
  const document = parse(text);
  return programText(resolve(document)) !== programText(resolve(document, { thorough: true }));
});

test('every example of the project', () => { expect(differing(examples)).toEqual([]); });
test('files of a hundred lines, of each kind', () => { expect(differing(KINDS.map((k) => fileOf(k, 100)))).toEqual([]); });
test('mutated examples', () => {
  const r = randomFrom(77);
  expect(differing(Array.from({ length: 1500 }, () => mutated(examples, r)))).toEqual([]);
});

const HEAD = 'm : scalar; S, M : matrix(n, n); X : matrix(k, n); x, y : vector(n); t : scalar; dim p >= 2\n';
test.each([
  'S + t', 't - S', 'S + t*I', 'S*I', 'I + S', 't*I', 'I', 'S + I*I', 'inv(S + t*I)*x', "x'x*I + S", "x'*y + I", 'S(2)', 'x(2)', 'x (2)', 'S^-1', 'X^2', 'S^t', 'S^x', 'S .^ t', 'S^I', 'S^T', 'S.T', 'S^-T', 'X^-T',
  '[S, x; x\', t]', '[S, x; y, t]', '[S x; S x]', '[S, 0; 0, S]', '[S]', '[S, S]', '[S; S]', '[X, x]', 'tr(S)', 'tr(X)', 'hadamard(S, t)', 'kron(S, x)', 'det S', 'norm(S)', 'p*S', 'pi*S', '-X', '+X', '1e3*S', '.5*S', 'u*S', 'svdvals(X)',
  'solve(S, x)', 'S \\ x', 'X / S', 'x ⊗ y', 'S ⊕ S', 'S : M', 't/0', 't ./ (1 - 1)', '0 \\ t', '0^-1', '(2 - 2)^-2*S', 't/1', '0^2', 't ⊕ t', '99999999999999999999*S', 'S*-x', 'max(x)', "(x')'", 'S^(1/2)', 'S^-t', 'S^(t - t)', 'x[2]', 'sum(x[i], i = 1:n)', 'grad(tr(S*M), S)', 'e(1)*x', 'T', 'f(x)',
])('%s', (expression) => {
  expect(differing([`${HEAD}${expression}`, `${HEAD}F = ${expression}\nF`, `${HEAD}check ${expression} == S`, `T : scalar\n${HEAD}F = ${expression}`, `${HEAD}dim k = n\nF = ${expression}\nG = F + X`])).toEqual([]);
});
