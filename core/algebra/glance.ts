/**
 * The shortest way: a statement whose names all have known shapes is checked without keeping anything of its parts. Its terms, and what
 * hovers show of them, are read when somebody wants them (`infer.ts`), which for most of a text nobody does. Whatever could be
 * reported, guessed or introduced is left to the long way, so that both give the same.
 */
import type { BinaryExpr, BlocksExpr, CallExpr, Expr, NameExpr, PowerExpr } from '../syntax/tree';
import { addDim, isKnownShape, isScalar, SCALAR, shape, type Dim, type Shape } from './dim';
import { isByZero, rulesOf } from './infer-operator';
import { constantOf, isZeroNumber } from './infer-power';
import { operator, spelled } from './operators';
import { Pages } from './pages';
import { NO_INDICES, type Entry, type Owner, type Scope, type Typed } from './scope';
import { knownResult, knownShape, type Maker, onceFor, Settled } from './settled';
import { signatures, type Signature } from './signature';
import { isBuiltIn } from './units';

/** A whole expression of which only the shape was worked out. */
class Glanced extends Settled {
  constructor(of: Shape, expr: Expr, owner: Owner, private readonly scope: Scope) {
    super(of, expr, owner, undefined, wholeTerm);
  }
  /** Read the long way, with nothing said. */
  whole(): Typed {
    return this.read().whole;
  }
  /** It and everything in it. */
  everything(): readonly Typed[] {
    const { whole, parts } = this.read();
    return this.expr.kind === 'paren' ? [...parts] : [...parts, whole];
  }
  private read(): { readonly whole: Typed; readonly parts: Pages<Typed> } {
    const found = this.readAmong(namesThen(this.scope)) ?? this.readAmong(withoutBuiltIns(this.scope));
    if (!found) throw new Error('what was right at a glance cannot be read');
    return found;
  }
  private readAmong(names: Scope['names']): { readonly whole: Typed; readonly parts: Pages<Typed> } | undefined {
    const { scope, owner, expr } = this;
    const parts = new Pages<Typed>();
    const quiet: Scope = { ...scope, names, shapes: parts, open: [], checks: [], choices: [], defaults: [], facts: [...scope.facts], implied: [], report: () => undefined };
    const whole = quiet.read({ scope: quiet, owner, indices: NO_INDICES }, expr);
    return whole && { whole, parts };
  }
}

/** A `T` that an error brought in later is none to what was read before it, where `A^T` is a transpose. */
function namesThen({ names }: Scope): Scope['names'] {
  const t = names.get('T');
  return t?.kind === 'variable' && t.unknown ? without(names, (name) => name === 'T') : names;
}
/** Nor is a `vec` that one brought in, where `vec(A)` is a call. */
const withoutBuiltIns = ({ names }: Scope): Scope['names'] => without(names, (name, entry) => entry.kind === 'variable' && entry.unknown === true && (name === 'T' || isBuiltIn(name)));
const without = (names: Scope['names'], isGone: (name: string, entry: Entry) => boolean): Scope['names'] => new Map([...names].filter(([name, entry]) => !isGone(name, entry)));

const wholeTerm: Maker = (t) => (t as Glanced).whole().settle();

/** Everything in what was read, also where it was only glanced at. */
export const withParts = (t: Typed): readonly Typed[] => (t instanceof Glanced ? t.everything() : [t]);

/** The shape that the long way would find. */
export const shapeAtGlance = (scope: Scope, expr: Expr): Shape | undefined => (scope.glances ? known(shapeOf(scope, expr)) : undefined);

/** The expression, where nothing but its shape needs to be known now; else it is to be read the long way. */
export function glance(scope: Scope, owner: Owner, expr: Expr, found = shapeAtGlance(scope, expr)): Settled | undefined {
  if (!found) return undefined;
  const glanced = new Glanced(found, expr, owner, scope);
  scope.shapes.push(glanced);
  return glanced;
}

const NO_SIZE: Dim = { key: '', terms: [] };
/** Of `I` and its multiples by a scalar, before what stands beside them says their size. */
const IDENTITY: Shape = shape(NO_SIZE, NO_SIZE);

/** The shape that the long way gives, where that would say nothing more; undefined where it is in doubt. */
function shapeOf(scope: Scope, e: Expr): Shape | undefined {
  switch (e.kind) {
    case 'number': return isPlain(e.text) ? SCALAR : undefined;
    case 'name': return shapeOfName(scope, e);
    case 'paren': return shapeOf(scope, e.arg);
    case 'binary': return shapeOfBinary(scope, e);
    case 'unary': {
      const arg = shapeOf(scope, e.arg);
      return !arg || arg === IDENTITY || e.op === '+' ? known(arg) : knownResult(scope, NEGATED, arg);
    }
    case 'transpose':
    case 'inverseTranspose': {
      const arg = known(shapeOf(scope, e.arg));
      if (!arg || (e.kind === 'inverseTranspose' && !isSquare(arg)) || (e.spelling !== "'" && scope.names.get('T')?.kind === 'variable')) return undefined;
      return knownResult(scope, TURNED, arg);
    }
    case 'power': return shapeOfPower(scope, e);
    case 'call': return shapeOfCall(scope, e);
    case 'blocks': return shapeOfBlocks(scope, e);
    default: return undefined;
  }
}

