/** The text of the last request's best form. */
import { present } from '../../core/notation/present';
import { program } from '../verify/document';

export function best(text: string): string {
  const p = program(text);
  const request = p.requests.at(-1);
  const shown = request && present(p, request);
  if (!shown || 'refused' in shown) throw new Error(shown ? shown.refused.message : 'no request');
  return shown.forms[shown.best]?.text ?? '';
}
