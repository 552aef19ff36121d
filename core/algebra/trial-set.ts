/**
 * A set for what trials put in and take out again. A JavaScript Set keeps the place of what was deleted until it next grows, so that
 * an item which comes and goes ten thousand times is looked for among ten thousand places; here its one place stays.
 */
export interface TrialSet<T> {
  has(item: T): boolean;
  add(item: T): void;
  delete(item: T): void;
}

export function trialSet<T>(): TrialSet<T> {
  const places = new Map<T, boolean>();
  return {
    has: (item) => places.get(item) === true,
    add: (item) => void places.set(item, true),
    delete: (item) => void (places.has(item) && places.set(item, false)),
  };
}
