/**
 * The shortest way: a statement whose names all have known shapes is checked without keeping anything of its parts. Its terms, and what
 * hovers show of them, are read when somebody wants them (`infer.ts`), which for most of a text nobody does. Whatever could be
 * reported, guessed or introduced is left to the long way, so that both give the same.
 */
import { BLOCKS_IN_ROW, BLOCKS_STEP, CALL_STEP, CALLEE_STEP, ELEMENTWISE_POWER_STEP, IMPLICIT_STEP, INVERSE_TRANSPOSE_STEP, MINUS_STEP, NAME_STEP, NUMBER_STEP, OPERATORS, type Packed, packedTree, PAREN_STEP, PLUS_STEP, POWER_STEP, TRANSPOSE_STEP, TRANSPOSES } from '../syntax/packed';
import { packedOf } from '../syntax/skim';
import type { Assume, Check, Definition, Expr, Request } from '../syntax/tree';
import { rootsOf } from '../syntax/walk';
import { addDim, isKnownShape, isScalar, SCALAR, shape, type Dim, type Shape } from './dim';
import { rulesOf } from './infer-operator';
import { operator, spelled } from './operators';
import { Pages } from './pages';
import { rowsSaid } from './rows-said';
import { NO_INDICES, type Entry, type Owner, type Scope, type Typed } from './scope';
import { knownResult, knownShape, type Maker, onceFor, Settled } from './settled';
import { signatures, type Signature } from './signature';
import { isBuiltIn } from './units';

