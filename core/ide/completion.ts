/** Completion: what can stand at an offset, what fits its place first. */
import { isScalar, shapeText, type Shape } from '../algebra/dim';
import { operators, shapeOf, type Operator } from '../algebra/operators';
import type { Range, Statement } from '../syntax/tree';
import { STRUCTURE_WORDS } from '../syntax/words';
import { abbreviations } from './abbreviations';
import { partAt, type Analysis } from './analysis';
import { callAt } from './call';
import { fitAt, type Fits } from './fit';
import { fromDocument, ownStatements, type Compiled } from './part';
import { contains } from './walk';

export type CandidateKind = 'variable' | 'definition' | 'dimension' | 'function' | 'constant' | 'keyword' | 'type' | 'word' | 'symbol' | 'snippet';

export interface Candidate {
  readonly label: string;
  readonly kind: CandidateKind;
  readonly detail: string;
  readonly documentation: string;
  /** The text to put in place of `replace`. */
  readonly insert: string;
  /** The same with tab stops `${1:n}`, where there are any. */
  readonly snippet?: string;
  /** In the document. */
  readonly replace: Range;
  /** 0 fits best. */
  readonly rank: number;
  /** What is compared with the typed text, where that is not the label. */
  readonly filter?: string;
}
type Draft = Omit<Candidate, 'replace'>;

const plain = (kind: CandidateKind, label: string, detail: string, rank: number, snippet?: string): Draft =>
  ({ label, kind, detail, documentation: '', insert: snippet === undefined ? label : label.split(/[ (=]/)[0] ?? label, rank, ...(snippet !== undefined && { snippet }) });

const STARTS: readonly Draft[] = [
  plain('keyword', 'dim', 'a relation between dimensions, or sizes', 6, 'dim ${1:m} >= ${2:n}'),
  plain('keyword', 'check', 'claim an identity', 6, 'check ${1:left} == ${2:right}'),
  plain('keyword', 'assume', 'a fact', 6, 'assume ${1:invertible(${2:A})}'),
  plain('keyword', 'set', 'a convention of this file', 6, 'set ${1|vec = column,vec = row,layout = numerator,layout = denominator|}'),
];
const TYPES: readonly Draft[] = [
  plain('type', 'scalar', 'one number', 0),
  plain('type', 'vector(n)', 'a column of n entries', 0, 'vector(${1:n})'),
  plain('type', 'matrix(m, n)', 'm rows, n columns', 0, 'matrix(${1:m}, ${2:n})'),
];
const words = (rank: number): readonly Draft[] => [...STRUCTURE_WORDS].map((word) => plain('word', word, 'structure', rank));

const DERIVATIVES: ReadonlyMap<string, string> = new Map([
  ['grad', 'grad(${1:f}, ${2:x})'], ['jacobian', 'jacobian(${1:F}, ${2:X})'], ['hessian', 'hessian(${1:f}, ${2:x})'],
  ['diff', 'diff(${1:F}, ${2:X}, ${3:V})'], ['hvp', 'hvp(${1:f}, ${2:x}, ${3:v})'], ['vjp', 'vjp(${1:F}, ${2:X}, ${3:Ybar})'],
]);

function ofOperator(row: Operator, fits: Fits | undefined, shapes: readonly Shape[]): Draft | undefined {
  const name = row.spellings[0] ?? row.name;
  if (!/^\p{L}/u.test(name)) return undefined;
  const snippet = DERIVATIVES.get(name) ?? (row.parameters.length > 0 ? `${name}(${row.parameters.map((p, i) => `\${${i + 1}:${p}}`).join(', ')})` : name);
  const results = fits ? shapes.map((s) => shapeOf(row.name, [s])).filter((s) => s !== undefined) : [];
  return {
    label: name, kind: row.family === 'constant' ? 'constant' : 'function', detail: row.signature.split('\n')[0] ?? '',
    documentation: [row.documentation, ...(row.signature.includes('\n') ? [`\`\`\`mcalc\n${row.signature}\n\`\`\``] : []), ...(row.domain ? [`Defined where ${row.domain}.`] : [])].join('\n\n'),
    insert: name, snippet, rank: fits && results.some(fits) ? 3 : 4,
  };
}

/** What is typed is looked for no further back. */
const LONGEST_WORD = 200;
/** More shapes than this are not tried for what an operator would make of them. */
const MOST_SHAPES = 50;

/** Names of the document, those that fit first; in a derivative's second argument variables only. */
function names(compiled: Compiled, fits: Fits | undefined, statement: Statement | undefined): readonly Draft[] {
  const { program } = compiled;
  const rank = (shape: Shape): number => (fits === undefined ? 1 : fits(shape) ? 0 : 2);
  const defining = statement?.kind === 'definition' ? statement.name.name : undefined;
  return [
    ...[...program.variables.values()].map((v) => plain('variable', v.name, [shapeText(v.shape), ...v.words].join(' '), rank(v.shape))),
    ...[...program.definitions.values()].filter((d) => d.name !== defining).map((d) => plain('definition', d.name, shapeText(d.shape), rank(d.shape))),
    ...[...program.functions.values()].map((f) => plain('definition', f.name, `${f.from.map(shapeText).join(', ')} → ${shapeText(f.to)}`, 2, `${f.name}($1)`)),
    ...[...program.dimensions.keys()].map((name) => plain('dimension', name, 'dimension', 5)),
  ];
}

function inDerivative(compiled: Compiled, argument: number, callee: string): readonly Draft[] {
  const { program } = compiled;
  const wantsScalar = callee === 'grad' || callee === 'hessian' || callee === 'hvp';
  if (argument === 0) {
    return [...program.definitions.values()].map((d) => plain('definition', d.name, shapeText(d.shape), !wantsScalar || isScalar(d.shape) ? 0 : 2));
  }
  const parameters = new Set([...program.definitions.values()].flatMap((d) => d.parameters));
  return [...program.variables.values()].map((v) => plain('variable', v.name, [shapeText(v.shape), ...v.words].join(' '), parameters.has(v.name) ? 0 : 1));
}

function candidates(compiled: Compiled, offset: number, word: Range): readonly Draft[] {
  const { program, text, tokens } = compiled;
  // A statement that is not finished goes on over the blanks behind it.
  const statement = ownStatements(compiled).find((s) => contains(s.range, offset) || (s.range.end < offset && /^[ \t]*$/.test(text.slice(s.range.end, offset))));
  const lineStart = Math.max(compiled.own, text.lastIndexOf('\n', word.start - 1) + 1, text.lastIndexOf('\r', word.start - 1) + 1, text.lastIndexOf(';', word.start - 1) + 1);
  const before = text.slice(lineStart, word.start);
  const sizes = [...program.dimensions.keys()].map((name) => plain('dimension', name, 'dimension', 0));
  if (/^\s*set\s+$/.test(before)) return [plain('keyword', 'vec', 'stacking', 0, 'vec = '), plain('keyword', 'layout', 'of derivatives', 0, 'layout = ')];
  const setting = /^\s*set\s+(\w+)\s*=\s*$/.exec(before)?.[1];
  if (setting !== undefined) return (setting === 'vec' ? ['column', 'row'] : ['numerator', 'denominator', 'mixed']).map((v) => plain('keyword', v, setting, 0));
  if (/^\s*dim\b/.test(before)) return sizes;
  if (/^[\s\p{L}\p{M}\d_,]*(:|∈|\bin\b)\s*$/u.test(before)) return [...TYPES, ...words(1)];
  if (/^[\s\p{L}\p{M}\d_,]*:\s*(vector|matrix)\([^)]*$/u.test(before) || /(∈|\bin)\s*R\^\(?[^)]*$/.test(before)) return sizes;
  if (/^[\s\p{L}\p{M}\d_,]*:\s*(scalar|(vector|matrix)\s*(\([^)]*\))?|[a-z]+)(\s+\w+)*\s+$/u.test(before)) return words(0);
  const call = callAt(tokens, word.start, (name) => DERIVATIVES.has(name) && !program.definitions.has(name));
  if (call && call.argument < 2) return inDerivative(compiled, call.argument, call.name.text);
  const fits = statement && fitAt(program, statement, Math.min(offset, statement.range.end));
  // Each shape once: a long file has a thousand variables, and few shapes.
  const shapes = fits ? [...new Map([...program.variables.values()].map(({ shape }) => [`${shape.rows.key}×${shape.cols.key}`, shape])).values()].slice(0, MOST_SHAPES) : [];
  const functions = operators.map((row) => ofOperator(row, fits, shapes)).filter((d) => d !== undefined);
  const own = names(compiled, fits, statement);
  const known = new Set(own.map((d) => d.label));
  return [...own, ...functions.filter((d) => !known.has(d.label)), ...(/^\s*$/.test(before) ? STARTS : [])];
}

