/** The plain printing of a node: every kind and operator, nothing searched for. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { Expr } from '../syntax/tree';
import { NOWHERE } from './place';
import { createWriter } from './printer';

/** A tree that parses and resolves to the node's value; identities and basis vectors carry their sizes where the text does not tell them. */
export const toTree = (g: Graph, node: Node): Expr => createWriter(g).tree(node, NOWHERE);
