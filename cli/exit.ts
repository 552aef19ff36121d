/** Exit codes, and the two ways a command ends early. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Ends the command with a message on standard error. */
export class Stop extends Error {
  constructor(message: string, readonly exitCode: number) {
    super(message);
  }
}
export const usage = (message: string): never => { throw new Stop(message, EXIT.usage); };
export const fail = (message: string): never => { throw new Stop(message, EXIT.failed); };
