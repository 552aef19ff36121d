/** Which known word a misspelled one was meant to be. Imports nothing. */

/** Edits (insert, delete, replace, swap neighbours) between two words, at most `limit + 1`. Damerau 1964, restricted. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, limit + 1);
}

/** The word nearest to `name` within a third of its length, whatever its case; the first of equals. */
export function closest(name: string, words: readonly string[]): string | undefined {
  const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  let best: string | undefined;
  let least = limit + 1;
  for (const word of words) {
    const away = word === name ? 0 : word.toLowerCase() === name.toLowerCase() ? 0.5 : distance(name, word, limit);
    if (away < least) { least = away; best = word; }
  }
  return best;
}
