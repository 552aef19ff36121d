/** Objects with fields that are made when they are first read; listed, compared and copied they are like any others. */

/** Stands for such a field. */
export const LATER = Symbol('later');

/**
 * All share their accessors: V8 gives a literal with a getter of its own a layout of its own, which is old from the start, so that it and
 * whatever the getter reaches wait for the next full collection.
 */
class Holder<L extends object> {
  #make: (() => L) | undefined;
  #made: L | undefined;

  constructor(own: object, make: () => L) {
    this.#make = make;
    for (const key of Object.keys(own)) {
      const value = (own as Record<string, unknown>)[key];
      if (value === LATER) Object.defineProperty(this, key, accessorOf(key));
      else (this as Record<string, unknown>)[key] = value;
    }
  }

  static accessor(key: string): PropertyDescriptor {
    return { enumerable: true, configurable: true, get(this: Holder<Record<string, unknown>>) { return this.#value()[key]; } };
  }

  #value(): L {
    const made = (this.#made ??= this.#make?.() as L);
    this.#make = undefined;
    return made;
  }
}

const accessors = new Map<string, PropertyDescriptor>();
function accessorOf(key: string): PropertyDescriptor {
  let accessor = accessors.get(key);
  if (!accessor) accessors.set(key, (accessor = Holder.accessor(key)));
  return accessor;
}

/** `own`, whose fields that are LATER are those of what `make` gives. */
export const withLater = <O extends object, L extends object>(own: O, make: () => L): Omit<O, keyof L> & Readonly<L> => new Holder(own, make) as unknown as Omit<O, keyof L> & Readonly<L>;
