/** The page of a diagnostic's code, shown from the server's own table: a link that needs no network. */
import { CODES, type CodeRow } from '../core/syntax/codes';
import { fence } from './formula';
import { PAGE_SCHEME } from './protocol';

const rows: ReadonlyMap<string, CodeRow> = new Map(CODES.map((row) => [row.code, row]));

export const codePageUri = (code: string): string => `${PAGE_SCHEME}:/diagnostics/${code}.md`;

/** Markdown; undefined for an address that is none of these pages. */
export function codePage(uri: string): string | undefined {
  const code = new RegExp(`^${PAGE_SCHEME}:/+diagnostics/(MC\\d{4})\\.md$`).exec(uri)?.[1];
  const row = code === undefined ? undefined : rows.get(code);
  return row && [
    `# ${row.code}: ${row.title}`, `*${row.severity}*`, row.meaning, '## For example', fence(row.example, row.code.startsWith('MC103') ? 'latex' : 'mcalc'), '## What to do', row.fix, '',
  ].join('\n\n');
}
