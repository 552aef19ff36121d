/** The letters and the scalars of a proof, each once, with what they are made of. */
import { D1, isOne, sameDim, type Dim, type Shape } from '../algebra/dim';
import { type Path, type Word } from './polynomial';

/** What a letter is that some operator makes of words: vec of a word, a Kronecker product of two. */
export type Maker = 'kron' | 'vec' | 'diag' | 'diagonal' | 'hadamard' | 'skew3' | 'commutation' | 'ones';

export interface Letter {
  readonly id: number;
  readonly key: string;
  readonly shape: Shape;
  /** The letter of the transpose, itself for a symmetric one, and the sign that comes with it: -1 for a skew one. */
  readonly mate: number;
  readonly sign: 1 | -1;
  /** Diagonal letters commute. */
  readonly isDiagonal: boolean;
  readonly maker?: Maker;
  readonly parts: readonly Path[];
}
export interface LetterOptions { readonly symmetry?: 'symmetric' | 'skew' | 'diagonal'; readonly maker?: Maker; readonly parts?: readonly Path[]; readonly mateParts?: readonly Path[] }

/** A scalar that is a closed word: x'*A*x as a chain, tr(A*B) as a trace, det(I + c*A*B) as a ring, each written in the first of its spellings. */
export interface Closed { readonly kind: 'chain' | 'trace' | 'ring'; readonly word: Word; readonly at: Dim }
export interface Scalar { readonly id: number; readonly key: string; readonly weight: number; readonly closed?: Closed }

export interface Alphabet {
  letter(id: number): Letter;
  scalar(id: number): Scalar;
  readonly letters: readonly Letter[];
  readonly scalars: readonly Scalar[];
  /** The letter of a key, made with its transpose where it is new. */
  letterOf(key: string, shape: Shape, options?: LetterOptions): Letter;
  knownLetter(key: string): Letter | undefined;
  scalarOf(key: string, closed?: Closed): Scalar;
  /** The word of the transpose, and its sign. */
  turned(word: Word): { readonly word: Word; readonly sign: 1 | -1 };
  rowsOf(word: Word, otherwise: Dim): Dim;
  colsOf(word: Word, otherwise: Dim): Dim;
  /** Where the word passes through dimension 1: 0 is before its first letter. */
  bonds(word: Word): readonly number[];
}

export const compareWords = (a: Word, b: Word): number => {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
};

export function createAlphabet(): Alphabet {
  const letters: Letter[] = [];
  const byKey = new Map<string, number>();
  const scalars: Scalar[] = [];
  const scalarKeys = new Map<string, number>();

  const letter = (id: number): Letter => letters[id] as Letter;
  const letterOf: Alphabet['letterOf'] = (key, shape, options = {}) => {
    const old = byKey.get(key);
    if (old !== undefined) return letter(old);
    const id = letters.length;
    const { symmetry, maker, parts = [] } = options;
    const made = { key, shape, isDiagonal: symmetry === 'diagonal', parts, ...(maker && { maker }) };
    byKey.set(key, id);
    if (symmetry) {
      letters.push({ ...made, id, mate: id, sign: symmetry === 'skew' ? -1 : 1 });
      return letter(id);
    }
    letters.push({ ...made, id, mate: id + 1, sign: 1 });
    const mate = `${key}'`;
    byKey.set(mate, id + 1);
    letters.push({ ...made, id: id + 1, key: mate, shape: { rows: shape.cols, cols: shape.rows }, mate: id, sign: 1, parts: options.mateParts ?? [], ...(options.mateParts ? {} : { maker: undefined }) });
    return letter(id);
  };

  const scalarOf: Alphabet['scalarOf'] = (key, closed) => {
    const old = scalarKeys.get(key);
    if (old !== undefined) return scalars[old] as Scalar;
    const made: Scalar = { id: scalars.length, key, weight: closed ? Math.max(1, closed.word.length) : 1, ...(closed && { closed }) };
    scalarKeys.set(key, made.id);
    scalars.push(made);
    return made;
  };

  const rowsOf: Alphabet['rowsOf'] = (word, otherwise) => (word[0] === undefined ? otherwise : letter(word[0]).shape.rows);
  const colsOf: Alphabet['colsOf'] = (word, otherwise) => { const last = word.at(-1); return last === undefined ? otherwise : letter(last).shape.cols; };
  return {
    letter, letters, scalars, letterOf, scalarOf, rowsOf, colsOf,
    knownLetter: (key) => { const id = byKey.get(key); return id === undefined ? undefined : letter(id); },
    scalar: (id) => scalars[id] as Scalar,
    turned: (word) => {
      let sign: 1 | -1 = 1;
      const out = [...word].reverse().map((x) => { const l = letter(x); if (l.sign < 0) sign = sign === 1 ? -1 : 1; return l.mate; });
      return { word: out, sign };
    },
    bonds: (word) => {
      if (word.length === 0) return [];
      const out: number[] = isOne(rowsOf(word, D1)) ? [0] : [];
      word.forEach((x, i) => { if (isOne(letter(x).shape.cols)) out.push(i + 1); });
      return out;
    },
  };
}

/** The rotations of a closed word at which it can be opened: each word, with the dimension there. */
export function rotations(word: Word): readonly Word[] {
  return word.map((_, i) => [...word.slice(i), ...word.slice(0, i)]);
}

/** Whether every letter of the word is square. */
export const isSquareWord = (a: Alphabet, word: Word): boolean => word.every((x) => sameDim(a.letter(x).shape.rows, a.letter(x).shape.cols));
