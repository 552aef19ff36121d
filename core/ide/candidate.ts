/** The engine's answer to a request as verification takes it: printed, read again with the file, and so judged exactly as it is shown. */
import { isScalar, type Shape } from '../algebra/dim';
import type { Program, ProgramRequest, StructureWord } from '../algebra/program';
import { Refusal, refuse } from '../algebra/refusal';
import { resolve } from '../algebra/resolve';
import type { Term } from '../algebra/term';
import { onTangent, pullback } from '../calculus/workspace';
import { present } from '../notation/present';
import type { Presentation } from '../notation/presentation';
import { readable } from '../notation/readable';
import { shadowedBy, unshadowed } from '../notation/shadowed';
import { subjectOf, workspaceOf } from '../notation/subject';
import { parse } from '../syntax/parse';
import { printText } from '../syntax/print';
import type { Expr } from '../syntax/tree';
import type { Candidate } from '../verify/verdict';
import { inPieces } from './pieces';

const SPACE_WORDS: readonly StructureWord[] = ['symmetric', 'skew', 'diagonal', 'lower', 'upper', 'tridiagonal'];

/** `matrix(m, n) symmetric` for a change of the variable. */
export function declarationOf(shape: Shape, words: ReadonlySet<StructureWord> = new Set()): string {
  const type = isScalar(shape) ? 'scalar' : shape.cols.key === '1' ? `vector(${shape.rows.key})` : `matrix(${shape.rows.key}, ${shape.cols.key})`;
  const spaces = SPACE_WORDS.filter((w) => words.has(w) || (w === 'symmetric' && (words.has('posdef') || words.has('possemidef'))));
  return [type, ...(isScalar(shape) || shape.cols.key === '1' ? [] : spaces)].join(' ');
}

/** What an extended program's last statements are, as terms. */
function readBack(program: Program, lines: readonly string[], wanted: number): { readonly program: Program; readonly terms: readonly Term[] } | undefined {
  const document = parse([program.text, ...lines].join('\n'));
  const extended = resolve(document);
  const terms = extended.requests.slice(-wanted).map((r) => r.term);
  const broken = [...document.diagnostics, ...extended.diagnostics].some((d) => d.severity === 'error' && d.range.start >= program.text.length);
  return broken || terms.length < wanted ? undefined : { program: extended, terms };
}

/** Declarations of the directions that these definitions speak of: a request gives them their shapes, and definitions are read before it. */
function inferredIn(program: Program, lines: readonly string[]): readonly string[] {
  const names = new Set(lines.flatMap((line) => line.match(/[\p{L}_][\p{L}\p{M}_0-9]*/gu) ?? []));
  return [...program.variables.values()].filter((v) => v.inferred && names.has(v.name)).map((v) => `${v.name} : ${declarationOf(v.shape, v.words)}`);
}

/** In a text with errors a name may have taken another meaning below: `∇sigmoid(x)` makes sigmoid a name that nothing declares. */
const hasErrors = (program: Program): boolean => program.diagnostics.some((d) => d.severity === 'error');

/** Undefined where the engine refuses, or errors of the text stand in the way. @throws Error where its answer cannot be read again: a fault of mcalc's. */
export function candidateOf(program: Program, request: ProgramRequest, presentation?: Presentation): Candidate | undefined {
  const p = presentation ?? present(program, request);
  if ('refused' in p) return undefined;
  const where = p.where.map((d) => d.text);
  if (request.kind === 'value' || request.kind === 'diff' || request.kind === 'hvp' || request.kind === 'vjp') {
    const read = p.forms.value && readBack(program, [...inferredIn(program, where), ...where, p.forms.value.text], 1);
    if (!read && hasErrors(program)) return undefined;
    if (!read) throw new Error(`the answer to ${request.of} cannot be read again: ${p.forms.value?.text ?? ''}`);
    return { program: read.program, ...(read.terms[0] ? { result: read.terms[0] } : {}) };
  }
  const w = workspaceOf(program, request);
  const subject = subjectOf(w, request);
  const x = request.wrt.at(-1);
  const variable = x === undefined ? undefined : program.variables.get(x);
  if (!subject || !variable || !p.forms.directional || !p.direction) return undefined;
  const declare = `${p.direction} : ${declarationOf(variable.shape, variable.words)}`;
  const lines = [declare, ...where, p.forms.directional.text];
  const scalarF = isScalar(subject.of.shape);
  let vjp: { readonly cotangent: string } | undefined;
  if (!scalarF) {
    try {
      const cotangent = freeName(program, ['Ybar', 'W_bar', 'Y_bar'], p);
      const node = pullback(w.g, subject.of, subject.symbol, onTangent(w.g, subject.outer, w.g.symbol(cotangent, subject.of.shape)));
      lines.unshift(`${cotangent} : ${declarationOf(subject.of.shape)}`);
      const shadowed = shadowedBy(usedNames(program, p), program.functions);
      const written = (tree: Expr): string => printText(unshadowed(tree, shadowed) ?? refuse('a function whose name is taken'));
      const r = readable(w.g, node, { where: false, taken: usedNames(program, p) });
      const used = new Set([...usedNames(program, p), cotangent, ...r.where.map((d) => d.name)]);
      const trees = [...r.where.map((d) => [d.name, d.tree] as const), ['', r.tree] as const];
      for (const [name, tree] of trees) {
        const pieces = inPieces(tree, () => numbered(used, 'part'));
        lines.push(...pieces.lines.map((d) => `${d.name} = ${written(d.tree)}`), `${name === '' ? '' : `${name} = `}${written(pieces.tree)}`);
      }
      vjp = { cotangent };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  } else if (p.forms.gradient) {
    // In numerator layout the gradient of a scalar is printed as a row.
    lines.push(program.settings.layout === 'numerator' ? `(${p.forms.gradient.text})'` : p.forms.gradient.text);
  }
  const both = vjp !== undefined || (scalarF && p.forms.gradient !== undefined);
  const read = readBack(program, lines, both ? 2 : 1);
  if (!read && hasErrors(program)) return undefined;
  if (!read) throw new Error(`the derivative of ${request.of} cannot be read again: ${p.forms.directional.text}`);
  const [directional, second] = read.terms;
  return {
    program: read.program, direction: p.direction,
    ...(directional ? { directional } : {}),
    ...(second && vjp ? { vjp: { term: second, cotangent: vjp.cotangent } } : {}),
    ...(second && !vjp ? { gradient: second } : {}),
  };
}

const usedNames = (program: Program, p: Presentation): ReadonlySet<string> =>
  new Set([...program.variables.keys(), ...program.definitions.keys(), ...program.functions.keys(), ...program.dimensions.keys(), ...p.where.map((d) => d.name), ...(p.direction === undefined ? [] : [p.direction])]);

function freeName(program: Program, names: readonly string[], p: Presentation): string {
  const used = usedNames(program, p);
  return names.find((n) => !used.has(n)) ?? `Ybar_${used.size}`;
}

/** A name that is not in use; it is from then on. */
function numbered(used: Set<string>, stem: string): string {
  let k = 1;
  while (used.has(`${stem}_${k}`)) k++;
  used.add(`${stem}_${k}`);
  return `${stem}_${k}`;
}
