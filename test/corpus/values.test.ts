/** Value and derivative of every corpus case, by generated code and by the interpreter, against the stored tensors. */
import { expect, test } from 'vitest';
import { termNames } from '../../core/algebra/term-names';
import { interpreted } from '../../cli/eval';
import { generatedAt } from '../../cli/generated';
import { asked } from '../../cli/requests';
import { pointOf } from '../../cli/values';
import { cases, distance, sourceFrom } from './cases';

for (const c of cases) {
  for (const [engine, run] of [['generated', generatedAt], ['interpreted', interpreted]] as const) {
    test(`${c.id} (${engine})`, () => {
      const chosen = asked(sourceFrom(c), c.of, c.wrt);
      const point = pointOf(chosen.program, c.values, termNames(chosen.program, chosen.request.ofTerm));
      const got = run(chosen, point, c.order === 2 ? 2 : 1);
      expect(got.value.shape).toEqual(c.value.shape);
      expect(distance(got.value.data, c.value.data)).toBeLessThan(c.tolerance ?? 1e-8);
      expect(got.derivative?.shape).toEqual(c.derivative.shape);
      expect(distance(got.derivative?.data ?? [], c.derivative.data)).toBeLessThan(c.tolerance ?? 1e-8);
    });
  }
}
