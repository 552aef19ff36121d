/** What is done to a message before the protocol library reads it: the library trusts the params of `initialize`, which a client may send wrong or twice. */
import type { Message, MessageStrategy } from 'vscode-languageserver';
import { isFields } from './params';

type Arriving = Message & { readonly method?: unknown; readonly params?: unknown };

/** The params of `initialize` with what the library takes for granted put in its place. */
function initializeParams(params: unknown): object {
  const given = Array.isArray(params) ? (params as readonly unknown[])[0] : params;
  const kept = isFields(given) ? given : {};
  return { ...kept, processId: typeof kept.processId === 'number' ? kept.processId : null, rootUri: kept.rootUri ?? null, capabilities: isFields(kept.capabilities) ? kept.capabilities : {} };
}

const prepared = (message: Arriving): Message => (isFields(message) && message.method === 'initialize' ? { ...message, params: initializeParams(message.params) } as Message : message);

let heard = 0;
/** How many messages have been read so far. */
export const messagesHeard = (): number => heard;

export const arrival: MessageStrategy = {
  async handleMessage(message: Arriving, next) {
    heard++;
    // The protocol has no batches; what stands in one is answered one by one.
    if (Array.isArray(message)) await Promise.all((message as readonly Arriving[]).filter(isFields).map((one) => next(prepared(one as Arriving))));
    else await next(prepared(message));
  },
};
