/** Answers a job of the verifying thread. Nothing else loads the oracle and its arithmetic. */
import { analyse } from '../core/ide/analysis';
import { candidateOf } from '../core/ide/candidate';
import { isRefusal } from '../core/ide/engine';
import { prove } from '../core/notation/prove';
import { decideClaim } from '../core/verify/claims';
import { verifyRequest } from '../core/verify/verify';
import { engine } from './engine';
import { runOf } from './run';
import type { FromVerifier, ToVerifier, VerifierReport } from './verifierProtocol';
import { claimReport, requestReport } from './verifierReport';

const undecided = (summary: string): VerifierReport => ({ verdict: 'undecided', short: '', summary, details: summary });

function report({ text, languageId, id }: ToVerifier): VerifierReport {
  const analysis = analyse(text, languageId, engine);
  const item = analysis.item(id);
  if (!item) return undecided('there is no such formula any more');
  const { program } = item.part.compiled;
  if (item.kind === 'check') return claimReport(decideClaim(program, item.claim, { prove: (left, right) => prove(program, left, right) }));
  const presented = analysis.present(item.part, item.request);
  if (isRefusal(presented)) return undecided(presented.refused.message);
  const candidate = candidateOf(program, item.request, presented);
  if (!candidate) return undecided('nothing was derived');
  const run = runOf(program, item.request);
  return requestReport(verifyRequest(program, item.request, { ...candidate, ...(run && { run }) }));
}

/** Never rejects: a failure is an answer too. */
export async function answerJob(job: ToVerifier): Promise<FromVerifier> {
  try {
    return { job: job.job, report: report(job) };
  } catch (error) {
    return { job: job.job, failed: error instanceof Error ? error.message : String(error) };
  }
}
