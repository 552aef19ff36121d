/** Failures that the soak, the fuzzers and trying things out have brought to light, each with the test that holds it now. */
import type { Found, Reasons } from './page';

export const FOUND: readonly Found[] = [
  { what: 'A second `initialize`, or one without capabilities, made the protocol library fail inside', by: 'random sessions', held: '`test/soak/session.test.ts`' },
  { what: 'Pulled diagnostics of a document that is not open were answered with null, which the protocol does not allow', by: 'messages held to metaModel.json', held: '`test/soak/session.test.ts`' },
  { what: '`mcalc format x.ts` laid out the TypeScript as if it were mcalc', by: 'trying it', held: '`test/cli/writing.test.ts`' },
  { what: '`format` and `check --fix` wrote over the file in place: a full disk would have left half of it', by: 'a limit on file sizes', held: '`test/cli/writing.test.ts`' },
  { what: 'A verifying thread that was killed failed the request; its work is now done once more', by: 'killing it', held: '`test/soak/faults.test.ts`' },
  { what: 'A file name with a line separator (U+2028) ended the comment at the head of its generated code', by: 'hostile names', held: '`test/security/hostile.test.ts`' },
  { what: 'A name that trials bind and take back was looked for among all places it had stood in: a keystroke in 10 000 lines took 27 s', by: 'the edit storm', held: '`test/algebra/trial-set.test.ts`' },
  { what: 'A reading of a long document held the thread: a cancelled request waited up to a second', by: 'cancellation under load', held: '`test/server/reading.test.ts`' },
  { what: 'A hover or a panel in 1000 lines worked out the shape of every expression of the file before it asked the other thread: up to half a second in one go, in which nobody was heard', by: 'cancellation under load', held: '`test/server/deriving.test.ts`' },
  { what: 'While an error of sizes stood in a file whose definitions share an argument, each key had all of it read again: 0.3 to 1.3 s in 300 lines, now about 0.1', by: 'a profile of the server under edits', held: '`test/algebra/reuse.test.ts`' },
  { what: 'Generated code was written, and a whole panel drawn, in one go in the thread that hears messages', by: 'cancellation under load', held: '`test/server/deriving.test.ts`, `test/server/reading.test.ts`' },
  { what: 'The thread for long work stayed for ever, with the graph of every formula that it had derived', by: 'resident memory', held: '`test/server/idle.test.ts`' },
  { what: 'Each reading of an edited document was held by the next, 0.4 MB an edit in 200 lines: results that are made when they are asked for held what they are made from', by: 'memory that is left after collecting', held: '`test/ide/held.test.ts`' },
  { what: 'A key in 10 000 lines went through all of them, 0.17 s of work, and 50 keys a second waited 1.3 s; what differs is read alone now, in under 10 ms', by: 'the edit storm', held: '`test/algebra/reuse.test.ts`' },
  { what: 'Random edits showed answers of that quick way that a reading of the whole text does not give: sizes that bear a definition\'s name, sizes that a reading named, errors that keep others back', by: 'random edits and typed phrases', held: '`test/algebra/reuse.test.ts`' },
  { what: 'A file that another program wrote between being read and being written was overwritten', by: 'two at work in one folder', held: '`test/cli/writing.test.ts`' },
  { what: '`f = x/(a - a)` was generated as `return 0`; code that divides by 0 at every point is refused now', by: '334 hostile inputs over the command line', held: '`test/codegen/zero-divisors.test.ts`' },
  { what: 'Verifying `x : vector(1000000000)` drew all its entries until memory was full', by: '334 hostile inputs over the command line', held: '`test/codegen/zero-divisors.test.ts`' },
  { what: 'A query for symbols, or the language of a document, that was an object with a `toString` of its own that is no function failed inside', by: 'random sessions', held: '`test/server/session.test.ts`' },
  { what: 'Of two documents with the same formula, the second was derived in the thread that hears messages: up to 100 ms for a keystroke among 500 open files, 36 now', by: 'a large workspace', held: '`test/server/deriving.test.ts`' },
  { what: 'A quick fix was put before the wrong line after a line break in a statement that cannot be read, beside another on the same line', by: '24 000 random edits', held: '`test/algebra/reuse.test.ts`' },
  { what: 'Of what is no message, the log showed one letter where the pipe cut behind it', by: 'a test that failed once in ten under load', held: '`test/server/wire.test.ts`' },
  { what: 'The directional derivative of `cond(A)` was 0 in generated code for a matrix near 1e300', by: 'the fault table', held: '`test/codegen/faults.test.ts`' },
];

/** Why bars are missed. */
export const REASONS: Reasons = {};
