/** The derivation as a person reads it: first the differential, rule by rule, then what it is rearranged to. */
import { isOne, isScalar } from '../algebra/dim';
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import { compareNodes } from '../algebra/order';
import type { RuleUse } from '../calculus/differential';
import { derivation } from '../calculus/steps';
import { onTangent, type Field } from '../calculus/workspace';
import { Refusal } from '../algebra/refusal';
import { weightOf } from '../algebra/weight';
import type { Expr } from '../syntax/tree';
import { withOwn } from './lazy';
import type { Step } from './presentation';
import { mapTree } from './map-tree';
import { pairedTree } from './pairing';
import { printText } from '../syntax/print';
import { readable, type WhereName } from './readable';
import type { Session } from './session';
import type { Views } from './views';
import { inRuleOrder } from './step-order';
import { whereLines } from './where-lines';
import { write } from './write';

const NOWHERE = { start: 0, end: 0 };

export function stepsOf(g: Graph, { of, outer, symbol }: Field & { readonly symbol: Node }, dX: Node, views: Views, best: Node, session: Session, written?: string): Step[] {
  let lines;
  try {
    lines = derivation(g, of, symbol, dX);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
  const group = session.open();
  const opaque = new Map(lines.flatMap((line) => [...line.opaque].map(([d, a]) => [d.kind === 'symbol' ? d.name : '', a] as const)));
  /** The names of opaque symbols as d(…), inside definitions too; names that the arguments need join `own`. */
  const differentials = (tree: Expr, own: Map<string, WhereName>): Expr => mapTree(tree, (e) => {
    const a = e.kind === 'name' ? opaque.get(e.name) : undefined;
    if (!a) return undefined;
    const printed = group.print(a);
    for (const d of printed.own) own.set(d.name, d);
    return { kind: 'call', callee: { kind: 'name', name: 'd', range: NOWHERE }, args: [printed.tree], range: NOWHERE };
  });
  const change = dX.kind === 'symbol' ? dX.name : '';
  const differentiated = (name: string): Node | string | undefined => { const a = opaque.get(name); return a ? upright(a) : name === change ? name : undefined; };
  const step = (node: Node, rest: Omit<Step, 'text' | 'unicode' | 'latex' | 'where'>, gradient?: Node): Step => {
    const printed = group.print(node);
    const added = [...printed.own];
    const readOff = gradient ? pairedTree(g, gradient, dX, printed.tree, { print: (part) => { const p = group.print(part); added.push(...p.own); return p.tree; }, shapeOf: session.shapeOf }) : printed.tree;
    const names = readOff === printed.tree ? printed.own : added;
    const own = new Map(names.map((d) => [d.name, d] as const));
    const tree = differentials(gradient ? readOff : inRuleOrder(readOff, differentiated), own);
    for (const d of names) own.set(d.name, { ...d, tree: differentials(d.tree, own) });
    const where = [...own.values()].sort((a, b) => weightOf(a.node) - weightOf(b.node) || compareNodes(a.node, b.node));
    return withOwn<Step>(write(tree) as Step, { ...rest, ...(where.length > 0 ? { where: whereLines(session, where) } : {}) });
  };
  const kept: Step[] = [];
  const push = (made: Step): void => { if (kept.at(-1)?.text !== made.text) kept.push(made); };
  const isOf = written ?? definitionText(g, of, session);
  lines.forEach((line, i) => push(step(onTangent(g, outer, line.node), i === 0 && isOf ? { rule: 'the differential to find', formula: isOf } : said(i === 0 ? [] : line.rules, i === 0 ? 'the differential to find' : 'linearity'))));
  const closing = views.nodes.differential;
  if (closing) push(step(closing, { rule: views.gradient && closing !== lines.at(-1)?.node ? 'collected: the differential as an inner product with the gradient' : 'collected and factored' }, isScalar(of.shape) ? views.gradient : undefined));
  if (views.gradient && best !== closing) push(step(best, { rule: 'read off the gradient', formula: isScalar(symbol.shape) ? 'df = G*dx' : isOne(symbol.shape.cols) ? "df = G'*dx" : "df = tr(G'*dX)" }));
  else if (best !== closing && best === views.nodes.vec) push(step(best, { rule: "vec(L*X*R) = (R' ⊗ L)*vec(X), vec(X') = commutation*vec(X)", source: 'Magnus & Neudecker 2019, Theorems 2.2 and 3.9' }));
  return kept;
}

const upright = (a: Node): Node => (a.kind === 'transpose' ? a.arg : a);

/** Longer definitions stand in the file. */
const MAX_DEFINITION = 80;

/** `f = …` where what is differentiated has a name. */
function definitionText(g: Graph, of: Node, session: Session): string | undefined {
  const [name] = [...session.definitions].find(([, node]) => node === of) ?? [];
  if (name === undefined || weightOf(of) > MAX_DEFINITION) return undefined;
  const { tree, where } = readable(g, of, { definitions: new Map([...session.definitions].filter(([, node]) => node !== of)) });
  return where.length > 0 ? undefined : `${name} = ${printText(tree)}`;
}

function said(rules: readonly RuleUse[], otherwise: string): Pick<Step, 'rule' | 'formula' | 'condition' | 'source'> {
  const unique = [...new Map(rules.map((r) => [`${r.name}|${r.formula ?? ''}`, r])).values()];
  const join = (parts: readonly (string | undefined)[]): string | undefined => {
    const said = [...new Set(parts.filter((p): p is string => p !== undefined))];
    return said.length > 0 ? said.join('; ') : undefined;
  };
  const formula = join(unique.map((r) => r.formula));
  const condition = join(unique.map((r) => r.condition));
  const source = join(unique.map((r) => r.source));
  return {
    rule: join(unique.map((r) => r.name)) ?? otherwise,
    ...(formula === undefined ? {} : { formula }), ...(condition === undefined ? {} : { condition }), ...(source === undefined ? {} : { source }),
  };
}