/** The candidates at an offset. Empty in comments and outside parts. */
export function completions(analysis: Analysis, offset: number): readonly Candidate[] {
  const part = partAt(analysis, offset);
  const local = part && fromDocument(part, offset);
  if (!part || local === undefined) return [];
  const { compiled } = part;
  if (compiled.comments.some((c) => c.range.start < local && local <= c.range.end)) return [];
  const typed = /(\\?)[\p{L}\p{M}_0-9₀-₉]*$/u.exec(compiled.text.slice(Math.max(compiled.own, local - LONGEST_WORD), local));
  const length = typed?.[0].length ?? 0;
  const replace: Range = { start: offset - length, end: offset };
  if (typed?.[1] === '\\') {
    const symbols = abbreviations.map((a) => ({ ...plain('symbol', a.symbol, `\\${a.name}`, 0), documentation: a.meaning, filter: `\\${a.name}` }));
    if (length > 1 || !/[\p{L}\d)\]'ᵀ²]\s*\\$/u.test(compiled.text.slice(0, local))) return symbols.map((s) => ({ ...s, replace }));
    // After an operand a lone backslash is more likely the solve.
    const operands = candidates(compiled, local, { start: local, end: local }).map((d) => ({ ...d, replace: { start: offset, end: offset } }));
    return [...operands, ...symbols.map((s) => ({ ...s, rank: 7, replace }))];
  }
  return candidates(compiled, local, { start: local - length, end: local }).map((d) => ({ ...d, replace }));
}
