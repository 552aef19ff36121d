/** Lines of a document, and how a new statement joins the ones that stand there: on a line of its own, behind the marks of its comment. */

/** The offset at which the line of an offset starts. */
export const lineStart = (text: string, offset: number): number => Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;

/** The line break that a text uses. */
export const newlineOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

/** What stands between two statements, the one at `start` being one of them: a line break with its marks, or `; `. */
export function separatorAt(text: string, start: number): string {
  const lead = text.slice(lineStart(text, start), start);
  return /^[\s*>]*(?:\/\/\s*)?$/.test(lead) ? newlineOf(text) + lead : '; ';
}
