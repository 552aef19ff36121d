/**
 * A long list kept in pages. An array beyond 128 KB is a large object to V8: one that a quick collection meets is old from then on,
 * and keeps everything in it until the next full one, after its reader is done with it.
 */
export class Pages<T> {
  private readonly pages: T[][] = [];
  private last: T[] = [];
  private used = PAGE;

  push(item: T): void {
    if (this.used === PAGE) {
      // A page of full length leaves nothing behind as it fills; a short list never needs one.
      this.pages.push((this.last = this.pages.length === 0 ? [] : new Array<T>(PAGE)));
      this.used = 0;
    }
    this.last[this.used++] = item;
  }

  get length(): number {
    return this.pages.length === 0 ? 0 : (this.pages.length - 1) * PAGE + this.used;
  }

  /** Drops what stands from an index on. */
  cut(length: number): void {
    if (length >= this.length) return;
    const count = (this.pages.length = Math.ceil(length / PAGE));
    this.last = this.pages[count - 1] ?? [];
    this.used = count === 0 ? PAGE : length - (count - 1) * PAGE;
  }

  *[Symbol.iterator](): Generator<T, void, void> {
    for (const [at, page] of this.pages.entries()) yield* at < this.pages.length - 1 ? page : page.slice(0, this.used);
  }

  findLast(holds: (item: T) => boolean): T | undefined {
    for (let at = this.pages.length - 1; at >= 0; at--) {
      const page = this.pages[at];
      for (let i = (page === this.last ? this.used : PAGE) - 1; page && i >= 0; i--) {
        const item = page[i];
        if (item !== undefined && holds(item)) return item;
      }
    }
    return undefined;
  }
}
const PAGE = 1024;
