/** Every place in a part where a name stands, and what it names there. Definition, references, rename, links and colours are read off this list. */
import type { Program } from '../algebra/program';
import type { Expr, NameExpr, Range, Statement, TypeExpr } from '../syntax/tree';
import { partsOf } from '../syntax/walk';
import type { Compiled } from './part';
import { expressionsOf, sizesOf } from './walk';

export type NameRole = 'variable' | 'parameter' | 'definition' | 'dimension' | 'formal' | 'index' | 'operator' | 'constant' | 'unknown';

export interface Occurrence {
  readonly name: string;
  readonly role: NameRole;
  /** In the part's text. */
  readonly range: Range;
  /** Where the name is declared or defined; for an inferred one its first place. Absent for operators, constants and unknown names. */
  readonly declaration?: Range;
  readonly isDeclaration: boolean;
}

const same = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end;

/** The definition of a name in a program: its role and the range of its declaring name. */
function lookUp(program: Program, name: string): { readonly role: NameRole; readonly declaration: Range } | undefined {
  const definition = program.definitions.get(name);
  if (definition) return { role: 'definition', declaration: definition.nameRange };
  const variable = program.variables.get(name);
  if (variable) return { role: 'variable', declaration: variable.range };
  const formal = program.functions.get(name);
  if (formal) return { role: 'formal', declaration: formal.range };
  const dimension = program.dimensions.get(name);
  return dimension && { role: 'dimension', declaration: dimension };
}

const CONSTANTS: ReadonlySet<string> = new Set(['I', 'pi', 'e', 'E', 'ones', 'zeros', 'delta']);

interface Scope { readonly index: NameExpr; readonly outer?: Scope }

const inScope = (scope: Scope | undefined, name: string): NameExpr | undefined => {
  for (let s = scope; s; s = s.outer) if (s.index.name === name) return s.index;
  return undefined;
};

function* inExpression(root: Expr, program: Program, isOperator: (name: string) => boolean): Generator<Occurrence, void, void> {
  const waiting: { readonly expr: Expr; readonly scope?: Scope; readonly callee?: boolean }[] = [{ expr: root }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { expr, scope, callee } = next;
    if (expr.kind === 'name') {
      const bound = inScope(scope, expr.name);
      const known = lookUp(program, expr.name);
      if (bound) yield { name: expr.name, role: 'index', range: expr.range, declaration: bound.range, isDeclaration: same(bound.range, expr.range) };
      else if (known) yield { name: expr.name, ...known, range: expr.range, isDeclaration: same(known.declaration, expr.range) };
      else yield { name: expr.name, role: CONSTANTS.has(expr.name) ? 'constant' : callee || isOperator(expr.name) ? 'operator' : 'unknown', range: expr.range, isDeclaration: false };
      continue;
    }
    const inner = expr.kind === 'finiteSum' ? { index: expr.index, outer: scope } : scope;
    const parts = partsOf(expr).map((part) => ({
      expr: part,
      // The bounds of a sum stand outside its index's reach.
      scope: expr.kind === 'finiteSum' && (part === expr.from || part === expr.to) ? scope : inner,
      callee: expr.kind === 'call' && part === expr.callee,
    }));
    waiting.push(...parts.reverse());
  }
}

function* inSizes(roots: readonly Expr[], program: Program): Generator<Occurrence, void, void> {
  for (const root of roots) {
    for (const occurrence of inExpression(root, program, () => false)) {
      const place = program.dimensions.get(occurrence.name);
      yield place
        ? { ...occurrence, role: 'dimension', declaration: place, isDeclaration: same(place, occurrence.range) }
        : { name: occurrence.name, role: 'dimension', range: occurrence.range, isDeclaration: false };
    }
  }
}

const sizesOfType = (type: TypeExpr | undefined): readonly Expr[] => (type ? sizesOf(type) : []);

function* inStatement(statement: Statement, program: Program, isOperator: (name: string) => boolean): Generator<Occurrence, void, void> {
  const declared = (name: NameExpr, role: NameRole): Occurrence => {
    const known = lookUp(program, name.name);
    const declaration = known?.declaration ?? name.range;
    return { name: name.name, role: known?.role ?? role, range: name.range, declaration, isDeclaration: known === undefined || same(declaration, name.range) };
  };
  switch (statement.kind) {
    case 'declaration':
      for (const name of statement.names) yield declared(name, statement.type?.kind === 'function' ? 'formal' : 'variable');
      yield* inSizes(sizesOfType(statement.type), program);
      return;
    case 'dim':
      for (const relation of statement.relations) yield* inSizes([relation.left, relation.right], program);
      return;
    case 'definition':
      yield declared(statement.name, 'definition');
      for (const name of statement.parameters ?? []) yield { ...declared(name, 'variable'), role: 'parameter' };
      break;
    case 'request': case 'check': case 'assume': case 'set': case 'broken':
      break;
  }
  for (const root of expressionsOf(statement)) yield* inExpression(root, program, isOperator);
}

/** The names of a part's own statements, in the order of the statements. `isOperator` tells the names of the operator table. */
export function* occurrencesIn(compiled: Compiled, isOperator: (name: string) => boolean): Generator<Occurrence, void, void> {
  for (const statement of compiled.statements) {
    if (statement.range.start >= compiled.own) yield* inStatement(statement, compiled.program, isOperator);
  }
}
