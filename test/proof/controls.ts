/**
 * Negative controls: every mistake made in the printed gradient of a subject must be refuted. A mistake that is none (the
 * transpose of something symmetric) is told apart at 64 digits, at another point, before the verifier is asked.
 */
import { resolve } from '../../core/algebra/resolve';
import type { Program } from '../../core/algebra/program';
import type { Term } from '../../core/algebra/term';
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { drawPoints } from '../../core/numeric/points';
import { parse } from '../../core/syntax/parse';
import { accepting } from '../../core/verify/accept';
import { agreement } from '../../core/verify/compare';
import { createOracle, OutsideDomain, fromPoint } from '../../core/verify/oracle';
import { num } from '../../core/verify/oracle-decimal';
import { verifyRequest, type Candidate, type Verification } from '../../core/verify/verify';
import { firstRequest, program as compiled } from '../verify/document';
import { mutations, type Mutation } from '../verify/mutations';
import type { Subject } from '../verify/operators';

export interface Control { readonly op: string; readonly kind: Mutation['kind']; readonly text: string; readonly verdict: Verification['verdict'] | 'the same' | 'no formula' }

interface Prepared { readonly program: Program; readonly candidate: Candidate; readonly text: string; readonly read: (text: string) => Candidate | undefined; readonly same: (c: Candidate) => boolean | undefined }

/** The form that the engine answers with, and a reader of others in its place. */
function prepare({ text: source, op }: Subject): Prepared {
  const program = compiled(source);
  const request = firstRequest(program);
  const presented = present(program, request);
  if ('refused' in presented) throw new Error(`${op}: ${presented.refused.message}`);
  const gradient = presented.forms.gradient;
  const form = gradient ?? presented.forms.directional;
  const whole = candidateOf(program, request, presented);
  if (!form || !whole) throw new Error(`${op}: nothing was derived`);
  const variable = program.variables.get(request.wrt[0] ?? '');
  const declare = gradient || !variable ? [] : [`${presented.direction} : matrix(${variable.shape.rows.key}, ${variable.shape.cols.key})`];
  const shape = (gradient ? whole.gradient : whole.directional)?.shape;
  const read = (text: string): Candidate | undefined => {
    const document = parse([program.text, ...declare, ...presented.where.map((w) => w.text), text].join('\n'));
    const p = resolve(document);
    const term = p.requests.at(-1)?.term;
    if ([...document.diagnostics, ...p.diagnostics].some((d) => d.severity === 'error') || !term) return undefined;
    if (term.shape.rows.key !== shape?.rows.key || term.shape.cols.key !== shape.cols.key) return undefined;
    return gradient ? { program: p, gradient: term } : { program: p, directional: term, direction: presented.direction };
  };
  const names = [...program.variables.keys()];
  const [point] = drawPoints(program, { seed: 77, names, count: 1, accept: accepting(program, [request.ofTerm], [], 0.02) }).points;
  const valueOf = (c: Candidate) => {
    const term = (c.gradient ?? c.directional) as Term;
    const X = point?.values.get(request.wrt[0] ?? '');
    const V = X && new Map([[presented.direction, fromPoint({ ...X, data: X.data.map((x, i) => String(Number(x) * 0.3 + ((i * 7) % 5) - 1.7)) })]]);
    return point && createOracle(c.program, point.sizes, point.values).evaluate(term, gradient ? undefined : V);
  };
  const right = valueOf(whole);
  /** Undefined where the text has no value. */
  const same = (c: Candidate): boolean | undefined => {
    try {
      const other = valueOf(c);
      return right !== undefined && other !== undefined && agreement(right, other, num('1e-30')) > 30;
    } catch (error) {
      if (error instanceof OutsideDomain) return undefined;
      throw error;
    }
  };
  return { program, candidate: whole, text: form.text, read, same };
}

/** The subject's own derivative, then its mistakes: all of them, or every `step`-th from `from`. */
export function controlsOf(subject: Subject, from = 0, step = 1): { readonly right: Verification; readonly controls: readonly Control[] } {
  const p = prepare(subject);
  const request = firstRequest(p.program);
  const right = verifyRequest(p.program, request, p.candidate);
  const controls = mutations(p.text).filter((_, k) => k % step === from % step).map((m): Control => {
    const head = { op: subject.op, kind: m.kind, text: m.text };
    const candidate = p.read(m.text);
    if (!candidate) return { ...head, verdict: 'no formula' };
    const same = p.same(candidate);
    if (same !== false) return { ...head, verdict: same ? 'the same' : 'no formula' };
    return { ...head, verdict: verifyRequest(p.program, request, candidate).verdict };
  });
  return { right, controls };
}
