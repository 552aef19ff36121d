/** Operands in brackets: calls, finite sums, norms, blocks. Part of the expression parser. */
import { closeBracket, leaveBracket, openBracket } from './brackets';
import { type Cursor, hereRange, isNext, lastRange, goDeeper, missing, named, nameOf, peek, raise, rangeOf, report, take } from './cursor';
import { isSymbol } from './heads';
import { MAX_SUM_INDICES } from './limits';
import type { Expr, NameExpr, Range, Token } from './tree';

/** After a name, at `(`: a call where the name is a function, else the name alone, so that the parenthesis becomes a factor. */
export function callOrProduct(c: Cursor, name: NameExpr): Expr {
  const isSum = name.name === 'Σ' && !c.names.isVariable('Σ');
  if (isSum) return call(c, { ...name, name: 'sum' });
  if (c.names.isFunction(name.name)) return call(c, name);
  const comma = commaInside(c);
  if (comma === undefined) return sliceInParentheses(c, name) ?? name;
  if (!c.names.isVariable(name.name)) return call(c, name);
  const open = peek(c);
  const result = call(c, name);
  if (result.kind !== 'call' || open === undefined) return result;
  const close = { start: result.range.end - 1, end: result.range.end };
  report(c, 'MC1013', `\`${name.name}\` is a variable, not a function. Its entries are \`${name.name}[i, j]\`.`, result.range, {
    fixes: [{ title: 'Write brackets', edits: [{ range: rangeOf(open), text: '[' }, { range: close, text: ']' }], safe: false }],
  });
  return { kind: 'index', arg: name, items: result.args.map((expr) => ({ kind: 'at', expr, range: expr.range })), range: result.range };
}

/** `x(1:k)` of MATLAB: a number has no Frobenius product. */
function sliceInParentheses(c: Cursor, name: NameExpr): Expr | undefined {
  const [open, first, colon, last, close] = [0, 1, 2, 3, 4].map((ahead) => peek(c, ahead));
  if (!open || open.start !== name.range.end || first?.kind !== 'number' || !isSymbol(colon, ':') || (last?.kind !== 'number' && last?.kind !== 'name') || !close || !isSymbol(close, ')')) return undefined;
  c.at += 5;
  const range = { start: name.range.start, end: close.end };
  report(c, 'MC1013', `Slices stand in brackets: \`${name.name}[${first.text}:${last.text}]\`.`, range, {
    fixes: [{ title: 'Write brackets', edits: [{ range: rangeOf(open), text: '[' }, { range: rangeOf(close), text: ']' }], safe: false }],
  });
  const to: Expr = last.kind === 'number' ? { kind: 'number', text: last.text, range: rangeOf(last) } : nameOf(last);
  const item = { kind: 'range', from: { kind: 'number', text: first.text, range: rangeOf(first) }, to, range: { start: first.start, end: last.end } } as const;
  return { kind: 'index', arg: name, items: [item], range };
}

/** The comma directly inside the parenthesis at the cursor. Looks only as far as the first argument. */
function commaInside(c: Cursor): Token | undefined {
  let depth = 0;
  for (let ahead = 0; ahead < 400; ahead++) {
    const token = peek(c, ahead);
    if (token === undefined) return undefined;
    if (isSymbol(token, '(', '[')) depth++;
    else if (isSymbol(token, ')', ']')) { if (--depth === 0) return undefined; }
    else if (depth === 1 && isSymbol(token, ',')) return token;
  }
  return undefined;
}

interface Binding { readonly index: NameExpr; readonly from: Expr; readonly to: Expr }

export function call(c: Cursor, callee: NameExpr): Expr {
  const open = peek(c);
  c.at++;
  if (open === undefined) return callee;
  const args: Expr[] = [];
  const bindings: Binding[] = [];
  const isDeep = !goDeeper(c, open);
  if (isDeep) c.height = 0;
  const end = isDeep ? lastRange(c).end : readArguments(c, callee, open, args, bindings);
  if (!isDeep) c.nesting--;
  raise(c, c.height, callee.range);
  const range: Range = { start: callee.range.start, end };
  const body = args[0];
  if (bindings.length === 0 || callee.name !== 'sum' || body === undefined) return { kind: 'call', callee, args, range };
  if (args.length > 1) report(c, 'MC1015', 'A finite sum is over one expression: `sum(expression, i = 1:N)`.', args[1]?.range ?? range);
  if (bindings.length > MAX_SUM_INDICES) {
    report(c, 'MC1015', `A finite sum has at most ${MAX_SUM_INDICES} indices; ${bindings.length} are given.`, range);
    return { kind: 'call', callee, args, range };
  }
  return bindings.reduceRight<Expr>((inner, b) => ({ kind: 'finiteSum', body: inner, index: b.index, from: b.from, to: b.to, range }), body);
}

