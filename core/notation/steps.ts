/** The derivation as a person reads it: first the differential, rule by rule, then what it is rearranged to. */
import type { Graph } from '../algebra/graph';
import type { Node } from '../algebra/node';
import type { RuleUse } from '../calculus/differential';
import { derivation } from '../calculus/steps';
import { Refusal } from '../algebra/refusal';
import { printLatex } from '../syntax/latex';
import { printText } from '../syntax/print';
import type { Expr } from '../syntax/tree';
import { printUnicode } from '../syntax/unicode';
import type { Step } from './presentation';
import { mapTree } from './map-tree';
import type { Views } from './views';

type ToTree = (node: Node) => Expr;
/** Undefined where a line cannot be printed without names of its own. */
type Unnamed = <T>(make: () => T) => T | undefined;
const NOWHERE = { start: 0, end: 0 };

export function stepsOf(g: Graph, of: Node, symbol: Node, dX: Node, views: Views, best: Node, toTree: ToTree, unnamed: Unnamed): Step[] {
  let lines;
  try {
    lines = derivation(g, of, symbol, dX);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
  const steps = lines.flatMap((line, i): Step | readonly Step[] => unnamed(() => {
    const names = new Map([...line.opaque].map(([d, a]) => [d.kind === 'symbol' ? d.name : '', a] as const));
    const tree = mapTree(toTree(line.node), (e) => {
      const a = e.kind === 'name' ? names.get(e.name) : undefined;
      return a ? { kind: 'call', callee: { kind: 'name', name: 'd', range: NOWHERE }, args: [toTree(a)], range: NOWHERE } : undefined;
    });
    return { ...write(tree), ...said(i === 0 ? [] : line.rules, i === 0 ? 'the differential to find' : 'linearity') };
  }) ?? []);
  const kept = steps.filter((s, i) => i === 0 || s.text !== steps[i - 1]?.text);
  const closing = views.nodes.differential;
  const offer = (node: Node, rest: Omit<Step, 'text' | 'unicode' | 'latex'>): void => {
    const written = unnamed(() => write(toTree(node)));
    if (written) push(kept, { ...written, ...rest });
  };
  if (closing) offer(closing, { rule: views.gradient && closing !== lines.at(-1)?.node ? 'collected: the differential as an inner product with the gradient' : 'collected and factored' });
  if (views.gradient && best !== closing) offer(best, { rule: 'read off the gradient' });
  else if (best !== closing && best === views.nodes.vec) offer(best, { rule: "vec(L*X*R) = (R' ⊗ L)*vec(X), vec(X') = commutation*vec(X)", source: 'Magnus & Neudecker 2019, Theorems 2.2 and 3.9' });
  return kept;
}

function push(steps: Step[], step: Step): void {
  if (steps.at(-1)?.text !== step.text) steps.push(step);
}

const write = (tree: Expr): { text: string; unicode: string; latex: string } => ({ text: printText(tree), unicode: printUnicode(tree), latex: printLatex(tree) });

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
