/** Where things of an earlier text stand in a later one whose statements are the same in number. */
import { endOf, firstFrom, startOf } from '../syntax/layout';
import type { Reading } from '../syntax/parse';
import { moved, rangesMapped } from '../syntax/shift';
import type { Range } from '../syntax/tree';

export interface Places {
  /** How far the slice that holds an offset, or that stands before it, has moved. */
  readonly shift: (offset: number) => number;
  /** A copy whose ranges are those of the later text, wherever each of them lies; undefined where one lies in a stretch that reads otherwise now. */
  readonly placed: <T>(value: T) => T | undefined;
  /** The slice that an offset stands in. */
  readonly sliceAt: (offset: number) => number | undefined;
}

const lineEnd = (text: string, from: number): number => { const at = text.indexOf('\n', from); return at < 0 ? text.length : at; };

/** `changed` are stretches of the old text of which nobody knows where they stand now. */
export function placesBetween(old: Reading, oldText: string, now: Reading, text: string, changed: readonly Range[]): Places {
  const { slices } = old.layout;
  const oldStart = (i: number): number => startOf(old.layout, slices[i]?.from ?? 0);
  const start = (i: number): number => startOf(now.layout, now.layout.slices[i]?.from ?? 0);
  /** The last slice that begins at or before an offset; -1 before the first. */
  const lastBefore = (offset: number): number => firstFrom(slices.length, (i) => oldStart(i) > offset) - 1;
  const isIn = (i: number, offset: number): boolean => i >= 0 && offset <= endOf(old.layout, (slices[i]?.to ?? 1) - 1);
  const by = (i: number): number => (i < 0 ? 0 : start(i) - oldStart(i));
  const shift = (offset: number): number => by(lastBefore(offset));
  /** Between statements, the line that the next one begins on keeps its beginning. */
  const at = (offset: number): number => {
    const i = lastBefore(offset);
    if (isIn(i, offset) || i + 1 >= slices.length) return offset + by(i);
    const next = oldStart(i + 1);
    if (oldText.slice(offset, next).includes('\n')) return offset + by(i);
    return offset === 0 || oldText[offset - 1] === '\n' ? text.lastIndexOf('\n', start(i + 1) - 1) + 1 : start(i + 1) - (next - offset);
  };
  const isChanged = (offset: number): boolean => changed.some(({ start: from, end }) => from < offset && offset <= end);
  let isLost = false;
  const rangeAt = ({ start: from, end }: Range): Range => {
    isLost ||= isChanged(from) || isChanged(end);
    // A line that is put before another stays at its beginning, however far that one is set in.
    const isLine = from === end && (from === 0 || oldText[from - 1] === '\n');
    const first = isLine ? text.lastIndexOf('\n', at(from) - 1) + 1 : at(from);
    // Where several statements share the line, the one that it is put before may begin another line now.
    isLost ||= isLine && lastBefore(lineEnd(oldText, from)) > Math.max(0, lastBefore(from)) && oldText.slice(from, lineEnd(oldText, from)) !== text.slice(first, lineEnd(text, first));
    return from === end ? { start: first, end: first } : { start: first, end: at(end) };
  };
  return {
    shift,
    placed(value) {
      isLost = false;
      const made = rangesMapped(value, rangeAt);
      return isLost ? undefined : made;
    },
    sliceAt: (offset) => { const i = lastBefore(offset); return isIn(i, offset) ? i : undefined; },
  };
}

/** One statement's worth of plain data, all of which has moved alike. */
export const placedAlike = <T>(places: Places, offset: number, value: T): T => moved(value, places.shift(offset));
