/** What a row of the operator table holds, and how a row is written. */
import { signatures, signatureWords, type Signature } from './signature';

/** `elementwise`: one entry at a time; `linear`: jointly in the arguments of `linearIn`; `multilinear`: in each of them, the others fixed. */
export type OperatorKind = 'elementwise' | 'linear' | 'multilinear' | 'general';
export type Family = 'arithmetic' | 'elementwise' | 'matrix' | 'reduction' | 'arrangement' | 'solve' | 'constant' | 'calculus';

export interface Operator {
  /** The name in terms and graph nodes. */
  readonly name: string;
  /** How it is written; the first is the usual one. */
  readonly spellings: readonly string[];
  /** What other systems call it: a did-you-mean, never accepted. */
  readonly elsewhere: readonly string[];
  readonly family: Family;
  readonly kind: OperatorKind;
  /** The arguments in which a `linear` or `multilinear` operator is linear. */
  readonly linearIn: readonly number[];
  /** Names of the arguments, sizes last, for signature help. */
  readonly parameters: readonly string[];
  /** The shape rule as it is written in the row. */
  readonly shapes: string;
  readonly signatures: readonly Signature[];
  /** `inv(matrix(n, n)) → matrix(n, n)`, a line for each alternative. */
  readonly signature: string;
  readonly arity: { readonly min: number; readonly max: number };
  /** Where it is defined, where that is not everywhere. */
  readonly domain: string | undefined;
  /** Where it is defined and not differentiable. */
  readonly notDifferentiable: string | undefined;
  readonly documentation: string;
  readonly latex: string;
  readonly example: string;
}

interface Extra {
  readonly spelled?: readonly string[];
  readonly elsewhere?: readonly string[];
  readonly linearIn?: readonly number[];
  readonly domain?: string;
  readonly kinks?: string;
}

/** `call` is `name(parameters)` as it is shown; the operator's name is the part before the parenthesis. */
export function row(
  family: Family, kind: OperatorKind, call: string, shapes: string, documentation: string, latex: string, example: string, extra: Extra = {},
): Operator {
  const open = call.indexOf('(');
  const name = open < 0 ? call : call.slice(0, open);
  const parameters = open < 0 ? [] : call.slice(open + 1, -1).split(',').map((p) => p.trim());
  const all = signatures(shapes);
  const counts = all.map((s) => s.args.length + s.sizes.length);
  const spellings = extra.spelled ?? [name];
  return {
    name, spellings, elsewhere: extra.elsewhere ?? [], family, kind, parameters, shapes, signatures: all,
    linearIn: extra.linearIn ?? (kind === 'linear' || kind === 'multilinear' ? (all[0]?.args ?? []).map((_, i) => i) : []),
    signature: signatureWords(spellings[0] ?? name, all),
    arity: { min: Math.min(...counts), max: Math.max(...counts) },
    domain: extra.domain, notDifferentiable: extra.kinks, documentation, latex, example,
  };
}
