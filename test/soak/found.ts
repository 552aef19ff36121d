/** Failures that the soak, the fuzzers and trying things out have brought to light, each with the test that holds it now. */
import type { Found } from './page';

export const FOUND: readonly Found[] = [
  { what: 'A second `initialize`, or one without capabilities, made the protocol library fail inside', by: 'random sessions', held: '`test/soak/session.test.ts`' },
  { what: 'Pulled diagnostics of a document that is not open were answered with null, which the protocol does not allow', by: 'messages held to metaModel.json', held: '`test/soak/session.test.ts`' },
  { what: '`mcalc format x.ts` laid out the TypeScript as if it were mcalc', by: 'trying it', held: '`test/cli/writing.test.ts`' },
  { what: '`format` and `check --fix` wrote over the file in place: a full disk would have left half of it', by: 'a limit on file sizes', held: '`test/cli/writing.test.ts`' },
  { what: 'A verifying thread that was killed failed the request; its work is now done once more', by: 'killing it', held: '`test/soak/faults.test.ts`' },
  { what: 'A file name with a line separator (U+2028) ended the comment at the head of its generated code', by: 'hostile names', held: '`test/security/hostile.test.ts`' },
];
