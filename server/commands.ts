/** The commands that the server executes, so that every editor has them. */
import { ValuesError, verificationPoint } from '../core/ide/values';
import { invalidParams } from './guard';
import { writeCode } from './generate';
import { openOf, type Handler, type Open } from './handler';
import { fields, list, text } from './params';
import { GENERATE, GENERATE_ALL, UPDATE, VERIFY_AT, VERIFY_COMMAND, type VerifyAtResult } from './protocol';
import { withProgress } from './progress';
import type { Session } from './session';
import { itemOf, verifyItem } from './verify';
import { MessageType, ShowMessageNotification, type CancellationToken } from 'vscode-languageserver';

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
    // Where no lens says so, nothing else would: what is refuted is a problem too, what is verified is not.
    if (!session.client.showsLenses) void session.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: `${item.label}: ${summary.startsWith(verdict) ? '' : `${verdict}, `}${summary}` });
    return { verdict, summary };
  }],
  [VERIFY_AT, async (session, [uri, id, values], token): Promise<VerifyAtResult> => {
    const { open, item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
    if (item.kind !== 'request') throw invalidParams('a claim is decided over many points; only a derivative is verified at one');
    const given = text(values, 'values');
    // What is wrong with the values is said before anything is started.
    try {
      verificationPoint(item.part.compiled.program, item.request, 'the values', given);
    } catch (error) {
      throw error instanceof ValuesError ? invalidParams(error.message) : error;
    }
    const { document } = open;
    const { verdict, summary, details } = await withProgress(session, `Verifying ${item.label} at a point`, token, async (t) => {
      const job = session.verifying.verify({ text: document.text, languageId: document.languageId, id: item.id, values: given }, 'asked');
      const listening = t.onCancellationRequested(job.cancel);
      try {
        return await job.result;
      } finally {
        listening.dispose();
      }
    });
    return { verdict, summary, details };
  }],
  [GENERATE, async (session, [uri, id], token) => {
    const { open, item } = itemOf(session, text(uri, 'uri'), text(id, 'id'));
    return withProgress(session, `Generating code for ${item.label}`, token, (t) => writeCode(session, open, [item.part], t));
  }],
  [UPDATE, async (session, [uri], token) => withProgress(session, 'Updating generated code', token, (t) => writeCode(session, openAt(session, uri), [], t))],
  [GENERATE_ALL, async (session, [uri], token) => {
    const open = openAt(session, uri);
    const wanted = open.analysis.parts.filter((part) => open.analysis.items.some((item) => item.part === part && item.kind === 'request'));
    return withProgress(session, 'Generating code', token, (t) => writeCode(session, open, wanted, t));
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