/** A whole expression of which only the shape was worked out. */
class Glanced extends Settled {
  constructor(of: Shape, expr: () => Expr, owner: Owner, private readonly scope: Scope) {
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

/** Whether of what it names it rests on the shapes alone. */
export const restsOnShapes = (t: Typed | undefined): boolean => t instanceof Glanced;

/** Everything in what was read, also where it was only glanced at. */
export const withParts = (t: Typed): readonly Typed[] => (t instanceof Glanced ? t.everything() : [t]);

/** A whole expression: packed, and as a tree when that is asked for. */
export interface Whole { readonly packed: Packed | undefined; readonly expr: () => Expr }
/** The expressions of a statement, in the order of the text. */
export function wholesOf({ text }: Scope, s: Definition | Request | Check | Assume): readonly Whole[] {
  const packed = packedOf(s);
  return packed ? packed.map((p, i) => ({ packed: p, expr: () => rootsOf(s)[i] as Expr })) : rootsOf(s).map((expr) => ({ packed: packedTree(text, expr), expr: () => expr }));
}

/** The shape that the long way would find. */
export const shapeAtGlance = (scope: Scope, whole: Whole | undefined): Shape | undefined => (scope.glances && whole?.packed ? known(new Machine(scope, whole.packed).run()) : undefined);

/** The expression, where nothing but its shape needs to be known now; else it is to be read the long way. */
export function glance(scope: Scope, owner: Owner, whole: Whole | undefined, found = shapeAtGlance(scope, whole)): Settled | undefined {
  if (!found || !whole) return undefined;
  const glanced = new Glanced(found, whole.expr, owner, scope);
  scope.shapes.push(glanced);
  return glanced;
}

const NO_SIZE: Dim = { key: '', terms: [] };
/** Of `I` and its multiples by a scalar, before what stands beside them says their size. */
const IDENTITY: Shape = shape(NO_SIZE, NO_SIZE);

const TURNED = signatures('(m,n) -> (n,m)');
const NEGATED: readonly Signature[] = operator('neg')?.signatures ?? [];
const RULES = OPERATORS.map(rulesOf);
const [ADD, SUBTRACT, TIMES, DIVIDE, DIVIDE_EACH, SOLVE] = (['+', '-', '*', '/', './', '\\'] as const).map((op) => OPERATORS.indexOf(op));
const known = (s: Shape | undefined): Shape | undefined => (s === IDENTITY ? undefined : s);
const isSquare = (s: Shape): boolean => s.rows.key === s.cols.key;
/** A number that every reading takes. */
const isPlain = (text: string): boolean => text.length < 16 && /^[0-9]+(?:\.[0-9]+)?$/.test(text);
const isZero = (text: string): boolean => /^[0.]+$/.test(text);

/** Beside each other, and below: sizes of equal names agree, all else is left to the long way. */
const BESIDE = { join: (a: Shape, b: Shape) => (a.rows.key === b.rows.key ? shape(a.rows, addDim(a.cols, b.cols)) : undefined) };
const BELOW = { join: (a: Shape, b: Shape) => (a.cols.key === b.cols.key ? shape(addDim(a.rows, b.rows), a.cols) : undefined) };
const joined = (by: typeof BESIDE, a: Shape, b: Shape): Shape | undefined => by.join(a, b);

/** What a part consists of, as far as that matters to what stands around it: a name or a number, numbers alone, one in parentheses. */
const [NAME, NUMBER, NUMBERS, PAREN] = [1, 2, 4, 8];

/** Undefined where it is not settled. */
function shapeOfName(scope: Scope, name: string): Shape | undefined {
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

/** The sizes of arguments that are vectors, where the body says them at once. */
export function sizesAtGlance(scope: Scope, { packed }: Whole, names: readonly string[]): ReadonlyMap<string, Dim> | undefined {
  const said = scope.glances && packed && rowsSaid(scope, packed, new Set(names), (name) => known(shapeOfName(scope, name)));
  return said && said.size === names.length ? said : undefined;
}

/** Takes the steps of one expression with shapes in the place of values; stops where the shape that the long way gives, or whether that would say more, is in doubt. */
class Machine {
  private readonly shapes: Shape[] = [];
  private readonly marks: number[] = [];
  /** Rows of the names of calls whose arguments are being read. */
  private readonly callees: number[] = [];
  constructor(private readonly scope: Scope, private readonly packed: Packed) {}

  run(): Shape | undefined {
    const { text, from, to } = this.packed;
    for (let row = from; row < to; row++) if (!this.step(text.at(row, 0), row, text.at(row, 3))) return undefined;
    return this.shapes.pop();
  }

  private give(s: Shape | undefined, marks: number): boolean {
    if (!s) return false;
    this.shapes.push(s);
    this.marks.push(marks);
    return true;
  }
  /** Of what was read last; whoever asks knows that it is there. */
  private take(): Shape { this.marks.pop(); return this.shapes.pop() ?? IDENTITY; }
  private get mark(): number { return this.marks.at(-1) ?? 0; }

  private step(step: number, row: number, extra: number): boolean {
    const { scope } = this;
    switch (step) {
      case NUMBER_STEP: {
        const word = this.packed.text.word(row);
        return isPlain(word) && !isZero(word) && this.give(SCALAR, NUMBER | NUMBERS);
      }
      case NAME_STEP: return this.give(shapeOfName(scope, this.packed.text.word(row)), NAME);
      case CALLEE_STEP: this.callees.push(row); return !scope.names.has(this.packed.text.word(row));
      case CALL_STEP: return this.call(this.callees.pop() ?? row, extra);
      case PAREN_STEP: this.marks.push((this.marks.pop() ?? 0) & NUMBERS | PAREN); return true;
      case MINUS_STEP: case PLUS_STEP: {
        const mark = this.mark & NUMBERS;
        const arg = this.take();
        return this.give(arg === IDENTITY ? undefined : step === PLUS_STEP ? arg : knownResult(scope, NEGATED, arg), mark);
      }
      case TRANSPOSE_STEP: case INVERSE_TRANSPOSE_STEP: {
        const arg = this.take();
        const isLetter = step === INVERSE_TRANSPOSE_STEP || TRANSPOSES[extra] !== "'";
        if (arg === IDENTITY || (step === INVERSE_TRANSPOSE_STEP && !isSquare(arg)) || (isLetter && scope.names.get('T')?.kind === 'variable')) return false;
        return this.give(knownResult(scope, TURNED, arg), 0);
      }
      case POWER_STEP: case ELEMENTWISE_POWER_STEP: {
        const isNumber = (this.mark & NUMBERS) !== 0;
        const exponent = this.take();
        // A power of a number may be 0 or none.
        const isOfNumbers = (this.mark & NUMBERS) !== 0 && (this.mark & NUMBER) === 0;
        const marks = isNumber ? this.mark & NUMBERS : 0;
        const base = this.take();
        if (base === IDENTITY || exponent === IDENTITY || isOfNumbers || !isScalar(exponent) || (step === POWER_STEP && !isSquare(base))) return false;
        return this.give(base, marks);
      }
      case BLOCKS_STEP: return this.blocks(Math.floor(extra / BLOCKS_IN_ROW), extra % BLOCKS_IN_ROW);
      default: return this.binary(extra, step === IMPLICIT_STEP);
    }
  }

  private binary(op: number, isImplicit: boolean): boolean {
    const { scope } = this;
    const rightMark = this.mark;
    const right = this.take();
    const leftMark = this.mark;
    const left = this.take();
    // `x(2)` may be meant as an entry.
    if (isImplicit && (leftMark & NAME) !== 0 && (rightMark & PAREN) !== 0) return false;
    // Numbers that are worked out may be 0, by which nothing is divided.
    const divisor = op === DIVIDE || op === DIVIDE_EACH ? rightMark : op === SOLVE ? leftMark : 0;
    if ((divisor & NUMBERS) !== 0 && (divisor & NUMBER) === 0) return false;
    const adds = op === ADD || op === SUBTRACT;
    const marks = leftMark & rightMark & NUMBERS;
    if (left === IDENTITY || right === IDENTITY) {
      const [other, mark] = left === IDENTITY ? [right, rightMark] : [left, leftMark];
      if (other === IDENTITY) return false;
      if (adds) return isSquare(other) && !isScalar(other) && this.give(other, 0);
      return op === TIMES && isScalar(other) && (mark & (NAME | NUMBER)) !== 0 && this.give(IDENTITY, 0);
    }
    // A scalar beside a square matrix is worth a hint.
    if (adds && isScalar(left) !== isScalar(right) && isSquare(left) && isSquare(right)) return false;
    return this.give(knownResult(scope, RULES[op] ?? [], left, right), marks);
  }

  private blocks(rows: number, columns: number): boolean {
    const { scope, shapes, marks } = this;
    // One in a row may be `A B`, written as if blanks parted blocks; a block 0 has the size that fits.
    if (columns < 2) return false;
    const first = shapes.length - rows * columns;
    let whole: Shape | undefined;
    for (let i = 0; i < rows; i++) {
      let line: Shape | undefined;
      for (let k = 0; k < columns; k++) {
        const at = first + i * columns + k;
        const cell = shapes[at];
        if (!cell || cell === IDENTITY || ((marks[at] ?? 0) & (NUMBER | PAREN)) !== 0) return false;
        line = k === 0 ? cell : line && onceFor(scope, BESIDE, line, cell, joined);
      }
      whole = i === 0 ? line : line && whole && onceFor(scope, BELOW, whole, line, joined);
      if (!whole) return false;
    }
    shapes.length = marks.length = first;
    return this.give(whole, 0);
  }

  private call(callee: number, count: number): boolean {
    const row = spelled(this.packed.text.word(callee));
    if (!row || count < 1 || count > 2 || row.family === 'calculus' || row.name === 'identity' || row.arity.min !== count || row.arity.max !== count) return false;
    if (row.signatures.some((s) => s.sizes.length > 0)) return false;
    const right = count === 2 ? this.take() : undefined;
    const left = this.take();
    if (left === IDENTITY || right === IDENTITY) return false;
    return this.give(knownResult(this.scope, row.signatures, left, right), 0);
  }
}
