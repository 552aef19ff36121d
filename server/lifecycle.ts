/** Which messages are allowed when: nothing before `initialize`, nothing after `shutdown`, and `initialize` once. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';

export type Phase = 'new' | 'running' | 'shutdown';

/** The refusal of a request in a phase, or undefined where it is allowed. */
export function refusal(phase: Phase, method: string): ResponseError | undefined {
  if (method === 'initialize') return phase === 'new' ? undefined : new ResponseError(ErrorCodes.InvalidRequest, 'the server is initialized already');
  if (phase === 'new') return new ResponseError(ErrorCodes.ServerNotInitialized, 'the server is not initialized');
  if (phase === 'shutdown') return new ResponseError(ErrorCodes.InvalidRequest, 'the server is shut down');
  return undefined;
}
