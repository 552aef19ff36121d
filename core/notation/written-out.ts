/** A tree with names replaced by what they stand for. Shared parts stay shared. */
import type { Expr } from '../syntax/tree';
import { mapTree } from './map-tree';

/** @param by what some names stand for, with none of these names inside */
export const writtenOut = (tree: Expr, by: ReadonlyMap<string, Expr>): Expr => (by.size === 0 ? tree : mapTree(tree, (e) => (e.kind === 'name' ? by.get(e.name) : undefined)));
