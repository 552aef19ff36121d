/** The hash by which an edit inside generated text is seen. */

/** FNV-1a of the text, line breaks made equal and its ends trimmed, so that checking out on another system is no edit. Eight hexadecimal digits. */
export function regionHash(text: string): string {
  let h = 0x811c9dc5;
  for (const c of text.replace(/\r\n?/g, '\n').trim()) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return h.toString(16).padStart(8, '0');
}
