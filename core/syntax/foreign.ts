/** Signs of other notations where an operand begins: inner products in angle brackets, double bars, LaTeX commands. Each is one complaint with its mending. */
import { type Cursor, goDeeper, lastRange, missing, nameOf, peek, report } from './cursor';
import { isSymbol } from './heads';
import type { Expr, Token } from './tree';

/** `⟨x, y⟩` and `<x, y>`, read as what is meant; undefined where it is something else. */
export function innerProduct(c: Cursor, open: Token): Expr | undefined {
  const closer = open.text === '⟨' ? '⟩' : '>';
  let depth = 0;
  let comma: Token | undefined;
  let close: Token | undefined;
  for (let i = c.at + 1; i < c.to && !close; i++) {
    const token = c.words[i];
    if (isSymbol(token, '(', '[')) depth++;
    else if (isSymbol(token, ')', ']')) depth--;
    else if (depth === 0 && isSymbol(token, ',')) { if (comma) return undefined; comma = token; }
    else if (depth === 0 && isSymbol(token, closer)) close = token;
    else if (isSymbol(token, open.text)) return undefined;
    if (depth < 0) return undefined;
  }
  if (!comma || !close || !goDeeper(c, open)) return undefined;
  const start = c.at;
  c.at++;
  const left = c.grammar.expression(c);
  const isFirst = peek(c) === comma;
  if (isFirst) c.at++;
  const right = isFirst ? c.grammar.expression(c) : left;
  c.nesting--;
  if (!isFirst || peek(c) !== close) {
    // What stands between was complained of already.
    c.at = Math.max(c.at, start + 1);
    return missing(lastRange(c));
  }
  c.at++;
  const range = { start: open.start, end: close.end };
  report(c, 'MC1002', 'An inner product is written `dot(x, y)`.', range, {
    fixes: [{ title: 'Write `dot(…)`', edits: [{ range: { start: open.start, end: open.end }, text: 'dot(' }, { range: { start: close.start, end: close.end }, text: ')' }], safe: false }],
  });
  return { kind: 'call', callee: nameOf(open, 'dot'), args: [left, right], range };
}

const MARKS: ReadonlyMap<string, string> = new Map([['_F', 'normF'], ['_2', 'norm2'], ['_1', 'norm1'], ['_inf', 'normInf'], ['_nuc', 'normNuc']]);

/** `||x||`, `||A||_F`: two bars beside each other, twice. The rest of the statement is not read. */
export function doubleBars(c: Cursor, first: Token): Expr | undefined {
  const isPair = (i: number): boolean => isSymbol(c.words[i], '|') && isSymbol(c.words[i + 1], '|') && c.words[i]?.end === c.words[i + 1]?.start;
  if (!isPair(c.at)) return undefined;
  let at = c.at + 2;
  while (at < c.to && !isPair(at)) at++;
  const open = c.words[c.at + 1];
  const close = c.words[at];
  const last = c.words[at + 1];
  if (!open || !close || !last || at >= c.to) return undefined;
  const mark = c.words[at + 2];
  const named = mark?.kind === 'name' && mark.start === last.end && at + 2 < c.to ? MARKS.get(mark.text) : undefined;
  // `||x||_2` of a vector is the Euclidean norm, which `norm` is; of a matrix the largest singular value.
  const names = named === undefined ? ['norm', 'normF'] : named === 'norm2' ? ['norm', 'norm2'] : [named];
  const end = named === undefined ? last.end : mark?.end ?? last.end;
  report(c, 'MC1002', `A norm is written \`${names[0] ?? 'norm'}(…)\`, or with the sign \`‖…‖\`.`, { start: first.start, end }, {
    fixes: names.map((name) => ({ title: `Write \`${name}(…)\``, edits: [{ range: { start: first.start, end: open.end }, text: `${name}(` }, { range: { start: close.start, end }, text: ')' }], safe: false })),
  });
  c.stopped = true;
  c.at = c.to;
  return missing({ start: first.start, end });
}

/** `\frac{…}` and its like where an operand is expected: LaTeX, which is read elsewhere. */
export function latexCommand(c: Cursor, slash: Token): Expr | undefined {
  const name = c.words[c.at + 1];
  if (name?.kind !== 'name' || name.start !== slash.end || c.at + 1 >= c.to) return undefined;
  const range = { start: slash.start, end: name.end };
  report(c, 'MC1002', `\`\\${name.text.slice(0, 24)}\` is LaTeX, which is not read here: convert it first (\`mcalc convert --from latex\`, in an editor “Convert from LaTeX”).`, range);
  c.stopped = true;
  c.at = c.to;
  return missing(range);
}
