/** Lines of code that are too long: the comment above, a loop's statement on a line of its own, sums broken before an operator. */
import { markReads } from './index-reads';

const WIDTH = 120;
/** As long as it is once reads are marked, in TypeScript. */
const lengthOf = (line: string): number => markReads(line).length;

export function fitted(line: string): readonly string[] {
  if (lengthOf(line) <= WIDTH || line.trimStart().startsWith('//')) return [line];
  const space = /^ */.exec(line)?.[0] ?? '';
  const comment = line.indexOf(' // ');
  if (comment >= 0) return [`${space}${line.slice(comment + 1)}`, ...fitted(line.slice(0, comment))];
  const loop = /^( *for \([^;]*;[^;]*;[^)]*\)) ([^{].*)$/.exec(line);
  if (loop) return [`${loop[1]} {`, ...fitted(`${space}  ${loop[2]}`), `${space}}`];
  const at = breakAt(line, space.length + 2);
  return at === undefined ? [line] : [line.slice(0, at), ...fitted(`${space}${space.length > 0 && /^ *[-+] /.test(line) ? '' : '  '}${line.slice(at + 1)}`)];
}

/** The last `+` or `-` between terms that leaves what is before it short enough. */
function breakAt(line: string, from: number): number | undefined {
  let depth = 0;
  let found: number | undefined;
  for (let i = 0; i < Math.min(line.length, WIDTH - (lengthOf(line) - line.length)); i++) {
    const c = line[i];
    if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (depth === 0 && i > from && c === ' ' && /^ [-+] /.test(line.slice(i, i + 3))) found = i;
  }
  return found;
}
