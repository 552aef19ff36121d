/** Hover: what stands under the cursor, its shape and structure, and its derivatives. Plain data; the server makes Markdown of it. */
import { isScalar, shapeText, type Shape } from '../algebra/dim';
import { spelled, type Operator } from '../algebra/operators';
import type { Program, ProgramRequest } from '../algebra/program';
import type { Expr, Range, Statement } from '../syntax/tree';
import { partAt, type Analysis } from './analysis';
import { unwrittenId } from './derivation';
import { isRefusal, type Presented } from './engine';
import { shapeAt } from './fit';
import { typeText } from './hints';
import { leadOf, type Lead } from './lead';
import type { Occurrence } from './names';
import { nameAt } from './navigate';
import { fromDocument, ownStatements, rangeToDocument, type Part } from './part';
import { requestFor, variablesFor } from './requests';
import { structureOf } from './structure';
import { contains, expressionsOf, pathTo } from './walk';

export interface Derivative {
  /** `∂F/∂X`, or the request as it is written. */
  readonly title: string;
  readonly presented: Presented;
  /** To the left of the best form. */
  readonly lead?: Lead;
  /** What its derivation can be opened by. */
  readonly id?: string;
}

export interface Hover {
  /** In the document. */
  readonly range: Range;
  /** What stands here, as mcalc: `F : matrix(m, n)`. */
  readonly signature: string;
  /** Markdown paragraphs. */
  readonly paragraphs: readonly string[];
  readonly derivatives: readonly Derivative[];
}

/** A request that is about to be presented: who has another thread derives it there first. */
export interface Wish { readonly part: Part; readonly request: ProgramRequest }
type Hovering<T> = Generator<Wish | void, T, void>;

/** More variables than this are named, not differentiated by: a hover is a glance. */
const MAX_DERIVATIVES = 3;

/** `m×n`, which a glance reads faster than the declaration. */
const shapeWords = (shape: Shape): readonly string[] => (isScalar(shape) ? [] : [shapeText(shape)]);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function shown(program: Program, presented: Presented): Pick<Derivative, 'presented' | 'lead'> {
  const lead = isRefusal(presented) ? undefined : leadOf(program, presented, presented.best);
  return { presented, ...(lead && { lead }) };
}

function operatorHover(range: Range, row: Operator, shape: string | undefined): Hover {
  return {
    range,
    signature: row.signature,
    paragraphs: [
      row.documentation,
      ...(shape === undefined ? [] : [`Here: \`${shape}\`.`]),
      ...(row.domain === undefined ? [] : [`Defined where ${row.domain}.`]),
      ...(row.notDifferentiable === undefined ? [] : [`Not differentiable: ${row.notDifferentiable}.`]),
    ],
    derivatives: [],
  };
}

/** The hover of a request: its result. */
function* requestHover(analysis: Analysis, part: Part, statement: Statement, request: ProgramRequest): Hovering<Hover> {
  const range = rangeToDocument(part, statement.range);
  const title = oneLine(part.compiled.text.slice(statement.range.start, statement.range.end));
  const id = analysis.items.find((item) => item.kind === 'request' && item.request === request)?.id;
  yield { part, request };
  const result = shown(part.compiled.program, analysis.present(part, request));
  yield;
  return { range, signature: `${title} : ${shapeText(request.term.shape)}`, paragraphs: [], derivatives: [{ title, ...result, ...(id !== undefined && { id }) }] };
}

function* definitionHover(analysis: Analysis, part: Part, occurrence: Occurrence): Hovering<Hover | undefined> {
  const { program } = part.compiled;
  const definition = program.definitions.get(occurrence.name);
  if (!definition) return undefined;
  const variables = variablesFor(program, definition);
  const derivatives: Derivative[] = [];
  for (const name of variables.slice(0, MAX_DERIVATIVES)) {
    const written = program.requests.find((r) => r.of === definition.name && r.wrt.length === 1 && r.wrt[0] === name && (r.kind === 'grad' || r.kind === 'jacobian'));
    const request = written ?? requestFor(program, definition, name);
    if (!request) continue;
    yield { part, request };
    const id = analysis.items.find((item) => item.kind === 'request' && item.request === written)?.id;
    derivatives.push({ title: `∂${definition.name}/∂${name}`, ...shown(program, analysis.present(part, request)), id: id ?? unwrittenId(analysis, part, definition.name, name) });
    yield;
  }
  const rest = variables.slice(MAX_DERIVATIVES);
  const head = definition.parameters.length > 0 ? `${definition.name}(${definition.parameters.join(', ')})` : definition.name;
  return {
    range: rangeToDocument(part, occurrence.range),
    signature: `${head} : ${[typeText(definition.shape), ...structureOf(program, definition.name)].join(' ')}`,
    paragraphs: [...shapeWords(definition.shape), ...(rest.length > 0 ? [`Depends on ${rest.map((name) => `\`${name}\``).join(', ')} too; ask for \`${definition.parameters.length > 0 ? 'grad' : 'jacobian'}(${definition.name}, ${rest[0]})\`.`] : [])],
    derivatives,
  };
}

