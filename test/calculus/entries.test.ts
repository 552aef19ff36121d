// The entries of what is shared: each node is walked once, so a nest that doubles has its components at once. It would not end otherwise.
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { openWorkspace } from '../../core/calculus/workspace';
import { subjectOf } from '../../core/notation/subject';
import { pickNames } from '../../core/notation/views-names';
import { viewsOf } from '../../core/notation/views';
import { newGraph } from '../../core/simplify';
import { parse } from '../../core/syntax/parse';

const nest = (declared: string, start: string, product: string, last: string): string =>
  `${declared}\nF0 = ${start}\n${Array.from({ length: 100 }, (_, i) => `F${i + 1} = F${i} ${product} F${i} + F${i}`).join('\n')}\n${last}`;

test.each([
  ['scalars', nest('x : vector(n)', "x'*x", '*', 'grad(F100, x)')],
  ['arrays, entry by entry', nest('A, X : matrix(n, n)', 'A*X', '.*', 'jacobian(F100, X)')],
])('%s', (_, text) => {
  const program = resolve(parse(text));
  const [request] = program.requests;
  if (!request) throw new Error('no request');
  const w = openWorkspace(program, newGraph);
  const subject = subjectOf(w, request);
  if (!subject) throw new Error('nothing is differentiated');
  const views = viewsOf(w.g, subject, pickNames(program, subject), program.settings);
  expect(views.missing).toEqual([]);
  expect(views.nodes.components).toBeDefined();
  expect(views.nodes.index).toBeDefined();
});
