/**
 * The tensor form applied to a direction, as text of the language: (L ⊠ R) takes V to L*V*R', 𝕋 to V', 𝕀 to V, and (C ∘ G)
 * to C*tr(G'*V). Reads what `core/notation/views-tensor.ts` writes, from its text alone.
 */

/** Parts of a text that are separated outside brackets. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(from, i));
      from = i + separator.length;
      i = from - 1;
    }
  }
  return [...parts, text.slice(from)];
}
const closing = (text: string): number => {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if ('([{'.includes(text[i] ?? '')) depth++;
    else if (')]}'.includes(text[i] ?? '') && --depth === 0) return i;
  }
  return text.length - 1;
};

function bodyApplied(body: string, V: string): string | undefined {
  if (body === '𝕀') return V;
  if (body === '𝕋') return `${V}'`;
  const end = closing(body);
  if (body.startsWith('[')) return end === body.length - 1 ? `(${body.slice(1, -1)})` : undefined;
  if (!body.startsWith('(')) return undefined;
  const inside = body.slice(1, end);
  const rest = body.slice(end + 1);
  const [L, R] = split(inside, ' ⊠ ');
  if (L !== undefined && R !== undefined) {
    const inner = rest === '' ? V : rest.startsWith(' : ') ? termApplied(rest.slice(3), V) : undefined;
    return inner === undefined ? undefined : `(${L}*(${inner})*(${R})')`;
  }
  const [C, G] = split(inside, ' ∘ ');
  return C !== undefined && G !== undefined && rest === '' ? `(${C}*tr((${G})'*(${V})))` : undefined;
}

function termApplied(term: string, V: string): string | undefined {
  const negative = term.startsWith('-');
  const text = negative ? term.slice(1) : term;
  const whole = bodyApplied(text, V);
  if (whole !== undefined) return negative ? `-${whole}` : whole;
  const [lead = '', ...rest] = split(text, ' ');
  const body = bodyApplied(rest.join(' '), V);
  return body === undefined ? undefined : `${negative ? '-' : ''}(${lead})*${body}`;
}

/** @throws Error where the text is none that the form is known to have */
export function tensorApplied(text: string, V: string): string {
  const terms = split(text, ' + ').flatMap((sum) => split(sum, ' - ').map((t, k) => (k === 0 ? t : `-${t}`)));
  return terms.map((t) => {
    const applied = termApplied(t, V);
    if (applied === undefined) throw new Error(`a term of the tensor form cannot be read: ${t}`);
    return `(${applied})`;
  }).join(' + ');
}
