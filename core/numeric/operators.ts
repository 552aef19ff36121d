// The numeric operator table: operator name to implementation. A new operator is a row in one of these files.
import { arrangements } from './operators/arrangements';
import { elementwise } from './operators/elementwise';
import { matrices } from './operators/matrices';
import { reductions } from './operators/reductions';
import type { Implementation } from './operators/row';

export const implementations: ReadonlyMap<string, Implementation> = new Map(
  [elementwise, reductions, arrangements, matrices].flatMap((rows) => Object.entries(rows)),
);
