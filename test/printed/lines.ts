/**
 * Everything that is printed of a derivative, read again as mcalc and evaluated as it is written, against the derivative's tensor:
 * the forms, the alternatives, and each line of the derivation (a `d(A)` in it is the change of A along the direction).
 */
import { isScalar } from '../../core/algebra/dim';
import type { Program, Variable } from '../../core/algebra/program';
import { resolve } from '../../core/algebra/resolve';
import type { Term } from '../../core/algebra/term';
import { declarationOf } from '../../core/ide/candidate';
import type { FormName, Presentation, Step, WhereDefinition } from '../../core/notation/presentation';
import { array, scalar, type NumericArray } from '../../core/numeric/array';
import { parse } from '../../core/syntax/parse';
import { naive } from '../fuzz/naive';
import { directions, type FuzzPoint } from '../fuzz/point';

/** D[r*p*q + c]: entry r of F (m×n, row by row), along the projected basis matrix of entry c of X (p×q). */
export interface Slopes { readonly m: number; readonly n: number; readonly p: number; readonly q: number; readonly D: ArrayLike<number> }
export interface Line {
  readonly name: FormName | 'step';
  readonly text: string;
  readonly where: readonly string[];
  readonly indices: readonly string[];
}
export interface Disagreement { readonly line: Line; readonly reason: string; readonly gap: number }

const FORMS: readonly FormName[] = ['differential', 'directional', 'gradient', 'components', 'index', 'vec'];
/** Alternatives that are another thing than the derivative in the variable's space, and say so. */
const OTHER_CONVENTION = /statistic|vech|half|free entries|independent|subgradient/i;

