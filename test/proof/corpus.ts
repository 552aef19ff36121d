/** Every case of the corpus through the verifier, with its figures and the processor time it took. */
import { candidateOf } from '../../core/ide/candidate';
import { present } from '../../core/notation/present';
import { verifyRequest, type Verification } from '../../core/verify/verify';
import { runOf } from '../../core/ide/run';
import { asked } from '../../cli/requests';
import { FILES, load, sourceFrom, type Case } from '../corpus/cases';

export interface CaseFigures {
  readonly group: string;
  readonly id: string;
  readonly verdict: Verification['verdict'];
  readonly digits: number | null;
  readonly taylor: number | null;
  readonly adjoint: number | null;
  readonly complexStep: number | null;
  readonly program: number | null;
  readonly condition: number | null;
  /** Milliseconds of the processor for the verdict alone. */
  readonly ms: number;
}

export function figuresOf(group: string, c: Case): CaseFigures {
  const { program, request: plain } = asked(sourceFrom(c), c.of, c.wrt);
  const request = c.order === 2 ? { ...plain, kind: 'hessian' as const } : plain;
  const presented = present(program, request);
  const head = { group, id: c.id };
  const candidate = 'refused' in presented ? undefined : candidateOf(program, request, presented);
  if (!candidate) return { ...head, verdict: 'undecided', digits: null, taylor: null, adjoint: null, complexStep: null, program: null, condition: null, ms: 0 };
  const run = runOf(program, request);
  const before = process.cpuUsage();
  const v = verifyRequest(program, request, { ...candidate, ...run });
  const used = process.cpuUsage(before);
  return {
    ...head, verdict: v.verdict, digits: v.exact?.digits ?? null, taylor: v.taylor && Number.isFinite(v.taylor.order) ? v.taylor.order : null,
    adjoint: v.adjoint?.maxRelativeError ?? null, complexStep: v.complexStep?.maxRelativeError ?? null, program: v.program?.maxRelativeError ?? null, condition: v.condition ?? null, ms: Math.round((used.user + used.system) / 1000),
  };
}

export const corpusFigures = (): readonly CaseFigures[] => FILES.flatMap((group) => load<Case>(group).map((c) => figuresOf(group, c)));
