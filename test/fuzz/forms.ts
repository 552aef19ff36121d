/** Every text of a presentation, read again and evaluated: forms, tensor, alternatives, the lines of the derivation. */
import type { Node } from '../../core/algebra/node';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import type { Term } from '../../core/algebra/term';
import { declarationOf } from '../../core/ide/candidate';
import type { FormName, Presentation } from '../../core/notation/presentation';
import { indexCount } from '../../core/notation/views-names';
import { workspaceOf } from '../../core/notation/subject';
import { array, scalar, type NumericArray } from '../../core/numeric/array';
import { evaluate } from '../../core/numeric/evaluate';
import type { Num } from '../../core/verify/oracle';
import { compile } from './compile';
import { atKink, exactDigits, type Wanted } from './exact';
import { naive } from './naive';
import { gap, short, symbolic, TOLERANCE, Unfit, Wrong, type Stage } from './outcome';
import { directions, type FuzzPoint } from './point';
import { tensorApplied } from './tensor-text';

/** The derivative at a point: D[r*pq + c] for entry r of F (m×n) and c of the variable (p×q), both row by row. */
export interface Jacobian { readonly m: number; readonly n: number; readonly p: number; readonly q: number; readonly D: Float64Array; readonly scale: number; readonly exact: () => readonly Num[] | undefined }

export interface Written {
  readonly name: FormName;
  readonly text: string;
  readonly indices: readonly string[];
  readonly where: readonly string[];
  /** No difference quotients stand in it. */
  readonly plain: boolean;
  readonly view: Program;
  readonly term: Term;
  readonly node: Node;
}

const FORMS: readonly FormName[] = ['differential', 'directional', 'gradient', 'components', 'index', 'vec'];
/** Alternatives that are another thing than the derivative in the variable's space, and say so. */
const OTHER_CONVENTION = /statistic|vech|half|free entries|independent/i;

