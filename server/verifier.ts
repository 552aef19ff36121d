/** Answers the jobs of the thread for long work. The oracle and its arithmetic are loaded with the first verification. */
import { analyse, type Analysis } from '../core/ide/analysis';
import { askedById } from '../core/ide/derivation';
import { rehearse } from '../core/ide/rehearsal';
import { engine } from './engine';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

/** The last analysis, for what the next one can take over. */
let last: Analysis | undefined;

/** Touches what every derivation goes through. */
const EXAMPLE = "A : matrix(n, n) posdef\nf(x) = norm(A*x)^2 + logdet(A)\ngrad(f, x)\n";

/** Goes through what common formulas need. */
export function rehearseAll(): void {
  rehearse(engine);
}

/** Never rejects: a failure is an answer too. */
export async function answerJob(message: ToVerifier): Promise<FromVerifier> {
  const { job, task } = message;
  try {
    if (task === 'present') return { job, presented: engine.present(message.program, message.request) };
    if (task === 'warm') {
      const example = analyse(EXAMPLE, 'mcalc', engine);
      for (const { part, request } of example.items.filter((item) => item.kind === 'request')) structuredClone(example.present(part, request));
      return { job, isWarm: true };
    }
    const { text, languageId } = message;
    const analysis = analyse(text, languageId, engine, last?.languageId === languageId ? last : undefined);
    last = analysis;
    // Each holds the graph it was made from; who asked keeps the answer.
    analysis.memory.presentations.clear();
    analysis.memory.refused.clear();
    if (task === 'code') return { job, code: (await import('./code')).codeOf(analysis, message.kind, message.asked) };
    const { id, values } = message;
    if (task === 'verify') return { job, report: (await import('./judge')).judge(analysis, id, values) };
    const asked = askedById(analysis, id);
    const { picturesOf } = await import('./drawing');
    return { job, pictures: asked && picturesOf(asked.part.compiled.program, asked.request, analysis.present(asked.part, asked.request)) };
  } catch (error) {
    return { job, failed: error instanceof Error ? error.message : String(error) };
  }
}
