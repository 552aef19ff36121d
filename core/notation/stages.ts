/** What is made when it is first asked for, after all that stands before it: nodes are made in one order, whatever is asked for first. */

export function stagesOf<T extends Readonly<Record<string, () => unknown>>>(makers: T): T {
  const names = Object.keys(makers);
  const made = new Map<string, unknown>();
  const upTo = (name: string): unknown => {
    for (let i = made.size; i <= names.indexOf(name); i++) {
      const next = names[i] as string;
      made.set(next, makers[next]?.());
    }
    return made.get(name);
  };
  return Object.fromEntries(names.map((name) => [name, () => upTo(name)])) as T;
}