/** Everything that is printed, compiled with the file's own declarations. */
export function writtenOf(stage: Stage, program: Program, request: ProgramRequest, presented: Presentation): readonly Written[] {
  const x = program.variables.get(request.wrt.at(-1) ?? '');
  if (!x) return [];
  const base = program.text.split('\n').filter((l) => !/^\s*(?:grad|jacobian|hessian)\s*\(/.test(l)).join('\n');
  const shared = presented.where.map((w) => w.text);
  const { tensor } = presented.forms;
  const texts: readonly Omit<Written, 'view' | 'term' | 'node'>[] = [
    ...FORMS.flatMap((name) => { const form = presented.forms[name]; return form ? [{ name, text: form.text, indices: form.indices ?? [], where: shared, plain: true }] : []; }),
    ...(tensor ? [{ name: 'directional' as const, text: tensorApplied(tensor.text, presented.direction), indices: [], where: shared, plain: true }] : []),
    ...presented.alternatives.filter((a) => !OTHER_CONVENTION.test(a.label)).map((a) => ({ name: a.form, text: a.text, indices: presented.forms[a.form]?.indices ?? [], where: shared, plain: true })),
    // Each line of the derivation is dF; d(A) within it is the change of A.
    ...presented.steps.flatMap((s) => { const text = asDifferential(s.text, x.name); return text.includes(`d${x.name}`) ? [{ name: 'differential' as const, text, indices: [], where: (s.where ?? shared).map((d) => asDifferential(d, x.name)), plain: text === s.text }] : []; }),
  ];
  const declared = ({ name, indices }: (typeof texts)[number]): string => (name === 'differential' ? `d${x.name} : ${declarationOf(x.shape, x.words)}`
    : name === 'directional' ? `${presented.direction} : ${declarationOf(x.shape, x.words)}` : indices.length > 0 ? `${indices.join(', ')} : scalar` : '');
  const read = (forms: typeof texts): readonly Written[] => {
    const [first] = forms;
    if (!first) return [];
    try {
      const view = compile([base, ...new Set(forms.map(declared)), ...first.where, ...forms.map((f) => f.text)].join('\n'));
      const requests = view.requests.slice(-forms.length);
      const workspace = workspaceOf(view);
      return forms.map((form, k) => { const term = requests[k]?.term as Term; return { ...form, view, term, node: workspace.node(term) }; });
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      // One by one, which says which it is; names that two forms choose for two things may meet.
      if (forms.length > 1) return forms.flatMap((f) => read([f]));
      throw new Wrong(stage, `${first.name} cannot be read again: ${error.detail}`);
    }
  };
  // Texts under the same definitions are read as one file.
  const together = new Map<string, (typeof texts)[number][]>();
  for (const form of texts) together.set(form.where.join('\n'), [...(together.get(form.where.join('\n')) ?? []), form]);
  return [...together.values()].flatMap(read);
}

/** d(A) in a line of a derivation, as the language says it: diff(A, X, dX). */
function asDifferential(text: string, x: string): string {
  const at = /(?<![\p{L}\p{N}_])d\(/u.exec(text);
  if (!at) return text;
  let depth = 0;
  for (let i = at.index + 1; i < text.length; i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (depth === 0) return `${text.slice(0, at.index)}diff(${text.slice(at.index + 2, i)}, ${x}, d${x})${asDifferential(text.slice(i + 1), x)}`;
  }
  return text;
}

interface Check { readonly form: Written; readonly given: ReadonlyMap<string, NumericArray>; readonly wanted: Wanted; readonly what: string }

const axes = (count: number, cols: number, at: number): number[] => (count === 0 ? [] : count === 1 ? [at + 1] : [Math.floor(at / cols) + 1, (at % cols) + 1]);

function checksOf(program: Program, request: ProgramRequest, presented: Presentation, form: Written, at: FuzzPoint, { m, n, p, q }: Jacobian): Check[] {
  const x = program.variables.get(request.wrt.at(-1) ?? '');
  if (!x) return [];
  const pq = p * q;
  const { vec, layout } = program.settings;
  const transposed = (wanted: Wanted, rows: number, cols: number): Wanted => Array.from({ length: rows * cols }, (_, e) => wanted[(e % rows) * cols + Math.floor(e / rows)] ?? []);
  const one = (name: string, value: NumericArray): ReadonlyMap<string, NumericArray> => new Map([[name, value]]);
  switch (form.name) {
    case 'differential': case 'directional': {
      const E = directions(program, x.name, at);
      const weights = E.map((_, c) => ((c * 7 + 3) % 11) / 5 - 1);
      const V = array(p, q, Float64Array.from({ length: pq }, (_, e) => E.reduce((s, B, c) => s + (weights[c] ?? 0) * (B.data[e] ?? 0), 0)));
      const wanted = Array.from({ length: m * n }, (_, r) => weights.map((w, c) => [r * pq + c, w] as const));
      return [{ form, given: one(form.name === 'differential' ? `d${x.name}` : presented.direction, V), wanted, what: '' }];
    }
    case 'gradient': {
      const wanted: Wanted = Array.from({ length: m * n * pq }, (_, e) => [[e, 1]]);
      return [{ form, given: new Map(), wanted: layout === 'numerator' && m * n === 1 ? transposed(wanted, p, q) : wanted, what: '' }];
    }
    case 'vec': {
      const place = (k: number, rows: number, cols: number): number => (vec === 'row' ? k : (k % rows) * cols + Math.floor(k / rows));
      const wanted: Wanted = Array.from({ length: m * n * pq }, (_, e) => [[place(Math.floor(e / pq), m, n) * pq + place(e % pq, p, q), 1]]);
      return [{ form, given: new Map(), wanted: layout === 'denominator' ? Array.from({ length: m * n * pq }, (_, e) => wanted[(e % (m * n)) * pq + Math.floor(e / (m * n))] ?? []) : wanted, what: '' }];
    }
    default: {
      const components = form.name === 'components';
      const names = form.indices;
      const ofX = components ? names.length : indexCount(x.shape);
      const places = (r: number, c: number): number[] => [...axes(names.length - ofX, n, r), ...axes(ofX, q, c)];
      return Array.from({ length: pq * (components ? 1 : m * n) }, (_, e) => {
        const [c, r] = [e % pq, Math.floor(e / pq)];
        const where = places(r, c);
        const wanted: Wanted = components ? Array.from({ length: m * n }, (_, f) => [[f * pq + c, 1]]) : [[[r * pq + c, 1]]];
        return { form, given: new Map(names.map((s, k) => [s, scalar(where[k] ?? 1)])), wanted, what: `at ${where.join()}` };
      });
    }
  }
}

const ENOUGH_DIGITS = 12;

/** Each text, as the engine evaluates it and operator by operator as it is written. What float64 cannot say, 64 digits do. */
export function checkForms(stage: Stage, program: Program, request: ProgramRequest, presented: Presentation, written: readonly Written[], at: FuzzPoint, j: Jacobian): void {
  const kink = (): boolean => atKink(program, request.ofTerm, at);
  for (const form of written) for (const { given, wanted, what } of checksOf(program, request, presented, form, at, j)) {
    const env = { sizes: at.sizes, values: new Map([...at.values, ...given]) };
    const want = wanted.map((sum) => sum.reduce((s, [i, w]) => s + w * (j.D[i] ?? NaN), 0));
    const tolerance = form.plain ? TOLERANCE.view : TOLERANCE.derivative;
    const verdict = (got: ArrayLike<number>, allowed: number, how: string): void => {
      const off = gap(got, want, j.scale);
      if (off <= allowed) return;
      const D = j.exact();
      const digits = D && exactDigits(D, form.view, form.term, at, given, wanted);
      if (digits !== undefined && digits >= ENOUGH_DIGITS) return;
      if (D === undefined) throw new Unfit('float64 disagrees, and there is no 64-digit derivative');
      throw new Wrong(stage, `${form.name} ${what} ${form.text}${how} = ${short(got)} for ${short(want)} (off by ${off.toExponential(1)}, ${digits === undefined ? 'no' : Math.floor(digits)} digits)${form.where.length > 0 ? `\n  where ${form.where.join('; ')}` : ''}`);
    };
    verdict(symbolic(stage, () => evaluate(form.node, env), kink).data, TOLERANCE.view, '');
    // As it is written, without the engine's identities: what a reader would compute.
    verdict(symbolic(stage, () => naive(form.view, form.term, env), kink).data, tolerance, ' as written');
  }
}

/** The same texts at 64 digits; index notation at its last entry. */
export function checkExactly(program: Program, request: ProgramRequest, presented: Presentation, written: readonly Written[], at: FuzzPoint, j: Jacobian): boolean {
  const D = j.exact();
  if (!D) return false;
  for (const form of written) {
    const last = form.plain ? checksOf(program, request, presented, form, at, j).at(-1) : undefined;
    if (!last) continue;
    const digits = exactDigits(D, form.view, form.term, at, last.given, last.wanted);
    if (digits !== undefined && digits < ENOUGH_DIGITS) throw new Wrong('64 digits', `${form.name} ${last.what} ${form.text} agrees on ${Math.floor(digits)} digits${form.where.length > 0 ? `\n  where ${form.where.join('; ')}` : ''}`);
  }
  return true;
}
