/** Objects whose properties are made when they are first read. They are copied, compared and serialised like any others. */

export function lazily<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): T {
  const made = {} as T;
  for (const key of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(made, key, {
      enumerable: true, configurable: true,
      get() {
        const value = makers[key]();
        Object.defineProperty(made, key, { enumerable: true, configurable: true, value });
        return value;
      },
    });
  }
  return made;
}

/** The same with some properties of its own; the others stay unread. */
export const withOwn = <T extends object>(lazy: T, own: Partial<T>): T =>
  Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(lazy), ...Object.getOwnPropertyDescriptors(own) }) as T;
