/**
 * Shape rules as text: `(m,k),(k,n) -> (m,n)`, alternatives parted by `|`, size parameters after a `;` (`(m*n,1); m,n -> (m,n)`).
 * Names are dimensions: the first time one stands alone it takes the argument's size, afterwards sizes must agree.
 */
import { addDim, constantDim, D1, dimName, dimNumber, mulDim, sameDim, scaleDim, shape, subDim, substituteDim, type Dim, type Shape } from './dim';
import type { DimFact } from './program';

/** One size in a pattern. `name`: binds or must agree; `least`: the smaller of two names. Slots are places in the signature's `names`. */
export type SizePattern =
  | { readonly kind: 'name'; readonly name: string; readonly slot: number }
  | { readonly kind: 'formula'; readonly dim: Dim }
  | { readonly kind: 'least'; readonly left: number; readonly right: number };
export interface ShapePattern { readonly rows: SizePattern; readonly cols: SizePattern }
export interface Signature {
  readonly args: readonly ShapePattern[];
  /** Names of the size parameters, in order. */
  readonly sizes: readonly string[];
  readonly result: ShapePattern;
  /** Every name, the size parameters first. */
  readonly names: readonly string[];
}
/** What the names of a signature stand for, by slot. */
export type Sizes = (Dim | undefined)[];

/** Sums of products of names and whole numbers, with `^2` and `/2`. */
function formula(text: string): Dim {
  const tokens = text.match(/\w+|[-+*/^()]/g) ?? [];
  let at = 0;
  const atom = (): Dim => {
    const t = tokens[at++] ?? '';
    if (t === '(') {
      const inner = sum();
      at++;
      return inner;
    }
    return /^\d+$/.test(t) ? dimNumber(Number(t)) : dimName(t);
  };
  const power = (): Dim => {
    const base = atom();
    if (tokens[at] !== '^') return base;
    at++;
    let result = base;
    for (let k = Number(tokens[at++]); k > 1; k--) result = mulDim(result, base);
    return result;
  };
  const product = (): Dim => {
    let result = power();
    for (let op = tokens[at]; op === '*' || op === '/'; op = tokens[at]) {
      at++;
      result = op === '*' ? mulDim(result, power()) : scaleDim(result, 1 / (constantDim(power()) ?? 1));
    }
    return result;
  };
  const sum = (): Dim => {
    let result = product();
    for (let op = tokens[at]; op === '+' || op === '-'; op = tokens[at]) {
      at++;
      result = op === '+' ? addDim(result, product()) : subDim(result, product());
    }
    return result;
  };
  return sum();
}

function sizePattern(text: string, names: string[]): SizePattern {
  const slot = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1);
  const least = /^min\((\w+),(\w+)\)$/.exec(text);
  if (least) return { kind: 'least', left: slot(least[1] ?? ''), right: slot(least[2] ?? '') };
  return /^[a-z]\w*$/.test(text) ? { kind: 'name', name: text, slot: slot(text) } : { kind: 'formula', dim: formula(text) };
}

/** Parts at commas outside parentheses. */
function parts(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === undefined || (c === ',' && depth === 0)) {
      if (i > start) out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return out;
}

function shapePattern(text: string, names: string[]): ShapePattern {
  const [rows = '1', cols = '1'] = parts(text.slice(1, -1));
  return { rows: sizePattern(rows, names), cols: sizePattern(cols, names) };
}

/** Reads the signatures of a row of the operator table. */
export function signatures(text: string): readonly Signature[] {
  return text.replace(/\s+/g, '').split('|').map((one) => {
    const [left = '', result = ''] = one.split('->');
    const [args = '', written = ''] = left.split(';');
    const sizes = parts(written);
    const names = [...sizes];
    return { args: parts(args).map((a) => shapePattern(a, names)), sizes, result: shapePattern(result, names), names };
  });
}

/** The smaller of two dimensions as far as names, numbers and facts tell, else undefined. */
export function least(a: Dim, b: Dim, facts: readonly DimFact[] = []): Dim | undefined {
  if (sameDim(a, b)) return a;
  if (constantDim(a) === 1 || constantDim(b) === 1) return D1;
  const difference = subDim(a, b);
  const names = difference.terms.filter((t) => t.names.length > 0);
  const rest = constantDim(subDim(difference, names.reduce((d, t) => addDim(d, { key: '', terms: [t] }), dimNumber(0)))) ?? 0;
  const total = rest + names.reduce((s, t) => s + t.coefficient, 0);
  if (names.every((t) => t.coefficient > 0) && total >= 0) return b;
  if (names.every((t) => t.coefficient < 0) && total <= 0) return a;
  for (const fact of facts) {
    if (sameDim(fact.left, a) && sameDim(fact.right, b)) return b;
    if (sameDim(fact.left, b) && sameDim(fact.right, a)) return a;
  }
  return undefined;
}

/** The size that a pattern stands for once its names are bound; rows ≥ columns is taken where facts do not tell `min`. */
export function sizeOf(signature: Signature, pattern: SizePattern, sizes: Sizes, facts: readonly DimFact[] = []): Dim {
  switch (pattern.kind) {
    case 'name':
      return sizes[pattern.slot] ?? dimName(pattern.name);
    case 'formula':
      if (pattern.dim.terms.every((t) => t.names.length === 0)) return pattern.dim;
      return substituteDim(pattern.dim, new Map(signature.names.map((n, i) => [n, sizes[i] ?? dimName(n)])));
    case 'least': {
      const left = sizes[pattern.left] ?? D1;
      const right = sizes[pattern.right] ?? D1;
      return least(left, right, facts) ?? right;
    }
  }
}

export const resultOf = (signature: Signature, sizes: Sizes, facts?: readonly DimFact[]): Shape =>
  shape(sizeOf(signature, signature.result.rows, sizes, facts), sizeOf(signature, signature.result.cols, sizes, facts));

function matches(signature: Signature, pattern: SizePattern, size: Dim, sizes: Sizes): boolean {
  if (pattern.kind === 'name') {
    const bound = sizes[pattern.slot];
    if (bound) return bound.key === size.key;
    sizes[pattern.slot] = size;
    return true;
  }
  return sizeOf(signature, pattern, sizes).key === size.key;
}

/** Binds the names of a signature to known shapes; undefined where they do not fit. */
export function match(signature: Signature, args: readonly Shape[], dims: readonly Dim[]): Sizes | undefined {
  if (signature.args.length !== args.length || signature.sizes.length !== dims.length) return undefined;
  const sizes: Sizes = [...dims];
  for (let i = 0; i < args.length; i++) {
    const pattern = signature.args[i];
    const arg = args[i];
    if (!arg || !pattern || !matches(signature, pattern.rows, arg.rows, sizes) || !matches(signature, pattern.cols, arg.cols, sizes)) return undefined;
  }
  return sizes;
}

function words(pattern: ShapePattern, names: readonly string[]): string {
  const text = (p: SizePattern): string => (p.kind === 'name' ? p.name : p.kind === 'formula' ? p.dim.key : `min(${names[p.left]}, ${names[p.right]})`);
  const rows = text(pattern.rows);
  const cols = text(pattern.cols);
  return rows === '1' && cols === '1' ? 'scalar' : cols === '1' ? `vector(${rows})` : `matrix(${rows}, ${cols})`;
}

/** `inv(matrix(n, n)) → matrix(n, n)`, one line for each alternative. */
export const signatureWords = (spelling: string, all: readonly Signature[]): string =>
  all.map((s) => `${spelling}(${[...s.args.map((a) => words(a, s.names)), ...s.sizes].join(', ')}) → ${words(s.result, s.names)}`).join('\n');