/** From behind the parenthesis to its end; leaves the height of the highest argument in the cursor. */
function readArguments(c: Cursor, callee: NameExpr, open: Token, args: Expr[], bindings: Binding[]): number {
  const outside = openBracket(c, '(');
  let height = 0;
  if (isNext(c, ')')) report(c, 'MC1012', `\`${callee.name}()\` needs an argument.`, { start: callee.range.start, end: hereRange(c).end });
  else do {
    if (isSymbol(peek(c, 1), '=', ':=') && peek(c)?.kind === 'name') {
      const bound = binding(c, callee);
      if (bound) bindings.push(bound); else args.push(missing(lastRange(c)));
    }
    else if (isNext(c, ',', ')')) {
      report(c, 'MC1002', `Found ${named(peek(c))} where an argument of \`${callee.name}\` was expected.`, hereRange(c));
      args.push(missing({ start: hereRange(c).start, end: hereRange(c).start }));
    } else args.push(c.grammar.expression(c));
    height = Math.max(height, c.height);
  } while (take(c, ',') || semicolon(c));
  const end = closeBracket(c, open, ')', '`,` or `)`');
  leaveBracket(c, outside);
  c.height = height;
  return end;
}

/** `grad(f; x)`, taken for the comma that is meant. */
function semicolon(c: Cursor): boolean {
  const token = take(c, ';');
  if (token) report(c, 'MC1004', 'Arguments are separated by commas.', rangeOf(token), { fixes: [{ title: 'Write `,`', edits: [{ range: rangeOf(token), text: ',' }], safe: true }] });
  return token !== undefined;
}

const AXES: ReadonlySet<string> = new Set(['axis', 'dim', 'dims']);
/** `sum(A, axis=0)`. */
function axis(c: Cursor, callee: NameExpr, token: Token): undefined {
  const value = peek(c, 2);
  c.at += 3;
  const comma = c.words[c.at - 4];
  const range = { start: token.start, end: value?.end ?? token.end };
  const fix = (name: string) => ({ title: `Write \`${name}\``, edits: [{ range: callee.range, text: name }, { range: { start: comma?.start ?? token.start, end: range.end }, text: '' }], safe: false });
  const [along, across] = value?.text === '0' ? ['colsum', 'rowsum'] : ['rowsum', 'colsum'];
  report(c, 'MC1015', `The sums of columns are \`colsum(A)\`, those of rows \`rowsum(A)\`.`, range, { fixes: token.text === 'axis' ? [fix(along)] : [fix(along), fix(across)] });
  return undefined;
}

/** `i = 1:N` */
function binding(c: Cursor, callee: NameExpr): Binding | undefined {
  const token = peek(c);
  const equals = peek(c, 1);
  if (callee.name === 'sum' && token && AXES.has(token.text) && peek(c, 2)?.kind === 'number' && !isSymbol(peek(c, 3), ':')) return axis(c, callee, token);
  c.at += 2;
  const index: NameExpr = token ? nameOf(token) : callee;
  if (callee.name !== 'sum' && equals) report(c, 'MC1009', `\`=\` inside a call binds the index of a finite sum, \`sum(x[i], i = 1:n)\`; \`${callee.name}\` takes none.`, rangeOf(equals));
  const from = c.grammar.expression(c, false);
  const height = c.height;
  if (!take(c, ':')) {
    if (callee.name === 'sum') report(c, 'MC1015', `The index \`${index.name}\` needs a range: \`${index.name} = 1:n\`.`, from.range);
    return { index, from, to: from };
  }
  const to = c.grammar.expression(c, false);
  c.height = Math.max(height, c.height);
  return { index, from, to };
}

