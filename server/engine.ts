/** The engine that the server works with. */
import type { Engine } from '../core/ide/engine';
import { present } from '../core/notation/present';
import { diagnose } from '../core/syntax/codes';

/** A fault of the engine is said at the request that it happened for, and leaves all others alone. */
export const engine: Engine = {
  present(program, request) {
    try {
      return present(program, request);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { refused: diagnose('MC4001', `mcalc failed here, which is a fault of mcalc's: ${reason}`, request.range) };
    }
  },
};
