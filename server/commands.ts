/** The commands that the server executes, so that every editor has them. */
import { invalidParams } from './guard';
import { writeCode } from './generate';
import { openOf, type Handler, type Open } from './handler';
import { fields, list, text } from './params';
import { GENERATE, GENERATE_ALL, UPDATE, VERIFY_COMMAND } from './protocol';
import { withProgress } from './progress';
import type { Session } from './session';
import { itemOf, verifyItem } from './verify';
import type { CancellationToken } from 'vscode-languageserver';

type Command = (session: Session, args: readonly unknown[], token: CancellationToken) => Promise<unknown>;

function openAt(session: Session, uri: unknown): Open {
  const open = openOf(session, { textDocument: { uri } });
  if (!open) throw invalidParams(`the document is not open: ${String(uri)}`);
  return open;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [VERIFY_COMMAND, async (session, [uri, id], token) => {
    const { open, item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
    const { verdict, summary } = await withProgress(session, `Verifying ${item.label}`, token, (t) => verifyItem(session, open, item, t));
    return { verdict, summary };
  }],
  [GENERATE, async (session, [uri, id]) => {
    const { open, item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
    return writeCode(session, open, [item.part]);
  }],
  [UPDATE, async (session, [uri]) => writeCode(session, openAt(session, uri), [])],
  [GENERATE_ALL, async (session, [uri]) => {
    const open = openAt(session, uri);
    return writeCode(session, open, open.analysis.parts.filter((part) => open.analysis.items.some((item) => item.part === part && item.kind === 'request')));
  }],
]);

export const commands: readonly Handler[] = [
  {
    method: 'workspace/executeCommand', capability: { executeCommandProvider: { commands: [...COMMANDS.keys()], workDoneProgress: true } },
    async handle(session, params, token) {
      const { command, arguments: args } = fields(params);
      const run = COMMANDS.get(text(command, 'command'));
      if (!run) throw invalidParams(`no such command: ${text(command, 'command')}`);
      return run(session, list(args ?? [], 'arguments'), token);
    },
  },
];
