/**
 * Expressions packed: a row of four numbers for each step, operands before their operators, as a stack machine would take them. A thousand
 * dense lines have 60 000 words; as trees of objects, with a range for each, they were most of what reading them left to the collector.
 * The tree is made of them when somebody asks for it (`tree`), which for most of a text nobody does.
 */
import type { BinaryOperator, Expr, NameExpr, Range } from './tree';

/** What a step does. `start` and `end` are those of its own words; `extra` is said with each. A number or a name: the index of its text. */
export const NUMBER_STEP = 0;
export const NAME_STEP = 1;
/** The name of what is called, before the arguments. */
export const CALLEE_STEP = 2;
/** Of `extra` arguments, from the callee's name to the closing parenthesis. */
export const CALL_STEP = 3;
export const PAREN_STEP = 4;
export const MINUS_STEP = 5;
export const PLUS_STEP = 6;
/** `extra`: the spelling. */
export const TRANSPOSE_STEP = 7;
export const INVERSE_TRANSPOSE_STEP = 8;
export const POWER_STEP = 9;
export const ELEMENTWISE_POWER_STEP = 10;
/** `extra` is rows times `BLOCKS_IN_ROW`, plus the blocks of each row. */
export const BLOCKS_STEP = 11;
/** `extra` is the operator; nothing stands between the factors of an implicit one. */
export const IMPLICIT_STEP = 12;
export const BINARY_STEP = 13;
export const OPERATORS: readonly BinaryOperator[] = ['*', '.*', './', '/', '\\', '⊗', '⊕', '+', '-'];
export const TRANSPOSES = ["'", '^T', 'ᵀ', '.T'] as const;
export const INVERSE_TRANSPOSES = ['^-T', '⁻ᵀ'] as const;
export const BLOCKS_IN_ROW = 1024;

/** Steps of the expressions of a text, and the words that they speak of. */
export class PackedText {
  /** Rows. */
  length = 0;
  data: Int32Array;
  readonly words: string[] = [];
  private readonly indices = new Map<string, number>();
  /** For each word the expression that it was last met in. */
  private readonly met: number[] = [];
  private reading = 0;

  constructor(room: number) { this.data = new Int32Array(4 * Math.max(room, 16)); }

  add(step: number, start: number, end: number, extra: number): void {
    const at = 4 * this.length++;
    if (at === this.data.length) { const wider = new Int32Array(2 * at); wider.set(this.data); this.data = wider; }
    const { data } = this;
    data[at] = step;
    data[at + 1] = start;
    data[at + 2] = end;
    data[at + 3] = extra;
  }
  indexOf(word: string): number {
    let i = this.indices.get(word);
    if (i === undefined) {
      this.indices.set(word, (i = this.words.length));
      this.words.push(word);
      this.met.push(0);
    }
    return i;
  }
  at(row: number, field: number): number { return this.data[4 * row + field] ?? 0; }
  word(row: number): string { return this.words[this.at(row, 3)] ?? ''; }

  /** Begins to look for names, each of which is then met once. */
  look(): void { this.reading++; }
  /** The names of some rows that were not met before, in the order of the text. */
  addNames(from: number, to: number, out: string[]): void {
    const { met, words, reading } = this;
    for (let row = from; row < to; row++) {
      const step: number = this.at(row, 0);
      const i = this.at(row, 3);
      if ((step !== NAME_STEP && step !== CALLEE_STEP) || met[i] === reading) continue;
      met[i] = reading;
      out.push(words[i] ?? '');
    }
  }

