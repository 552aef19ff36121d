/** A short print of a text, the same on every machine: to tell that something has changed, never to tell that it has not been forged. */

/** 32 bits (FNV-1a) as seven characters of base 36. */
export function fingerprint(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36).padStart(7, '0');
}
