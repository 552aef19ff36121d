/**
 * Every place in a part where a name stands, and what it names there. Definition, references, rename, links and colours are read off
 * this list. Where the names of a statement stand is found once, however far an edit above has moved it; what they name is looked up
 * when it is asked, for that depends on the rest of the text.
 */
import type { Program } from '../algebra/program';
import { originOf } from '../syntax/shift';
import type { Expr, NameExpr, Range, Statement } from '../syntax/tree';
import { partsOf } from '../syntax/walk';
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

/** A name as it is written, in the text that its statement was first read in. */
interface Mention {
  readonly name: string;
  readonly range: Range;
  /** What the place alone tells: a name that the statement declares as a role, a size, what is called, or any other name. */
  readonly as: 'variable' | 'formal' | 'definition' | 'parameter' | 'size' | 'callee' | 'other';
  /** The index of a finite sum around it. */
  readonly bound?: Range;
}

function inExpression(root: Expr, isSize: boolean, into: Mention[]): void {
  const waiting: { readonly expr: Expr; readonly scope?: Scope; readonly callee?: boolean }[] = [{ expr: root }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { expr, scope, callee } = next;
    if (expr.kind === 'name') {
      const bound = inScope(scope, expr.name);
      into.push({ name: expr.name, range: expr.range, as: isSize ? 'size' : callee ? 'callee' : 'other', ...(bound && { bound: bound.range }) });
      continue;
    }
    const inner = expr.kind === 'finiteSum' ? { index: expr.index, outer: scope } : scope;
    const parts = partsOf(expr);
    for (let i = parts.length - 1; i >= 0; i--) {
      const part = parts[i];
      if (!part) continue;
      // The bounds of a sum stand outside its index's reach.
      const outside = expr.kind === 'finiteSum' && (part === expr.from || part === expr.to);
      waiting.push({ expr: part, ...((outside ? scope : inner) && { scope: outside ? scope : inner }), callee: expr.kind === 'call' && part === expr.callee });
    }
  }
}

const known = new WeakMap<Statement, readonly Mention[]>();

/** The names of a statement that has not been moved. */
function mentions(origin: Statement): readonly Mention[] {
  let found = known.get(origin);
  if (!found) known.set(origin, (found = findMentions(origin)));
  return found;
}

function findMentions(statement: Statement): readonly Mention[] {
  const into: Mention[] = [];
  const declared = (name: NameExpr, as: Mention['as']): void => { into.push({ name: name.name, range: name.range, as }); };
  switch (statement.kind) {
    case 'declaration':
      for (const name of statement.names) declared(name, statement.type?.kind === 'function' ? 'formal' : 'variable');
      if (statement.type) for (const size of sizesOf(statement.type)) inExpression(size, true, into);
      return into;
    case 'dim':
      for (const { left, right } of statement.relations) for (const side of [left, right]) inExpression(side, true, into);
      return into;
    case 'definition':
      declared(statement.name, 'definition');
      for (const name of statement.parameters ?? []) declared(name, 'parameter');
      break;
    case 'request': case 'check': case 'assume': case 'set': case 'broken':
      break;
  }
  for (const root of expressionsOf(statement)) inExpression(root, false, into);
  return into;
}

function occurrence(mention: Mention, delta: number, program: Program, isOperator: (name: string) => boolean): Occurrence {
  const { name, as } = mention;
  const at = (r: Range): Range => (delta === 0 ? r : { start: r.start + delta, end: r.end + delta });
  const range = at(mention.range);
  if (as === 'size') {
    const place = program.dimensions.get(name);
    return place ? { name, role: 'dimension', range, declaration: place, isDeclaration: same(place, range) } : { name, role: 'dimension', range, isDeclaration: false };
  }
  if (mention.bound) return { name, role: 'index', range, declaration: at(mention.bound), isDeclaration: same(mention.bound, mention.range) };
  const found = lookUp(program, name);
  if (as === 'callee' || as === 'other') {
    if (found) return { name, ...found, range, isDeclaration: same(found.declaration, range) };
    return { name, role: CONSTANTS.has(name) ? 'constant' : as === 'callee' || isOperator(name) ? 'operator' : 'unknown', range, isDeclaration: false };
  }
  const declaration = found?.declaration ?? range;
  return { name, role: as === 'parameter' ? as : found?.role ?? as, range, declaration, isDeclaration: found === undefined || same(declaration, range) };
}

/** The names of one statement, in its order. `isOperator` tells the names of the operator table. */
export function occurrencesOf(statement: Statement, program: Program, isOperator: (name: string) => boolean): readonly Occurrence[] {
  const origin = originOf(statement);
  const delta = statement.range.start - origin.range.start;
  return mentions(origin).map((mention) => occurrence(mention, delta, program, isOperator));
}
