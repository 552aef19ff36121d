/** The engine that the server works with. */
import type { Engine } from '../core/ide/engine';
import { present } from '../core/notation/present';

export const engine: Engine = { present };
