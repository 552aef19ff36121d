/** Semantic tokens: what each name is, beyond what a grammar can tell. */
import { isScalar, isVector, type Shape } from '../algebra/dim';
import type { Program, StructureWord } from '../algebra/program';
import type { Range } from '../syntax/tree';
import type { Analysis } from './analysis';
import type { Occurrence } from './names';
import { isOwn, rangeToDocument } from './part';
import { overlaps } from './walk';

export const TOKEN_TYPES = ['scalar', 'vector', 'matrix', 'dimension', 'function', 'parameter', 'constant', 'keyword'] as const;
export const TOKEN_MODIFIERS = ['declaration', 'symmetric', 'constant', 'inferred'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

export interface SemanticToken {
  /** In the document, on one line. */
  readonly range: Range;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

const typeOfShape = (shape: Shape): TokenType => (isScalar(shape) ? 'scalar' : isVector(shape) ? 'vector' : 'matrix');

const SYMMETRIC: readonly StructureWord[] = ['symmetric', 'diagonal', 'posdef', 'possemidef'];

function describe(occurrence: Occurrence, program: Program): { readonly type: TokenType; readonly modifiers: readonly TokenModifier[] } | undefined {
  const modifiers: TokenModifier[] = occurrence.isDeclaration ? ['declaration'] : [];
  switch (occurrence.role) {
    case 'variable': case 'parameter': {
      const variable = program.variables.get(occurrence.name);
      if (variable && SYMMETRIC.some((word) => variable.words.has(word))) modifiers.push('symmetric');
      if (variable?.inferred) modifiers.push('inferred');
      return { type: occurrence.role === 'parameter' ? 'parameter' : variable ? typeOfShape(variable.shape) : 'parameter', modifiers };
    }
    case 'definition': {
      const definition = program.definitions.get(occurrence.name);
      return { type: !definition || definition.parameters.length > 0 ? 'function' : typeOfShape(definition.shape), modifiers };
    }
    case 'formal': case 'operator':
      return { type: 'function', modifiers };
    case 'dimension':
      return { type: 'dimension', modifiers };
    case 'constant':
      return { type: 'constant', modifiers: ['constant'] };
    case 'index':
      return { type: 'parameter', modifiers };
    case 'unknown':
      return undefined;
  }
}

/** The tokens of a document, or of those of its parts that meet a range, in order and without overlaps. */
export function semanticTokens(analysis: Analysis, among?: Range): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const part of analysis.parts) {
    if (among && !overlaps(part.range, among)) continue;
    const { compiled } = part;
    for (const occurrence of analysis.occurrences(part)) {
      const described = describe(occurrence, compiled.program);
      if (described) tokens.push({ range: rangeToDocument(part, occurrence.range), ...described });
    }
    for (const statement of compiled.statements) {
      if (statement.kind !== 'declaration' || !isOwn(compiled, statement.range)) continue;
      for (const word of statement.words) tokens.push({ range: rangeToDocument(part, word.range), type: 'keyword', modifiers: [] });
    }
  }
  const ordered = tokens
    .filter((t) => t.range.end > t.range.start && (!among || overlaps(t.range, among)))
    .sort((a, b) => a.range.start - b.range.start);
  return ordered.filter((token, i) => i === 0 || (ordered[i - 1]?.range.end ?? 0) <= token.range.start);
}