const TURNED = signatures('(m,n) -> (n,m)');
const NEGATED: readonly Signature[] = operator('neg')?.signatures ?? [];
const known = (s: Shape | undefined): Shape | undefined => (s === IDENTITY ? undefined : s);
const isSquare = (s: Shape): boolean => s.rows.key === s.cols.key;
/** A number that every reading takes. */
const isPlain = (text: string): boolean => text.length < 16 && /^[0-9]+(?:\.[0-9]+)?$/.test(text);

function shapeOfName(scope: Scope, e: NameExpr): Shape | undefined {
  const { name } = e;
  // A parenthesis behind a name is worth a hint.
  if (scope.text.charCodeAt(e.range.end) === 40) return undefined;
  const entry = scope.names.get(name);
  if (!entry) return scope.dimensions.has(name) || name === 'pi' || name === 'π' ? SCALAR : name === 'I' ? IDENTITY : undefined;
  const old = scope.glanced.get(entry);
  if (old) return old;
  const own = entry.kind === 'variable' ? (entry.unknown ? undefined : entry.shape) : entry.kind === 'definition' ? entry.typed?.shape : undefined;
  if (!own || !isKnownShape(own)) return undefined;
  const found = knownShape(scope, own);
  scope.glanced.set(entry, found);
  return found;
}

function shapeOfBinary(scope: Scope, e: BinaryExpr): Shape | undefined {
  // `x(2)` may be meant as an entry.
  if (e.implicit && e.left.kind === 'name' && e.right.kind === 'paren') return undefined;
  if (isByZero(e)) return undefined;
  const left = shapeOf(scope, e.left);
  const right = left && shapeOf(scope, e.right);
  if (!left || !right) return undefined;
  const adds = e.op === '+' || e.op === '-';
  if (left === IDENTITY || right === IDENTITY) {
    const [other, expr] = left === IDENTITY ? [right, e.right] : [left, e.left];
    if (other === IDENTITY) return undefined;
    if (adds) return isSquare(other) && !isScalar(other) ? other : undefined;
    return e.op === '*' && isScalar(other) && (expr.kind === 'name' || expr.kind === 'number') ? IDENTITY : undefined;
  }
  // A scalar beside a square matrix is worth a hint.
  if (adds && isScalar(left) !== isScalar(right) && isSquare(left) && isSquare(right)) return undefined;
  return knownResult(scope, rulesOf(e.op), left, right);
}

/** Beside each other, and below: sizes of equal names agree, all else is left to the long way. */
const BESIDE = { join: (a: Shape, b: Shape) => (a.rows.key === b.rows.key ? shape(a.rows, addDim(a.cols, b.cols)) : undefined) };
const BELOW = { join: (a: Shape, b: Shape) => (a.cols.key === b.cols.key ? shape(addDim(a.rows, b.rows), a.cols) : undefined) };
const joined = (by: typeof BESIDE, a: Shape, b: Shape): Shape | undefined => by.join(a, b);

function shapeOfBlocks(scope: Scope, e: BlocksExpr): Shape | undefined {
  let whole: Shape | undefined;
  for (const row of e.rows) {
    let line: Shape | undefined;
    // One in a row may be `A B`, written as if blanks parted blocks; a block 0 has the size that fits.
    if (row.length < 2) return undefined;
    for (const cell of row) {
      const s = cell.kind === 'number' || cell.kind === 'paren' ? undefined : known(shapeOf(scope, cell));
      line = s && line ? onceFor(scope, BESIDE, line, s, joined) : s;
      if (!line) return undefined;
    }
    whole = line && whole ? onceFor(scope, BELOW, whole, line, joined) : line;
    if (!whole) return undefined;
  }
  return whole;
}

function shapeOfPower(scope: Scope, e: PowerExpr): Shape | undefined {
  const base = known(shapeOf(scope, e.base));
  if (!base || (!e.elementwise && !isSquare(base)) || isZeroNumber(e.base)) return undefined;
  const { exponent } = e;
  if (exponent.kind === 'number' ? isPlain(exponent.text) : constantOf(exponent)) return base;
  const s = known(shapeOf(scope, exponent));
  return s && isScalar(s) ? base : undefined;
}

function shapeOfCall(scope: Scope, e: CallExpr): Shape | undefined {
  const { name } = e.callee;
  const [a, b] = e.args;
  const count = e.args.length;
  if (!a || count > 2 || scope.names.has(name)) return undefined;
  const row = spelled(name);
  if (!row || row.family === 'calculus' || row.name === 'identity' || row.arity.min !== count || row.arity.max !== count) return undefined;
  if (row.signatures.some((s) => s.sizes.length > 0)) return undefined;
  const left = known(shapeOf(scope, a));
  const right = left && b && known(shapeOf(scope, b));
  if (!left || (b && !right)) return undefined;
  return knownResult(scope, row.signatures, left, right);
}
