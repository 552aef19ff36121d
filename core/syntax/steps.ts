/** Work in steps: it yields where it may be interrupted. A server runs it between messages, everyone else to its end. */
export type Steps<T> = Generator<void, T, void>;

export function finish<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
