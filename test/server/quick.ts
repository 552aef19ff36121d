/** An engine that answers at once, for tests of everything but the engine. */
import type { Engine } from '../../core/ide/engine';

export const fixtureEngine: Engine = {
  present: (_program, request) => ({ refused: { code: 'MC4001', severity: 'error', message: 'there is no engine in this test', range: request.range } }),
};
