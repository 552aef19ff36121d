/** A map whose values are made one by one as they are asked for; all at once, in their order, for whoever goes through it. */
export class LaterMap<V> extends Map<string, V> {
  private whole: (() => ReadonlyMap<string, V>) | undefined;
  private one: ((name: string) => V | undefined) | undefined;
  private readonly asked = new Map<string, V | undefined>();

  /** `one` gives what `whole` has under a name. */
  static of<V>(one: (name: string) => V | undefined, whole: () => ReadonlyMap<string, V>): LaterMap<V> {
    const map = new LaterMap<V>();
    map.one = one;
    map.whole = whole;
    return map;
  }

  private fill(): void {
    const { whole } = this;
    if (!whole) return;
    this.whole = this.one = undefined;
    // What was given out stays what it is.
    for (const [name, value] of whole()) super.set(name, this.asked.get(name) ?? value);
    this.asked.clear();
  }
  override get(name: string): V | undefined {
    if (!this.one) return super.get(name);
    if (!this.asked.has(name)) this.asked.set(name, this.one(name));
    return this.asked.get(name);
  }
  override has(name: string): boolean { return this.one ? this.get(name) !== undefined : super.has(name); }
  override get size(): number { this.fill(); return super.size; }
  override keys(): MapIterator<string> { this.fill(); return super.keys(); }
  override values(): MapIterator<V> { this.fill(); return super.values(); }
  override entries(): MapIterator<[string, V]> { this.fill(); return super.entries(); }
  override [Symbol.iterator](): MapIterator<[string, V]> { return this.entries(); }
  override forEach(callback: (value: V, key: string, map: Map<string, V>) => void): void { this.fill(); super.forEach(callback); }
}
