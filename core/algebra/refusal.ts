/** Why something cannot be done: thrown inside the engine, caught where a request is answered. */
export class Refusal extends Error {
  constructor(readonly reason: string, readonly code = 'MC4001') {
    super(reason);
  }
}

export function refuse(reason: string, code?: string): never {
  throw new Refusal(reason, code);
}
