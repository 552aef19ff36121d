/** Operators that act entry by entry on all their arguments. */
import { eachRules } from './rules';

export const ELEMENTWISE_MAPS: ReadonlySet<string> = new Set([...eachRules.map((r) => r.op), 'max', 'min']);
