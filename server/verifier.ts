/** Answers the jobs of the thread for long work. The oracle and its arithmetic are loaded with the first verification. */
import { analyse, type Analysis } from '../core/ide/analysis';
import { askedById } from '../core/ide/derivation';
import { engine } from './engine';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

/** The last analysis, for what the next one can take over. */
let last: Analysis | undefined;

/** Never rejects: a failure is an answer too. */
export async function answerJob({ job, task, text, languageId, id }: ToVerifier): Promise<FromVerifier> {
  try {
    const analysis = analyse(text, languageId, engine, last?.languageId === languageId ? last : undefined);
    last = analysis;
    // Each holds the graph it was made from; who asked keeps the answer.
    analysis.memory.presentations.clear();
    if (task === 'verify') return { job, report: (await import('./judge')).judge(analysis, id) };
    if (task === 'pictures') {
      const asked = askedById(analysis, id);
      const { picturesOf } = await import('./drawing');
      return { job, pictures: asked && picturesOf(asked.part.compiled.program, asked.request, analysis.present(asked.part, asked.request)) };
    }
    const item = analysis.item(id);
    return { job, presented: item?.kind === 'request' ? analysis.present(item.part, item.request) : undefined };
  } catch (error) {
    return { job, failed: error instanceof Error ? error.message : String(error) };
  }
}