/** `Σ` and `∑` are the sum where nobody declared them. */
export function symbolSum(c: Cursor): Expr {
  const token = peek(c);
  c.at++;
  const name: NameExpr = { kind: 'name', name: 'sum', range: token ? rangeOf(token) : lastRange(c) };
  if (isNext(c, '(')) return call(c, name);
  report(c, 'MC1015', 'A finite sum is `Σ(expression, i = 1:N)`.', name.range);
  return missing(name.range);
}

/** `[A, B; C, D]` */
export function blocks(c: Cursor): Expr {
  const open = peek(c);
  c.at++;
  if (open === undefined) return missing(lastRange(c));
  const rows: Expr[][] = [];
  let height = 0;
  const outside = openBracket(c, '[');
  if (isNext(c, ']')) report(c, 'MC1012', 'Nothing stands between the brackets. A block matrix is `[A, B; C, D]`.', { start: open.start, end: hereRange(c).end });
  else do {
    const row: Expr[] = [];
    do {
      row.push(c.grammar.expression(c));
      height = Math.max(height, c.height);
    } while (take(c, ','));
    rows.push(row);
  } while (take(c, ';'));
  const end = closeBracket(c, open, ']', '`,`, `;` or `]`');
  leaveBracket(c, outside);
  c.height = height;
  raise(c, height, rangeOf(open));
  const uneven = rows.find((row) => row.length !== rows[0]?.length);
  if (uneven?.[0]) {
    const range = { start: uneven[0].range.start, end: uneven.at(-1)?.range.end ?? end };
    report(c, 'MC1014', `This row has ${uneven.length} ${uneven.length === 1 ? 'block' : 'blocks'}, the first has ${rows[0]?.length ?? 0}.`, range, {
      related: rows[0]?.[0] ? [{ range: { start: rows[0][0].range.start, end: rows[0].at(-1)?.range.end ?? end }, message: `the first row has ${rows[0].length} ${rows[0].length === 1 ? 'block' : 'blocks'}` }] : [],
    });
  }
  return { kind: 'blocks', rows, range: { start: open.start, end } };
}

const NORMS: ReadonlyMap<string, string> = new Map([
  ['_F', 'normF'], ['_2', 'norm2'], ['_1', 'norm1'], ['_inf', 'normInf'], ['_nuc', 'normNuc'],
]);
/** `‖x‖`, `‖A‖_F`, `‖A‖_*`. */
export function bars(c: Cursor): Expr {
  const open = peek(c);
  c.at++;
  if (open === undefined) return missing(lastRange(c));
  c.bars++;
  const arg = c.grammar.expression(c);
  c.bars--;
  const close = take(c, '‖');
  if (!close) {
    report(c, 'MC1003', '`‖` is never closed.', rangeOf(open));
    return { kind: 'call', callee: nameOf(open, 'norm'), args: [arg], range: { start: open.start, end: lastRange(c).end } };
  }
  let end = close.end;
  let callee = 'norm';
  // `‖x‖²₂`: the exponent stands over the mark.
  const power = peek(c);
  const isOver = power?.kind === 'superscript' && /^[0-9]+$/.test(power.text) && power.start === close.end;
  const mark = peek(c, isOver ? 1 : 0);
  if (isOver && mark?.kind === 'name' && mark.start === power.end && NORMS.has(mark.text)) {
    c.at += 2;
    raise(c, c.height + 1, rangeOf(open));
    const range = { start: open.start, end: lastRange(c).end };
    const base: Expr = { kind: 'call', callee: nameOf(open, NORMS.get(mark.text)), args: [arg], range };
    return { kind: 'power', base, exponent: { kind: 'number', text: power.text, range: rangeOf(power) }, elementwise: false, range };
  }
  if (!isOver && mark?.kind === 'name' && mark.start === close.end) {
    const after = peek(c, 1);
    const adjacent = mark.text === '_' && after?.start === mark.end ? (isSymbol(after, '*') ? 'normNuc' : isSymbol(after, '∞') ? 'normInf' : undefined) : undefined;
    const known = adjacent ?? NORMS.get(mark.text);
    if (known !== undefined) {
      c.at += adjacent ? 2 : 1;
      callee = known;
      end = lastRange(c).end;
    }
  }
  raise(c, c.height, rangeOf(open));
  return { kind: 'call', callee: nameOf(open, callee), args: [arg], range: { start: open.start, end } };
}