/** The `where` lines that a text uses, directly or through each other. */
function neededWhere(text: string, where: readonly WhereDefinition[]): WhereDefinition[] {
  const words = (t: string): ReadonlySet<string> => new Set(t.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  let used = words(text);
  return [...where].reverse().filter((d) => {
    if (!used.has(d.name)) return false;
    used = new Set([...used, ...words(d.text)]);
    return true;
  }).reverse();
}

/** Names of a line of a derivation alone. */
const namesOfOwn = (s: Step): readonly string[] => s.where ?? [];

export function linesOf(p: Presentation): Line[] {
  const line = (name: Line['name'], text: string, indices: readonly string[] = []): Line => ({ name, text, where: neededWhere(text, p.where).map((w) => w.text), indices });
  return [
    ...FORMS.flatMap((name): readonly Line[] => {
      const form = p.forms[name];
      return form ? [line(name, form.text, form.indices)] : [];
    }),
    ...p.alternatives.filter((a) => !OTHER_CONVENTION.test(a.label)).map((a) => line(a.form, a.text, p.forms[a.form]?.indices)),
    ...p.steps.map((s) => ({ ...line('step', s.text), where: [...new Set([...neededWhere([s.text, ...namesOfOwn(s)].join('\n'), p.where).map((w) => w.text), ...namesOfOwn(s)])] })),
  ];
}

/** `d(A)` as the language says it: `diff(A, X, dX)`. */
export function asDifferential(text: string, x: string): string {
  const at = /(?<![\p{L}\p{N}_])d\(/u.exec(text);
  if (!at) return text;
  let depth = 0;
  for (let i = at.index + 1; i < text.length; i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (depth === 0) return `${text.slice(0, at.index)}diff(${text.slice(at.index + 2, i)}, ${x}, d${x})${asDifferential(text.slice(i + 1), x)}`;
  }
  return text;
}

const isRequest = (line: string): boolean => /^\s*(?:grad|jacobian|hessian|diff|hvp|vjp)\s*\(|^\s*∂|^\s*check\b/.test(line);

/** The last expression of a text. @throws Error where it has errors. */
export function readBack(text: string): { readonly program: Program; readonly term: Term } {
  const document = parse(text);
  const program = resolve(document);
  const error = [...document.diagnostics, ...program.diagnostics].find((d) => d.severity === 'error');
  const term = program.requests.at(-1)?.term;
  if (error || !term) throw new Error(`cannot be read again: ${error?.message ?? 'nothing there'}`);
  return { program, term };
}

export interface CheckOptions {
  /** Relative to the largest entry of D, or to `scale` where that is larger. */
  readonly tolerance: number;
  /** For lines with differences in them. */
  readonly loose?: number;
  readonly scale?: number;
  /** At how many entries an index form is evaluated; all of them where it is not said. */
  readonly entries?: number;
  readonly lines?: readonly Line[];
}

/** The lines that are not what the tensor says. */
export function disagreements(program: Program, by: string, presented: Presentation, at: FuzzPoint, slopes: Slopes, options: CheckOptions): Disagreement[] {
  const x = program.variables.get(by);
  if (!x) throw new Error(`${by} is no variable`);
  const base = program.text.split('\n').filter((l) => !isRequest(l)).join('\n');
  const check = lineChecker(program, x, at, slopes, options);
  return (options.lines ?? linesOf(presented)).flatMap((line) => {
    try {
      const gap = check(base, presented.direction, line);
      return gap <= toleranceOf(base, line, options) ? [] : [{ line, reason: `off by ${gap.toExponential(1)}`, gap }];
    } catch (error) {
      return [{ line, reason: error instanceof Error ? error.message : 'unknown', gap: Infinity }];
    }
  });
}
/** Derivatives in a text are differences when it is evaluated as it is written. */
const toleranceOf = (base: string, line: Line, o: CheckOptions): number => (/(?<![\p{L}\p{N}_])(?:d|diff|grad|jacobian|hessian|hvp|vjp)\(/u.test([base, line.text, ...line.where].join(' ')) ? o.loose ?? o.tolerance : o.tolerance);

function lineChecker(program: Program, x: Variable, at: FuzzPoint, { m, n, p, q, D }: Slopes, options: CheckOptions): (base: string, direction: string, line: Line) => number {
  const pq = p * q;
  const E = directions(program, x.name, at);
  const weights = E.map((_, c) => ((c * 7 + 3) % 11) / 5 - 1);
  const V = array(p, q, Float64Array.from({ length: pq }, (_, e) => E.reduce((s, B, c) => s + (weights[c] ?? 0) * (B.data[e] ?? 0), 0)));
  const alongV = Float64Array.from({ length: m * n }, (_, r) => weights.reduce((s, w, c) => s + w * (D[r * pq + c] ?? NaN), 0));
  const largest = Math.max(0, ...Array.from(D, Math.abs));
  const scale = Math.max(options.scale ?? 0, largest, 1e-9);
  const declared = declarationOf(x.shape, x.words);
  // A row is a matrix: its entries have two indices.
  const xCount = isScalar(x.shape) ? 0 : x.shape.cols.key === '1' ? 1 : 2;

  return (base, direction, line) => {
    const text = line.name === 'step' ? asDifferential(line.text, x.name) : line.text;
    const where = line.name === 'step' ? line.where.map((w) => asDifferential(w, x.name)) : line.where;
    // The last line of a derivation is the answer: a gradient or a Jacobian where the change itself does not stand in it.
    const moves = line.name === 'differential' || (line.name === 'step' && new RegExp(`(?<![\\p{L}\\p{N}_])d${x.name}(?![\\p{L}\\p{N}_])`, 'u').test([text, ...where].join('\n')));
    const extra = moves ? `d${x.name} : ${declared}` : line.name === 'directional' ? `${direction} : ${declared}` : line.indices.length > 0 ? `${line.indices.join(', ')} : scalar` : '';
    const read = readBack([base, extra, ...where, text].join('\n'));
    const value = (values: ReadonlyMap<string, NumericArray> = new Map()): NumericArray => naive(read.program, read.term, { sizes: at.sizes, values: new Map([...at.values, ...values]) });
    const gapTo = (got: NumericArray, want: ArrayLike<number>): number => {
      if (got.data.length !== want.length) return Infinity;
      let worst = 0;
      for (let i = 0; i < want.length; i++) { const d = Math.abs((got.data[i] ?? NaN) - (want[i] ?? NaN)); if (!(d <= worst)) worst = d; }
      return worst / scale;
    };
    if (moves) return gapTo(value(new Map([[`d${x.name}`, V]])), alongV);
    const { vec, layout } = program.settings;
    /** The place, row by row, of the k-th entry of a vec of a rows×cols array. */
    const place = (k: number, rows: number, cols: number): number => (vec === 'row' ? k : (k % rows) * cols + Math.floor(k / rows));
    const asVec = (): Float64Array => Float64Array.from({ length: m * n * pq }, (_, e) => {
      const [r, c] = layout === 'denominator' ? [e % (m * n), Math.floor(e / (m * n))] : [Math.floor(e / pq), e % pq];
      return D[place(r, m, n) * pq + place(c, p, q)] ?? NaN;
    });
    const asGradient = (): ArrayLike<number> => (layout === 'numerator' && m * n === 1 ? Float64Array.from({ length: pq }, (_, e) => D[(e % p) * q + Math.floor(e / p)] ?? NaN) : D);
    switch (line.name) {
      case 'directional': return gapTo(value(new Map([[direction, V]])), alongV);
      case 'gradient': return gapTo(value(), asGradient());
      case 'vec': return gapTo(value(), asVec());
      // A zero differential holds no direction.
      case 'step': { const got = value(); return Math.min(gapTo(got, asGradient()), gapTo(got, asVec()), largest < 1e-9 ? gapTo(got, alongV) : Infinity); }
      default: {
        const component = line.name === 'components';
        const ofX = component ? line.indices.length : xCount;
        const count = pq * (component ? 1 : m * n);
        const stride = Math.max(1, Math.floor(count / (options.entries ?? count)));
        let worst = 0;
        for (let e = 0; e < count; e += stride) {
          const [c, r] = [e % pq, Math.floor(e / pq)];
          const places = [...axes(line.indices.length - ofX, n, r), ...axes(ofX, q, c)];
          const got = value(new Map(line.indices.map((s, k) => [s, scalar(places[k] ?? 1)])));
          worst = Math.max(worst, gapTo(got, component ? Float64Array.from({ length: m * n }, (_, f) => D[f * pq + c] ?? NaN) : [D[r * pq + c] ?? NaN]));
        }
        return worst;
      }
    }
  };
}
const axes = (count: number, cols: number, at: number): number[] => (count === 0 ? [] : count === 1 ? [at + 1] : [Math.floor(at / cols) + 1, (at % cols) + 1]);
