/** The commands that the server executes, so that every editor has them. */
import { invalidParams } from './guard';
import type { Handler } from './handler';
import { fields, list, text } from './params';
import { VERIFY_COMMAND } from './protocol';
import type { Session } from './session';
import { itemOf, verifyItem } from './verify';
import type { CancellationToken } from 'vscode-languageserver';

type Command = (session: Session, args: readonly unknown[], token: CancellationToken) => Promise<unknown>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  [VERIFY_COMMAND, async (session, [uri, id], token) => {
    const { open, item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
    const { verdict, summary } = await verifyItem(session, open, item, token);
    return { verdict, summary };
  }],
] satisfies readonly (readonly [string, Command])[]);

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
