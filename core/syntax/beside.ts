/**
 * What is kept beside an object for as long as the object lives, unseen by whoever compares, copies or lists its fields. V8 takes a
 * WeakMap's values as reachable until its next full collection; one that reaches its own key, as a reading does its document, then
 * outlives every quick one, and each edit left a whole text's trees to the slow kind. A private field that is put on an object from
 * outside is as quick as any other field; `Object.defineProperty` takes ten times as long.
 */
export interface Beside<K extends object, V> {
  readonly get: (of: K) => V | undefined;
  readonly set: (of: K, value: V) => void;
}

/** A constructor that gives back the object it is given: fields of its subclasses are put on that object. */
const Given = function given(of: object): object { return of; } as unknown as new (of: object) => object;

export function beside<K extends object, V>(): Beside<K, V> {
  class Beside extends Given {
    #value: V | undefined;
    static get(of: object): V | undefined { return #value in of ? of.#value : undefined; }
    static set(of: object, value: V): void {
      if (!(#value in of)) new Beside(of);
      (of as Beside).#value = value;
    }
  }
  return Beside;
}