  /** The tree of some rows that are one expression. */
  tree(from: number, to: number): Expr {
    const stack: Expr[] = [];
    const callees: NameExpr[] = [];
    const pop = (): Expr => stack.pop() ?? MISSING;
    for (let row = from; row < to; row++) {
      const step: number = this.at(row, 0);
      const [start, end, extra] = [this.at(row, 1), this.at(row, 2), this.at(row, 3)];
      const range: Range = { start, end };
      switch (step) {
        case NUMBER_STEP: stack.push({ kind: 'number', text: this.words[extra] ?? '', range }); break;
        case NAME_STEP: stack.push({ kind: 'name', name: this.words[extra] ?? '', range }); break;
        case CALLEE_STEP: callees.push({ kind: 'name', name: this.words[extra] ?? '', range }); break;
        case CALL_STEP: {
          const args = stack.splice(stack.length - extra, extra);
          const callee = callees.pop() as NameExpr;
          stack.push({ kind: 'call', callee, args, range: { start: callee.range.start, end } });
          break;
        }
        case PAREN_STEP: stack.push({ kind: 'paren', arg: pop(), range }); break;
        case MINUS_STEP: case PLUS_STEP: {
          const arg = pop();
          stack.push({ kind: 'unary', op: step === MINUS_STEP ? '-' : '+', arg, range: { start, end: arg.range.end } });
          break;
        }
        case TRANSPOSE_STEP: { const arg = pop(); stack.push({ kind: 'transpose', arg, range: { start: arg.range.start, end }, spelling: TRANSPOSES[extra] ?? "'" }); break; }
        case INVERSE_TRANSPOSE_STEP: { const arg = pop(); stack.push({ kind: 'inverseTranspose', arg, range: { start: arg.range.start, end }, spelling: INVERSE_TRANSPOSES[extra] ?? '^-T' }); break; }
        case POWER_STEP: case ELEMENTWISE_POWER_STEP: {
          const exponent = pop();
          const base = pop();
          stack.push({ kind: 'power', base, exponent, elementwise: step === ELEMENTWISE_POWER_STEP, range: { start: base.range.start, end: exponent.range.end } });
          break;
        }
        case BLOCKS_STEP: {
          const [rows, columns] = [Math.floor(extra / BLOCKS_IN_ROW), extra % BLOCKS_IN_ROW];
          const cells = stack.splice(stack.length - rows * columns, rows * columns);
          stack.push({ kind: 'blocks', rows: Array.from({ length: rows }, (_, i) => cells.slice(i * columns, (i + 1) * columns)), range });
          break;
        }
        case IMPLICIT_STEP: case BINARY_STEP: {
          const right = pop();
          const left = pop();
          stack.push({ kind: 'binary', op: OPERATORS[extra] ?? '*', left, right, opRange: range, implicit: step === IMPLICIT_STEP, range: { start: left.range.start, end: right.range.end } });
        }
      }
    }
    return pop();
  }
}
const MISSING: Expr = { kind: 'missing', range: { start: 0, end: 0 } };

/** One expression: rows `from` up to, not including, `to`. */
export interface Packed { readonly text: PackedText; readonly from: number; readonly to: number }

/** The names in expressions of one text, each once in its order. */
export function namesOf(all: readonly Packed[]): readonly string[] {
  const out: string[] = [];
  all[0]?.text.look();
  for (const { text, from, to } of all) text.addNames(from, to, out);
  return out;
}

/** A tree of a text in the same form; undefined where it holds what has none, or what the short way leaves to the parser. */
export function packedTree(source: string, expr: Expr): Packed | undefined {
  const text = new PackedText(16);
  return pack(source, text, expr) ? { text, from: 0, to: text.length } : undefined;
}

/** By recursion, which the height of a tree bounds. */
function pack(source: string, text: PackedText, e: Expr): boolean {
  const { start, end } = e.range;
  const add = (step: number, extra: number, range = e.range): true => { text.add(step, range.start, range.end, extra); return true; };
  switch (e.kind) {
    case 'number': return add(NUMBER_STEP, text.indexOf(e.text));
    // A parenthesis behind a name is worth a hint.
    case 'name': return source.charCodeAt(end) !== 40 && add(NAME_STEP, text.indexOf(e.name));
    case 'paren': return pack(source, text, e.arg) && add(PAREN_STEP, 0);
    case 'unary': return pack(source, text, e.arg) && add(e.op === '-' ? MINUS_STEP : PLUS_STEP, 0, { start, end: start + 1 });
    case 'transpose': return pack(source, text, e.arg) && add(TRANSPOSE_STEP, TRANSPOSES.indexOf(e.spelling ?? "'"));
    case 'inverseTranspose': return pack(source, text, e.arg) && add(INVERSE_TRANSPOSE_STEP, INVERSE_TRANSPOSES.indexOf(e.spelling ?? '^-T'));
    case 'power': return pack(source, text, e.base) && pack(source, text, e.exponent) && add(e.elementwise ? ELEMENTWISE_POWER_STEP : POWER_STEP, 0);
    case 'binary': {
      const operator = OPERATORS.indexOf(e.op);
      return operator >= 0 && pack(source, text, e.left) && pack(source, text, e.right) && add(e.implicit ? IMPLICIT_STEP : BINARY_STEP, operator, e.opRange);
    }
    case 'call': return add(CALLEE_STEP, text.indexOf(e.callee.name), e.callee.range) && e.args.every((a) => pack(source, text, a)) && add(CALL_STEP, e.args.length, { start: e.callee.range.start, end });
    case 'blocks': {
      const columns = e.rows[0]?.length ?? 0;
      return columns > 0 && columns < BLOCKS_IN_ROW && e.rows.every((row) => row.length === columns && row.every((cell) => pack(source, text, cell))) && add(BLOCKS_STEP, e.rows.length * BLOCKS_IN_ROW + columns);
    }
    default: return false;
  }
}
