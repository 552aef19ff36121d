/** The verdict on one item of a document. Imports the oracle: only the thread for long work loads this file. */
import type { Analysis } from '../core/ide/analysis';
import { candidateOf } from '../core/ide/candidate';
import { isRefusal } from '../core/ide/engine';
import { runOf } from '../core/ide/run';
import { verificationPoint } from '../core/ide/values';
import { prove } from '../core/proof/prove';
import { decideClaim } from '../core/verify/claims';
import { verifyRequest } from '../core/verify/verify';
import type { VerifierReport } from './verifierProtocol';
import { claimReport, requestReport } from './verifierReport';

const undecided = (summary: string): VerifierReport => ({ verdict: 'undecided', short: '', summary, details: summary });

/** @param values a person's own point, as the text of a values file @throws ValuesError where it is no point of the request */
export function judge(analysis: Analysis, id: string, values?: string): VerifierReport {
  const item = analysis.item(id);
  if (!item) return undecided('there is no such formula any more');
  const { program } = item.part.compiled;
  if (item.kind === 'check') return claimReport(decideClaim(program, item.claim, { prove: (left, right) => prove(program, left, right) }));
  const presented = analysis.present(item.part, item.request);
  if (isRefusal(presented)) return undecided(presented.refused.message);
  const candidate = candidateOf(program, item.request, presented);
  if (!candidate) return undecided('nothing was derived');
  const point = values === undefined ? undefined : verificationPoint(program, item.request, 'the values', values);
  return requestReport(verifyRequest(program, item.request, { ...candidate, ...runOf(program, item.request) }, point ? { point } : {}));
}
