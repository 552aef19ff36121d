/**
 * A long list kept in pages. An array beyond 128 KB is a large object to V8: one that a quick collection meets is old from then on,
 * and keeps everything in it until the next full one, after its reader is done with it.
 */
export class Pages<T> {
  private readonly pages: T[][] = [[]];

  push(item: T): void {
    const last = this.pages[this.pages.length - 1];
    if (last && last.length < PAGE) last.push(item); else this.pages.push([item]);
  }

  get length(): number {
    return (this.pages.length - 1) * PAGE + (this.pages[this.pages.length - 1]?.length ?? 0);
  }

  /** Drops what stands from an index on. */
  cut(length: number): void {
    const full = Math.floor(length / PAGE);
    this.pages.length = Math.min(this.pages.length, full + 1);
    const last = this.pages[full];
    if (last) last.length = Math.min(last.length, length - full * PAGE);
    else if (this.pages.length === 0) this.pages.push([]);
  }

  *[Symbol.iterator](): Generator<T, void, void> {
    for (const page of this.pages) yield* page;
  }

  findLast(holds: (item: T) => boolean): T | undefined {
    for (let i = this.pages.length - 1; i >= 0; i--) {
      const found = this.pages[i]?.findLast(holds);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
const PAGE = 1024;
