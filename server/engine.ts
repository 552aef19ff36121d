/** The engine that the server works with. */
import type { Engine } from '../core/ide/engine';
import { diagnose } from '../core/syntax/codes';

export const engine: Engine = {
  present: (_program, request) => ({ refused: { ...diagnose('MC6003', 'not derived yet', request.range) } }),
};
