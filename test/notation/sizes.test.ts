// Printed derivatives are as short as the textbook's: the corpus' references, by the size that counts operators and leaves.
import { describe, expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { present } from '../../core/notation/present';
import { parse } from '../../core/syntax/parse';
import { printSize } from '../../core/syntax/size';
import { cases } from '../corpus/cases';

const FORMS = { gradient: ['gradient', 'vec'], vec: ['vec', 'gradient'], directional: ['directional', 'differential'] } as const;
const referenced = cases.filter((c) => Boolean(c.reference) && c.referenceForm !== undefined);

const ratios = referenced.map((c) => {
  const program = resolve(parse(c.mcalc));
  const request = program.requests.filter((q) => q.of === c.of && q.wrt.at(-1) === c.wrt).at(-1) ?? program.requests.at(-1);
  const shown = request && present(program, request);
  if (!shown || 'refused' in shown) return { id: c.id, ratio: Infinity, text: '' };
  const form = FORMS[c.referenceForm ?? 'gradient'].map((name) => shown.forms[name]).find((f) => f !== undefined);
  const reference = (c.reference ?? '').split(/;\s*(?=[^;]*$)/).reduce((n, part) => n + printSize(part), 0);
  return { id: c.id, ratio: (form?.size ?? Infinity) / reference, text: form?.text ?? '' };
});

describe('against the references', () => {
  test('there are references', () => expect(ratios.length).toBeGreaterThan(70));
  test.each(ratios)('$id: $text', ({ ratio }) => expect(ratio).toBeLessThanOrEqual(1.3));
  test('the median is no longer than the reference', () => {
    const sorted = ratios.map((r) => r.ratio).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(1);
  });
});
