/** How a generated function learns its dimensions: from array lengths where these tell, else from `dims`; and how it checks them. */
import { constantDim, dimNames, evaluateDim, isOne, isScalar, mulDim, type Dim, type Shape } from '../algebra/dim';

export interface Sized { readonly name: string; readonly shape: Shape }
export interface SizeRule {
  readonly dim: string;
  /** Found from the length of this input, by this JavaScript over `length` and names of other dimensions. */
  readonly from: string;
  readonly how: (length: string, size: (dim: Dim) => string) => string;
}
export interface SizePlan {
  readonly rules: readonly SizeRule[];
  /** Dimensions that `dims` must hold, in order of appearance. */
  readonly asked: readonly string[];
  readonly all: readonly string[];
}

/** A vector's length tells, then the root of a square array, then division by told ones. `extra` are dimensions used beyond the inputs. */
export function planSizes(inputs: readonly Sized[], extra: Iterable<string> = []): SizePlan {
  const all: string[] = [];
  const add = (d: Dim): void => { for (const n of inOrder(d)) if (!all.includes(n)) all.push(n); };
  for (const x of inputs) { add(x.shape.rows); add(x.shape.cols); }
  for (const n of extra) if (!all.includes(n)) all.push(n);
  const rules: SizeRule[] = [];
  const told = new Set<string>();
  const tell = (rule: SizeRule): void => { rules.push(rule); told.add(rule.dim); };
  const arrays = inputs.filter((x) => !isScalar(x.shape));
  for (const x of arrays) {
    const d = isOne(x.shape.cols) ? x.shape.rows : isOne(x.shape.rows) ? x.shape.cols : undefined;
    const name = d && single(d);
    if (name !== undefined && !told.has(name)) tell({ dim: name, from: x.name, how: (length) => length });
  }
  for (const x of arrays) {
    const name = single(x.shape.rows);
    if (name !== undefined && x.shape.cols.key === name && !told.has(name)) tell({ dim: name, from: x.name, how: (length) => `Math.round(Math.sqrt(${length}))` });
  }
  for (let progress = true; progress;) {
    progress = false;
    for (const x of arrays) {
      const rule = divide(x, told);
      if (rule) { tell(rule); progress = true; }
    }
  }
  return { rules, asked: all.filter((n) => !told.has(n)), all };
}

const inOrder = (d: Dim): readonly string[] => [...dimNames(d)];
const single = (d: Dim): string | undefined => (d.terms.length === 1 && d.terms[0]?.coefficient === 1 && d.terms[0].names.length === 1 ? d.terms[0].names[0] : undefined);

/** The one unknown dimension of an array whose length is linear or purely quadratic in it. */
function divide(x: Sized, told: ReadonlySet<string>): SizeRule | undefined {
  const length = mulDim(x.shape.rows, x.shape.cols);
  const unknown = [...dimNames(length)].filter((n) => !told.has(n));
  const [name] = unknown;
  if (unknown.length !== 1 || name === undefined) return undefined;
  const power = (t: Dim['terms'][number]): number => t.names.filter((n) => n === name).length;
  const highest = Math.max(...length.terms.map(power));
  const without = (t: Dim['terms'][number]): Dim['terms'][number] => ({ coefficient: t.coefficient, names: t.names.filter((n) => n !== name) });
  const make = (terms: readonly Dim['terms'][number][]): Dim => terms.reduce<Dim>((d, t) => ({ key: `${d.key}+${t.coefficient}*${t.names.join('*')}`, terms: [...d.terms, t] }), { key: '', terms: [] });
  const top = make(length.terms.filter((t) => power(t) === highest).map(without));
  const rest = make(length.terms.filter((t) => power(t) === 0));
  if (length.terms.some((t) => power(t) !== 0 && power(t) !== highest) || highest > 2) return undefined;
  return {
    dim: name, from: x.name,
    how: (text, size) => {
      const less = rest.terms.length === 0 ? text : `(${text} - ${wrap(size(rest))})`;
      const one = top.terms.length === 1 && top.terms[0]?.coefficient === 1 && top.terms[0].names.length === 0;
      const over = one ? less : `${less} / ${wrap(size(top))}`;
      return highest === 2 ? `Math.round(Math.sqrt(${over}))` : `Math.round(${over})`;
    },
  };
}
const wrap = (text: string): string => (/^[\p{ID_Continue}.$]+$/u.test(text) ? text : `(${text})`);

/** A dimension in JavaScript: `2 * n + 1`. */
export function sizeText(d: Dim, nameOf: (dim: string) => string): string {
  const c = constantDim(d);
  if (c !== undefined) return String(c);
  const halves = d.terms.some((t) => !Number.isInteger(t.coefficient));
  const parts = d.terms.map((t, k) => {
    const value = halves ? t.coefficient * 2 : t.coefficient;
    const names = t.names.map(nameOf);
    const size = Math.abs(value);
    const body = names.length === 0 ? `${size}` : size === 1 ? names.join(' * ') : `${size} * ${names.join(' * ')}`;
    return k === 0 ? (value < 0 ? `-${body}` : body) : `${value < 0 ? '-' : '+'} ${body}`;
  });
  const text = parts.join(' ');
  return halves ? `(${text}) / 2` : text;
}

/** Whether the dimensions are plain numbers, and their product. */
export const fixedLength = (s: Shape): number | undefined => {
  const length = mulDim(s.rows, s.cols);
  return constantDim(length);
};
export const lengthAt = (s: Shape, sizes: ReadonlyMap<string, number>): number => evaluateDim(mulDim(s.rows, s.cols), sizes);