function* nameHover(analysis: Analysis, part: Part, occurrence: Occurrence): Hovering<Hover | undefined> {
  const { program } = part.compiled;
  const range = rangeToDocument(part, occurrence.range);
  switch (occurrence.role) {
    case 'variable': case 'parameter': {
      const variable = program.variables.get(occurrence.name);
      if (!variable) return undefined;
      const words = [...variable.words].join(' ');
      const origin = variable.inferred ? ['The shape is inferred from how the name is used.'] : [];
      return { range, signature: `${variable.name} : ${typeText(variable.shape)}${words === '' ? '' : ` ${words}`}`, paragraphs: [...shapeWords(variable.shape), ...origin], derivatives: [] };
    }
    case 'definition':
      return yield* definitionHover(analysis, part, occurrence);
    case 'formal': {
      const formal = program.functions.get(occurrence.name);
      if (!formal) return undefined;
      return { range, signature: `${formal.name} : ${formal.from.map(shapeText).join(', ')} → ${shapeText(formal.to)}`, paragraphs: ['A function without a body: its derivatives stay symbols, so nothing of it can be verified or generated.'], derivatives: [] };
    }
    case 'dimension': {
      const size = program.sizes.get(occurrence.name);
      const facts = program.dimFacts.filter((f) => [f.left, f.right].some((d) => d.terms.some((t) => t.names.includes(occurrence.name))))
        .map((f) => `\`${f.left.key} ${f.op} ${f.right.key}\``);
      return { range, signature: size === undefined ? `dim ${occurrence.name}` : `dim ${occurrence.name} = ${size}`, paragraphs: ['A dimension.', ...(facts.length > 0 ? [`With ${facts.join(', ')}.`] : [])], derivatives: [] };
    }
    case 'index':
      return { range, signature: occurrence.name, paragraphs: ['The index of a finite sum.'], derivatives: [] };
    case 'operator': case 'constant': {
      const row = spelled(occurrence.name);
      return row && operatorHover(range, row, undefined);
    }
    case 'unknown':
      return undefined;
  }
}

/** The spelling of the operator that an expression applies, and where it is written; undefined for names and brackets. */
function operatorOf(expr: Expr): { readonly range: Range; readonly spelling: string } | undefined {
  switch (expr.kind) {
    case 'binary':
      return { range: expr.opRange.end > expr.opRange.start ? expr.opRange : expr.range, spelling: expr.op };
    case 'transpose':
      return { range: { start: expr.arg.range.end, end: expr.range.end }, spelling: "'" };
    case 'inverseTranspose':
      return { range: { start: expr.arg.range.end, end: expr.range.end }, spelling: 'inv' };
    case 'power':
      return { range: { start: expr.base.range.end, end: expr.range.end }, spelling: '^' };
    default:
      return undefined;
  }
}

/** What there is to say at an offset; undefined outside formulas. Pauses around each derivative. */
export function* hover(analysis: Analysis, offset: number): Hovering<Hover | undefined> {
  const part = partAt(analysis, offset);
  const local = part && fromDocument(part, offset);
  if (!part || local === undefined) return undefined;
  const { program } = part.compiled;
  const statement = ownStatements(part.compiled).find((s) => contains(s.range, local));
  if (!statement) return undefined;
  const request = program.requests.find((r) => r.range.start === statement.range.start && r.range.end === statement.range.end && r.kind !== 'value');
  const found = nameAt(analysis, offset);
  const isRequestsWord = request !== undefined && found?.occurrence.role === 'operator' && found.occurrence.range.start === statement.range.start;
  // A hover is over the character behind the offset: a name that ends here comes after the operator that begins here.
  const over = found && local < found.occurrence.range.end ? found : undefined;
  if (over && !isRequestsWord) {
    const hovered = yield* nameHover(analysis, part, over.occurrence);
    if (hovered) return hovered;
  }
  const isLeibniz = statement.kind === 'request' && statement.expr.kind === 'leibniz';
  if (request && (isRequestsWord || isLeibniz)) return yield* requestHover(analysis, part, statement, request);
  const applied = operatorAt(part, statement, local);
  if (applied) return applied;
  if (found && !isRequestsWord) return yield* nameHover(analysis, part, found.occurrence);
  const value = program.requests.find((r) => r.range.start === statement.range.start);
  return value && statement.kind === 'request' ? yield* requestHover(analysis, part, statement, value) : undefined;
}

/** The innermost operator that is written at an offset, with the shape of what it makes. */
function operatorAt(part: Part, statement: Statement, local: number): Hover | undefined {
  for (const expr of [...pathTo(expressionsOf(statement), local)].reverse()) {
    const operator = operatorOf(expr);
    if (!operator || local < operator.range.start || local >= operator.range.end) continue;
    const row = spelled(operator.spelling);
    const shape = shapeAt(part.compiled.program, expr.range);
    const text = oneLine(part.compiled.text.slice(expr.range.start, expr.range.end));
    if (row) return operatorHover(rangeToDocument(part, expr.range), row, shape && `${text} : ${shapeText(shape)}`);
  }
  return undefined;
}
