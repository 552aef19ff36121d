/** The last request of a text, presented, and the text of its best form. */
import { present } from '../../core/notation/present';
import type { Presentation } from '../../core/notation/presentation';
import { program } from '../verify/document';

export function presented(text: string): Presentation {
  const p = program(text);
  const request = p.requests.at(-1);
  const shown = request && present(p, request);
  if (!shown || 'refused' in shown) throw new Error(shown ? shown.refused.message : 'no request');
  return shown;
}
export function best(text: string): string {
  const shown = presented(text);
  return shown.forms[shown.best]?.text ?? '';
}
