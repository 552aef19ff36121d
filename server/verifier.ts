/** Answers a job of the verifying thread. */
import { analyse } from '../core/ide/analysis';
import { engine } from './engine';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

export async function answerJob({ job, text, languageId, id }: ToVerifier): Promise<FromVerifier> {
  try {
    const item = analyse(text, languageId, engine).item(id);
    if (!item) return { job, failed: 'there is no such formula any more' };
    return { job, failed: 'not verified yet' };
  } catch (error) {
    return { job, failed: error instanceof Error ? error.message : String(error) };
  }
}
