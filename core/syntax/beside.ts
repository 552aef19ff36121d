/**
 * What is kept beside an object for as long as the object lives, unseen by whoever compares, copies or lists its fields. V8 takes a
 * WeakMap's values as reachable until its next full collection; one that reaches its own key, as a reading does its document, then
 * outlives every quick one, and each edit left a whole text's trees to the slow kind.
 */
export interface Beside<K extends object, V> {
  readonly get: (of: K) => V | undefined;
  readonly set: (of: K, value: V) => void;
}

export function beside<K extends object, V>(): Beside<K, V> {
  const field = Symbol('beside');
  return {
    get: (of) => (of as { readonly [field]?: V })[field],
    set: (of, value) => void Object.defineProperty(of, field, { value, enumerable: false, configurable: true }),
  };
}
