/** What must be said beside a derivative: conditions of validity, where there is none, conventions, assumptions. */
import { isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import type { ProgramRequest } from '../algebra/program';
import { termNames } from '../algebra/term-names';
import { leavesPoints } from '../calculus/assumptions';
import type { RuleUse } from '../calculus/differential';
import { spaceOf } from '../calculus/projection';
import { isSymmetricFunction } from '../calculus/spectral-sum';
import type { Workspace } from '../calculus/workspace';
import { printText } from '../syntax/print';
import { treeSize } from './cost';
import { hasStatement, kinksOf } from './kinks';
import { reachable } from './reachable';
import { readable } from './readable';
import { toTree } from './tree';
import type { Subject } from './subject';
import { usedAssumptions } from './used-assumptions';
import type { Views } from './views';

export function notesOf(w: Workspace, request: ProgramRequest, subject: Subject | undefined, views: Views | undefined): string[] {
  const notes = new Set<string>();
  if (!subject || !views) return [];
  const { program } = w;
  if (!w.g.depends(subject.of, subject.symbol)) notes.add(`${subject.order === 2 ? 'The gradient of ' : ''}${request.of} does not depend on ${request.wrt.at(-1) ?? ''}.`);
  const print = (a: Node): string => printText(readable(w.g, a, { where: false }).tree);
  const parted = new Set(views.uses.map((use) => use.node).filter((a) => a.kind === 'apply' && a.op === 'eigvecs'));
  for (const use of views.uses) {
    // A formula that reads the eigenvalues in no order and no eigenvectors but as a basis has values where some are equal.
    if (use.node.kind === 'apply' && use.node.op === 'eigvals' && !parted.has(w.g.apply('eigvecs', use.node.args)) && isSymmetricFunction(w.g, subject.of, use.node)) continue;
    // What is said of the kink says it already.
    if (use.node.kind === 'apply' && hasStatement(use.node.op) && (!use.node.op.startsWith('eig') || w.g.isSymmetric(use.node.args[0] as Node))) continue;
    const condition = conditionOf(w, use);
    if (condition !== undefined) notes.add(`Holds where ${condition} (${use.name}).`);
  }
  for (const kink of kinksOf(w.g, subject.value, asWritten(w.g, print))) notes.add(kink);
  for (const node of reachable(subject.of)) {
    if (node.kind !== 'apply') continue;
    const record = w.g.records.get(node.id);
    if (record?.condition) notes.add(`Uses ${record.rule}: ${record.condition}.`);
  }
  const below = reachable(subject.of);
  for (const node of w.g.implied.values()) {
    // Only what this formula's own inverses take for granted, not those of other statements.
    const base = [...below].find((p) => p.kind === 'power' && w.g.implied.has(p.base.id) && (p.base === node || reachable(p.base).has(node)));
    if (node.linear || !base || followsFromOthers(w.g, node)) continue;
    const tree = printText(readable(w.g, node, { where: false }).tree);
    const isSquare = node.shape.rows.key === node.shape.cols.key;
    notes.add(isSquare ? `Assumes that ${tree} is invertible.` : `Assumes that ${tree} has full column rank.`);
    // The same, said by a rule.
    if (isSquare) for (const note of notes) if (note.startsWith(`Holds where ${tree} is invertible (`)) notes.delete(note);
  }
  for (const a of program.assumptions) {
    const x = leavesPoints(a) && request.wrt.find((name) => [a.left, a.right].some((side) => side && termNames(program, side).has(name)));
    if (x) notes.add(`\`${program.text.slice(a.range.start, a.range.end)}\` is not used: ${x} moves, and leaves the points where it holds. Declare a structure to differentiate within it.`);
  }
  for (const a of usedAssumptions(program, request, (g, node) => printText(readable(g, node, { where: false }).tree))) notes.add(`Uses \`${program.text.slice(a.range.start, a.range.end)}\`.`);
  const space = spaceOf(subject.symbol);
  const x = request.wrt.at(-1) ?? '';
  if (space) notes.add(space === 'orthogonal' ? `Projected on the tangent space of the orthogonal matrices at ${x}.` : `The derivative in the space of ${space} matrices; directions are ${space} too.`);
  if (views.nodes.vec && !isScalar(subject.of.shape)) {
    notes.add(program.settings.vec === 'row' ? 'vec stacks rows (set vec = row).' : 'vec stacks columns.');
  }
  if (program.settings.layout !== 'mixed') notes.add(`Printed in ${program.settings.layout} layout.`);
  for (const m of views.missing) notes.add(`No ${m.form} form: ${m.reason}.`);
  return [...notes];
}

/** What is in a note is read beside the formula: as it stands there, where multiplied out it is no shorter by much. */
const asWritten = (g: Graph, print: (a: Node) => string) => (a: Node): string => {
  const plain = toTree(g, a);
  return treeSize(plain) <= treeSize(readable(g, a, { where: false }).tree) + LITTLE ? printText(plain) : print(a);
};
const LITTLE = 6;

/** Whether what is assumed of a node is said by what is assumed of another: of X' and X'*S*X by what is assumed of X. */
function followsFromOthers(g: Graph, node: Node): boolean {
  if (node.kind === 'transpose') return g.implied.has(node.arg.id);
  const parts = g.congruence(node);
  return parts !== undefined && g.implied.has(parts.outer.id) && (!parts.middle || g.isPosdef(parts.middle));
}

/** A rule's condition about the node it was used on; undefined where the node's structure meets it. */
function conditionOf(w: Workspace, use: RuleUse): string | undefined {
  const { g } = w;
  const arg = use.node.kind === 'power' ? use.node.base : use.node.kind === 'apply' ? use.node.args[0] : undefined;
  if (use.condition === undefined || !arg) return use.condition;
  if (use.condition === 'x > 0' && g.isPositive(arg)) return undefined;
  if (use.condition === 'x > 0' && arg.kind === 'apply' && arg.op === 'abs' && arg.args[0]?.kind === 'apply' && arg.args[0].op === 'det' && g.isInvertible(arg.args[0].args[0] as Node)) return undefined;
  if (use.condition === 'x > 0' && arg.kind === 'apply' && arg.op === 'abs' && arg.args[0]) {
    const inside = printText(readable(g, arg.args[0], { where: false }).tree);
    return isScalar(arg.shape) ? `${inside} is not 0` : `no entry of ${inside} is 0`;
  }
  if (use.condition === 'A invertible' && g.isInvertible(arg) && !g.implied.has(arg.id)) return undefined;
  const other = use.node.kind === 'apply' ? use.node.args[1] : undefined;
  if (use.node.kind === 'apply' && use.node.op === 'sylvester' && other && g.isPosdef(arg) && g.isPosdef(other)) return undefined;
  if (g.isPosdef(arg) && /positive definite|closed negative axis|det\(A\) > 0|A invertible/.test(use.condition)) return undefined;
  const condition = g.isSymmetric(arg) ? use.condition.replace('A symmetric, with', 'A has') : use.condition;
  const nameOf = (a: Node): string => printText(readable(g, a, { where: false }).tree);
  if (!/\b(?:A|x)\b/.test(condition)) return `${nameOf(arg)} has ${condition}`;
  // A*Y + Y*B and its transpose have one condition.
  const [first, second] = use.node.kind === 'apply' && use.node.op === 'sylvester' && other && compareNodes(arg, other) > 0 ? [other, arg] : [arg, other];
  return condition.replace(/\b[AxB]\b/g, (letter) => (letter === 'B' ? (second ? nameOf(second) : letter) : nameOf(first)))
    .replace(/^(.*[^a-zA-Z0-9)\]'].*) (invertible|positive definite|symmetric)/, '$1 is $2').replace(/^([\w']+) (invertible|positive definite|symmetric)/, '$1 is $2');
}
