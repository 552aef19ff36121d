/** `mcalc verify`: the numerical tests of each request, with their figures. */
import type { Program, ProgramRequest } from '../core/algebra/program';
import { candidateOf } from '../core/ide/candidate';
import { verificationPoint } from '../core/ide/values';
import { present } from '../core/notation/present';
import type { Verification, VerifyOptions } from '../core/verify/verdict';
import { runOf } from '../core/ide/run';
import { EXIT, usage } from './exit';
import { diagnosticsOf, locate, messageLine, readSource, report, type Source } from './files';
import { readText } from './input';
import type { Flags } from './main';
import { print, say, showProgress } from './output';
import { reportText, REPORTS, type Outcome, type ReportKind } from './reports';
import { chosenRequests, type Chosen } from './requests';
import { titleOf } from './title';
import { stopping } from './values';

export async function verify(files: readonly string[], flags: Flags): Promise<number> {
  const kind = reportKind(flags, 'verify');
  const outcomes: Outcome[] = [];
  let broken = false;
  for (const file of files) {
    const source = readSource(file);
    const unreadable = report(source, diagnosticsOf(source));
    broken ||= unreadable;
    const chosen = chosenRequests(source, flags);
    for (const one of chosen) outcomes.push(await verified(source, one, flags));
    if (chosen.length === 0 && !unreadable) say(`${source.file}: nothing is asked for; write grad(f, x), jacobian(F, X) or hessian(f, x) on a line`);
  }
  print(reportText(kind, outcomes, [], files.length));
  return broken || outcomes.some((o) => o.failed) ? EXIT.failed : EXIT.ok;
}

export function reportKind(flags: Flags, command: string): ReportKind {
  const kind = (flags.json === true ? 'json' : flags.report ?? 'text') as ReportKind;
  if (!REPORTS.includes(kind)) usage(`mcalc ${command}: --report takes ${REPORTS.join(', ')}, not ${kind}`);
  return kind;
}

export const seedOf = (flags: Flags): number | undefined => {
  if (flags.seed === undefined) return undefined;
  const seed = Number(flags.seed);
  return Number.isSafeInteger(seed) ? seed : usage(`--seed takes a whole number, not ${String(flags.seed)}`);
};

/** A person's own point, from `--values`. */
function givenPoint(source: Source, program: Program, request: ProgramRequest, flags: Flags): VerifyOptions['point'] {
  const file = flags.values;
  return typeof file === 'string' ? stopping(source, () => verificationPoint(program, request, file, readText(file))) : undefined;
}

/** The verdict on one request. Messages about it go to standard error. */
export async function verified(source: Source, { part, program, request, line }: Chosen, flags: Flags): Promise<Outcome> {
  const name = titleOf(request.of, request.kind, request.wrt);
  const place = locate(source, part, request.range).from;
  const presented = present(program, request);
  if ('refused' in presented) {
    say(`${messageLine(source.file, { ...presented.refused, ...locate(source, part, presented.refused.range) })}`);
    return { file: source.file, line, column: place.column, name, failed: true, word: 'refused', summary: presented.refused.message, json: { of: request.of, wrt: wrtJson(request.wrt), verdict: 'undecided', notes: [presented.refused.message] } };
  }
  const candidate = candidateOf(program, request, presented);
  const { verifyRequest } = await import('../core/verify/verify');
  const seed = seedOf(flags);
  const point = givenPoint(source, program, request, flags);
  const v = verifyRequest(program, request, { ...candidate, program: candidate?.program ?? program, ...runOf(program, request) },
    { ...(seed === undefined ? {} : { seed }), ...(point ? { point } : {}), onStep: (done, total) => { showProgress(`verifying ${name}: ${done} of ${total}`); return true; } });
  showProgress('');
  const summary = summaryOf(v);
  if (v.verdict === 'refuted') say(`${source.file}:${place.line}:${place.column}: error: the derivative of ${request.of} is refuted: ${summary} [MC6002]`);
  return { file: source.file, line, column: place.column, name, failed: v.verdict === 'refuted', word: v.verdict, summary, json: json(v, line) };
}

const wrtJson = (wrt: readonly string[]): string | readonly string[] | null => (wrt.length === 1 ? wrt[0] ?? null : wrt.length === 0 ? null : wrt);

function json(v: Verification, line: number): object {
  const { of, verdict, points, finiteDifference, taylor, adjoint, complexStep, exact, program, condition, refutation, notes, seed } = v;
  return { of, wrt: wrtJson(v.wrt), line, verdict, points, seed, ...(finiteDifference ? { finiteDifference } : {}), ...(taylor ? { taylor } : {}), ...(adjoint ? { adjoint } : {}), ...(complexStep ? { complexStep } : {}), ...(exact ? { exact } : {}), ...(program ? { program } : {}), ...(condition === undefined ? {} : { condition }), ...(refutation ? { refutation } : {}), notes };
}

/** `38 digits, Taylor 2.00, adjoint 3e-63, complex step 2e-16, program 1.2e-15 (5 ulp), 2 points`. */
export function summaryOf(v: Verification): string {
  const parts: string[] = [];
  if (v.exact) parts.push(`${v.exact.digits} digits`);
  if (v.taylor) parts.push(`Taylor ${Number.isFinite(v.taylor.order) ? v.taylor.order.toFixed(2) : 'exact'}`);
  if (v.adjoint) parts.push(`adjoint ${v.adjoint.maxRelativeError.toExponential(0)}`);
  if (v.complexStep) parts.push(`complex step ${v.complexStep.maxRelativeError.toExponential(0)}`);
  if (v.program) parts.push(`program ${v.program.maxRelativeError.toExponential(1)}`);
  if (v.points > 0) parts.push(`${v.points} ${v.points === 1 ? 'point' : 'points'}`);
  if (v.verdict !== 'verified') parts.push(`seed ${v.seed}`);
  const r = v.refutation;
  if (r) parts.push(`${r.name} is ${r.found}, expected ${r.expected}${r.slip ? ` (${r.slip})` : ''} at ${JSON.stringify(r.values)}`);
  if (v.verdict === 'undecided') parts.push(...v.notes);
  return parts.join(', ');
}
