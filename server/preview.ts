/** Generated code that is written nowhere: of one request for the clipboard, of a whole document for a preview beside it. */
import { generateModule } from '../core/codegen/generate';
import { generationInput } from '../core/ide/generation';
import { moduleFile } from '../core/ide/module-file';
import { askedFor } from './derivation';
import { openOf, type Handler, type Open } from './handler';
import { fields } from './params';
import { CODE, type CodeResult } from './protocol';

export const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/[\r\n]/g, ' ');

/** The module of a document, as it would stand in a file beside it. */
export function codeOfDocument({ document, analysis }: Open): CodeResult {
  const made = moduleFile(analysis, nameOf(document.uri));
  return { text: made.module.functions.length === 0 ? '' : made.text, refused: made.refused };
}

export const previews: readonly Handler[] = [
  {
    method: CODE, capability: {},
    handle(session, params): CodeResult | null {
      const { uri, id, position } = fields(params);
      const open = openOf(session, { textDocument: { uri } });
      if (!open) return null;
      if (id === undefined && position === undefined) return codeOfDocument(open);
      const found = askedFor(session, params);
      if (!found) return null;
      const input = generationInput(found.asked.part.compiled.program, found.asked.request);
      if ('refused' in input) return { text: '', refused: [input.refused.message] };
      const { text, functions, refused } = generateModule([input]);
      return { text: functions.length === 0 ? '' : text, refused: refused.map((r) => `${r.name}, ${r.kind}: ${r.reason}`) };
    },
  },
];
