/** One statement from its words. Whatever is left over is reported once, or read as a statement that lacks its separator. */
import { closest } from './closest';
import { type Cursor, hereRange, isNext, lastRange, missing, named, nameOf, peek, rangeOf, report, take } from './cursor';
import { declaration } from './declaration';
import { expression } from './expression';
import { foreignHead, namelessFunction } from './foreign-heads';
import { type Head, isOneOf, isSymbol, readHead, startsType } from './heads';
import type { DimRelation, Expr, NameExpr, Range, Statement, Token } from './tree';
import { STRUCTURE_WORDS, TYPE_WORDS } from './words';

const whole = (c: Cursor, start: number): Range => ({ start, end: Math.max(start, lastRange(c).end) });
function nameAt(c: Cursor, i: number): NameExpr {
  const token = c.words[i];
  return token ? nameOf(token) : { kind: 'name', name: '', range: lastRange(c) };
}

/** Reads one statement, whose head was seen; words may be left where another one seems to follow without a separator. */
export function statement(c: Cursor, head: Head): Statement {
  const from = c.at;
  const { start } = hereRange(c);
  switch (head.kind) {
    case 'word':
      c.at++;
      if (head.word === 'dim') return dim(c, start);
      if (head.word === 'set') return setting(c, start);
      return head.word === 'check' ? check(c, start) : assume(c, start);
    case 'declaration': {
      c.at = head.colon + 1;
      const read = declaration(c, head.names.map((i) => nameAt(c, i)));
      trailing(c, read, from);
      return read;
    }
    case 'definition': {
      c.at = head.equals + 1;
      if (head.parameters === undefined && typeAsValue(c, head.equals)) {
        const read = declaration(c, [nameAt(c, head.name)]);
        trailing(c, read, from);
        return read;
      }
      if (head.parameters === undefined && namelessFunction(c, c.words[head.name], c.words[head.equals])) return { kind: 'broken', range: whole(c, start) };
      if (head.parameters?.length === 0) report(c, 'MC1012', `\`${nameAt(c, head.name).name}()\` needs the name of an argument: \`f(x) = …\`.`, { start, end: c.words[head.equals - 1]?.end ?? start });
      const body = expression(c);
      const read: Statement = definition(nameAt(c, head.name), head.parameters?.map((i) => nameAt(c, i)), body, whole(c, start));
      trailing(c, read, from);
      return read;
    }
    case 'other':
      return withoutHead(c, from, start);
  }
}

const definition = (name: NameExpr, parameters: readonly NameExpr[] | undefined, body: Expr, range: Range): Statement =>
  (parameters ? { kind: 'definition', name, parameters, body, range } : { kind: 'definition', name, body, range });

function withoutHead(c: Cursor, from: number, start: number): Statement {
  if (foreignHead(c)) return { kind: 'broken', range: whole(c, start) };
  const head = needless(c);
  if (head) return statement(c, head);
  const lacking = missingColon(c) ?? misspelledType(c);
  if (lacking) {
    const read = declaration(c, lacking.names, lacking.type);
    trailing(c, read, from);
    return read;
  }
  const noType = missingType(c);
  if (noType) return { kind: 'broken', range: whole(c, start) };
  const found = c.found.length;
  const hasBad = holdsBad(c);
  const expr = expression(c);
  const read: Statement = { kind: 'request', expr, range: whole(c, start) };
  trailing(c, read, from);
  return hasBad || c.found.length > found ? { kind: 'broken', range: whole(c, start) } : read;
}

/** Words that begin a definition or a declaration in other languages. */
const FOREIGN: ReadonlySet<string> = new Set(['let', 'var', 'const', 'val', 'def', 'fun', 'fn', 'function', 'local', 'given', 'where']);

/** `let f = E`, `var A : matrix(m, n)`: read without the word. */
function needless(c: Cursor): Head | undefined {
  const [lead, first] = [peek(c), peek(c, 1)];
  if (!lead || !first || !FOREIGN.has(lead.text) || c.names.isKnown(lead.text)) return undefined;
  const head = readHead(c.words, c.at + 1, c.to, c.names.isVariable);
  if (head.kind !== 'definition' && head.kind !== 'declaration') return undefined;
  const [kind, written] = head.kind === 'definition' ? ['definition', `${first.text} = …`] : ['declaration', `${first.text} : …`];
  report(c, 'MC1004', `A ${kind} needs no \`${lead.text}\`: write \`${written}\`.`, rangeOf(lead), { fixes: [{ title: `Remove \`${lead.text}\``, edits: [{ range: { start: lead.start, end: first.start }, text: '' }], safe: true }] });
  c.at++;
  return head;
}

function holdsBad(c: Cursor): boolean {
  for (let i = c.at; i < c.to; i++) if (c.words[i]?.kind === 'bad') return true;
  return false;
}

/** `x :` and nothing after it. */
function missingType(c: Cursor): boolean {
  const colon = c.words[c.to - 1];
  if (!isSymbol(colon, ':', '∈') || !colon || c.to - c.at < 2) return false;
  for (let i = c.at; i < c.to - 1; i++) if ((i - c.at) % 2 === 0 ? c.words[i]?.kind !== 'name' : !isSymbol(c.words[i], ',')) return false;
  report(c, 'MC1005', `A type is expected after \`${colon.text}\`: \`scalar\`, \`vector(n)\`, \`matrix(m, n)\`.`, rangeOf(colon), {
    fixes: ['scalar', 'vector', 'matrix'].map((t) => ({ title: `Write \`${t}\``, edits: [{ range: { start: colon.end, end: colon.end }, text: ` ${t}` }], safe: false })),
  });
  c.at = c.to;
  return true;
}

/** `v = vector(n)`: declared with an equals sign. */
function typeAsValue(c: Cursor, equals: number): boolean {
  const type = peek(c);
  const sign = c.words[equals];
  if (type?.kind !== 'name' || !sign || !TYPE_WORDS.has(type.text) || c.names.isKnown(type.text) || !isSymbol(peek(c, 1), '(')) return false;
  report(c, 'MC1005', `A declaration needs a colon, not \`${sign.text}\`: \`${c.words[equals - 1]?.text ?? 'x'} : ${type.text}(…)\`.`, rangeOf(sign), { fixes: [{ title: 'Write `:`', edits: [{ range: rangeOf(sign), text: ':' }], safe: true }] });
  return true;
}

interface Lacking { readonly names: readonly NameExpr[]; readonly type?: string }

/** `A matrix(m, n)`: leaves the cursor at the type. */
function missingColon(c: Cursor): Lacking | undefined {
  const names: Token[] = [];
  let ahead = 0;
  for (;;) {
    const token = peek(c, ahead);
    if (token?.kind !== 'name') return undefined;
    names.push(token);
    const next = peek(c, ahead + 1);
    if (next?.kind === 'name' && TYPE_WORDS.has(next.text) && !c.names.isVariable(next.text)) break;
    if (!isSymbol(next, ',')) return undefined;
    ahead += 2;
  }
  c.at += ahead + 1;
  const type = peek(c);
  const last = names.at(-1);
  if (type && last) {
    report(c, 'MC1005', `A declaration needs a colon: \`${names.map((t) => t.text).join(', ').slice(0, 40)} : ${type.text}\`.`, rangeOf(type), {
      fixes: [{ title: 'Insert the colon', edits: [{ range: { start: last.end, end: last.end }, text: ' :' }], safe: true }],
    });
  }
  return { names: names.map((t) => nameOf(t)) };
}

/** What other languages call the types. */
const TYPES_ELSEWHERE: ReadonlyMap<string, string> = new Map([['real', 'scalar'], ['number', 'scalar'], ['float', 'scalar'], ['double', 'scalar'], ['array', 'matrix'], ['mat', 'matrix'], ['vec', 'vector'], ['Mat', 'matrix'], ['Vec', 'vector'], ['Array', 'matrix'], ['Float', 'scalar'], ['Float64', 'scalar'], ['Double', 'scalar'], ['Number', 'scalar'], ['Real', 'scalar']]);

/** `A : matrx(m, n)`, where neither is known: a type was meant. */
function misspelledType(c: Cursor): Lacking | undefined {
  const name = peek(c);
  const word = peek(c, 2);
  if (name?.kind !== 'name' || !isSymbol(peek(c, 1), ':') || word?.kind !== 'name' || c.names.isKnown(name.text) || c.names.isKnown(word.text)) return undefined;
  const meant = TYPES_ELSEWHERE.get(word.text) ?? closest(word.text, [...TYPE_WORDS]);
  if (meant === undefined) return undefined;
  report(c, 'MC1005', `\`${word.text}\` is not a type. Did you mean \`${meant}\`?`, rangeOf(word), {
    fixes: [{ title: `Write \`${meant}\``, edits: [{ range: rangeOf(word), text: meant }], safe: true }],
  });
  c.at += 2;
  return { names: [nameOf(name)], type: meant };
}

function check(c: Cursor, start: number): Statement {
  const from = c.at;
  const left = expression(c);
  const equals = take(c, '==', '=', '≡');
  if (equals === undefined) {
    report(c, 'MC1010', '`check` compares two expressions: `check A == B`.', left.range);
    trailing(c, undefined, from);
    return { kind: 'check', left, right: missing(lastRange(c)), range: whole(c, start) };
  }
  if (equals.text !== '==') {
    report(c, 'MC1010', `A claim is written with \`==\`: \`check A == B\`.`, rangeOf(equals), { fixes: [{ title: 'Write `==`', edits: [{ range: rangeOf(equals), text: '==' }], safe: true }] });
  }
  const right = expression(c);
  const range = whole(c, start);
  if (isNext(c, '==', '=')) {
    report(c, 'MC1010', '`check` compares two expressions; a third follows. Give each comparison a line of its own.', hereRange(c));
    c.at = c.to;
  }
  trailing(c, undefined, from);
  return { kind: 'check', left, right, range };
}

function assume(c: Cursor, start: number): Statement {
  const from = c.at;
  const spoken = spokenFact(c);
  if (spoken) return { kind: 'assume', left: spoken, range: whole(c, start) };
  if (c.at >= c.to) {
    report(c, 'MC1020', '`assume` takes a fact: `assume invertible(M)` or `assume A == B`.', lastRange(c));
    return { kind: 'broken', range: whole(c, start) };
  }
  const left = expression(c);
  if (take(c, '==')) {
    const right = expression(c);
    trailing(c, undefined, from);
    return { kind: 'assume', left, right, range: whole(c, start) };
  }
  if (isOneOf(peek(c), COMPARES)) {
    const isEquality = isNext(c, '=');
    const advice = isEquality ? 'A fact is written with `==`: `assume A == B`.' : 'An inequality is declared: `alpha : scalar positive`, `dim m >= n`.';
    report(c, 'MC1020', advice, hereRange(c), isEquality ? { fixes: [{ title: 'Write `==`', edits: [{ range: hereRange(c), text: '==' }], safe: true }] } : undefined);
    c.at = c.to;
    return { kind: 'broken', range: whole(c, start) };
  } else if (left.kind !== 'call' && left.kind !== 'missing') {
    report(c, 'MC1020', '`assume` takes a fact: `assume invertible(M)` or `assume A == B`.', left.range);
    c.at = c.to;
    return { kind: 'broken', range: whole(c, start) };
  }
  trailing(c, undefined, from);
  return { kind: 'assume', left, range: whole(c, start) };
}

/** `assume A symmetric`, `assume A is symmetric`, `assume symmetric A`: read as what is meant. */
function spokenFact(c: Cursor): Expr | undefined {
  const words = c.words.slice(c.at, c.to);
  const [first, second, third] = words;
  if (first?.kind !== 'name' || second?.kind !== 'name' || words.length > 3) return undefined;
  const isSaid = words.length === 3 && (second.text === 'is' || second.text === ':') && third?.kind === 'name';
  const [word, name] = isSaid && third ? [third, first] : words.length > 2 ? [undefined, undefined] : STRUCTURE_WORDS.has(first.text) ? [first, second] : [second, first];
  if (!word || !name || !STRUCTURE_WORDS.has(word.text)) return undefined;
  const range: Range = { start: first.start, end: words.at(-1)?.end ?? second.end };
  report(c, 'MC1020', `A fact is written like a call: \`assume ${word.text}(${name.text})\`.`, range, {
    fixes: [{ title: `Write \`${word.text}(${name.text})\``, edits: [{ range, text: `${word.text}(${name.text})` }], safe: true }],
  });
  c.at = c.to;
  return { kind: 'call', callee: nameOf(word), args: [nameOf(name)], range };
}

const COMPARES: ReadonlySet<string> = new Set(['=', '>', '<', '>=', '<=']);
const RELATES: ReadonlySet<string> = new Set([...COMPARES, '==', '=>', '=<']);

function dim(c: Cursor, start: number): Statement {
  const from = c.at;
  const relations: DimRelation[] = [];
  if (c.at >= c.to) report(c, 'MC1006', '`dim` takes relations between dimensions: `dim m >= n`, `dim m = 6, n = 3`.', lastRange(c));
  else do {
    let left = expression(c, false);
    let count = 0;
    while (isOneOf(peek(c), RELATES)) {
      const op = relationOf(c);
      if (isOneOf(peek(c), RELATES)) {
        report(c, 'MC1006', `Found ${named(peek(c))} where a size was expected. Write \`dim m >= n\`.`, hereRange(c));
        c.at = c.to;
        return { kind: 'dim', relations, range: whole(c, start) };
      }
      const right = expression(c, false);
      relations.push({ left, op, right, range: { start: left.range.start, end: right.range.end } });
      left = right;
      count++;
    }
    if (count === 0 && left.kind !== 'missing') report(c, 'MC1006', '`dim` takes a relation: `dim m >= n` or `dim m = 6`.', left.range);
  } while (take(c, ','));
  trailing(c, undefined, from);
  return { kind: 'dim', relations, range: whole(c, start) };
}

function relationOf(c: Cursor): DimRelation['op'] {
  const token = peek(c);
  const range = hereRange(c);
  c.at++;
  switch (token?.text) {
    case '=': case '>=': case '<=': case '>': case '<': return token.text;
    default: {
      const meant = token?.text === '=>' ? '>=' : token?.text === '=<' ? '<=' : '=';
      report(c, 'MC1006', `\`${token?.text ?? ''}\` is not a relation of sizes. Write \`${meant}\`.`, range, { fixes: [{ title: `Write \`${meant}\``, edits: [{ range, text: meant }], safe: true }] });
      return meant;
    }
  }
}

function setting(c: Cursor, start: number): Statement {
  const key = peek(c);
  const equals = peek(c, 1);
  const value = peek(c, 2);
  if (key?.kind === 'name' && isSymbol(equals, '=') && value?.kind === 'name') {
    c.at += 3;
    const read: Statement = { kind: 'set', key: nameOf(key), value: nameOf(value), range: whole(c, start) };
    trailing(c, undefined, c.at);
    return read;
  }
  const value2 = peek(c, 1);
  const fixes = key?.kind === 'name' && value2?.kind === 'name' && c.at + 2 === c.to ? [{ title: 'Insert `=`', edits: [{ range: { start: key.end, end: value2.start }, text: ' = ' }], safe: true }] : [];
  const wrong = key?.kind !== 'name' ? key : !isSymbol(equals, '=') ? equals : value;
  report(c, 'MC1007', '`set` takes a convention and its value: `set vec = column`, `set layout = numerator`.', wrong ? rangeOf(wrong) : (c.words[c.to - 1] ? rangeOf(c.words[c.to - 1] as Token) : lastRange(c)), { fixes });
  c.at = c.to;
  return { kind: 'broken', range: whole(c, start) };
}

/** Says why the words after a complete statement do not belong there; leaves them where they begin another statement. */
function trailing(c: Cursor, read: Statement | undefined, from: number): void {
  const token = peek(c);
  if (token === undefined || c.stopped) return;
  const range = rangeOf(token);
  const head = readHead(c.words, c.at, c.to, c.names.isVariable);
  const declares = head.kind === 'other' && token.kind === 'name' && startsType(peek(c, 1), c.names.isVariable);
  if ((head.kind !== 'other' || declares || token.kind === 'name') && c.at > from) {
    const at = lastRange(c).end;
    report(c, 'MC1004', `The statement is complete before ${named(token)}. Put a \`;\` or a new line between two statements.`, range, {
      fixes: [{ title: 'Insert `;`', edits: [{ range: { start: at, end: at }, text: ';' }], safe: false }],
    });
    return;
  }
  if (isSymbol(token, ',') && readHead(c.words, c.at + 1, c.to, c.names.isVariable).kind !== 'other') {
    report(c, 'MC1004', 'Statements are separated by `;`, not by a comma.', range, { fixes: [{ title: 'Write `;`', edits: [{ range, text: ';' }], safe: true }] });
    c.at++;
    return;
  }
  leftover(c, read, token, range);
  c.at = c.to;
}

function leftover(c: Cursor, read: Statement | undefined, token: Token, range: Range): void {
  if (isSymbol(token, ')', ']', '}')) return report(c, 'MC1003', `${named(token)} closes nothing.`, range, { fixes: [{ title: `Remove ${named(token)}`, edits: [{ range, text: '' }], safe: false }] });
  if (isSymbol(token, '==', '!=')) {
    const start = read?.range.start ?? range.start;
    const defines = read?.kind === 'request' && read.expr.kind === 'name' && !c.names.isKnown(read.expr.name) && token.text === '==' ? [{ title: 'Define it with `=`', edits: [{ range, text: '=' }], safe: false }] : [];
    const fixes = read?.kind === 'request' && token.text === '==' ? [{ title: 'Claim it with `check`', edits: [{ range: { start, end: start }, text: 'check ' }], safe: false }, ...defines] : [];
    return report(c, 'MC1008', `\`${token.text}\` stands only in \`check A == B\` and \`assume A == B\`. A definition has a single \`=\`.`, range, { fixes });
  }
  if (isSymbol(token, '=', ':=')) {
    if (read?.kind === 'request') return report(c, 'MC1011', 'Only a name, or a name with its arguments, can be defined: `f = …`, `f(x) = …`.', read.expr.range);
    return report(c, 'MC1009', 'A statement has one `=`. Give each definition a line of its own; a claim is `check A == B`.', range);
  }
  const minus = peek(c, 1);
  const isHead = read?.kind === 'request' && (read.expr.kind === 'name' || read.expr.kind === 'call' || (read.expr.kind === 'binary' && read.expr.implicit && read.expr.right.kind === 'paren'));
  if (isHead && (isSymbol(token, '->') || (isSymbol(token, '<') && isSymbol(minus, '-') && minus?.start === token.end))) {
    const arrow = { start: token.start, end: isSymbol(token, '<') ? token.end + 1 : token.end };
    return report(c, 'MC1004', 'A definition is written with `=`: `f = …`, `f(x) = …`.', arrow, { fixes: [{ title: 'Write `=`', edits: [{ range: arrow, text: '=' }], safe: false }] });
  }
  if (isSymbol(token, '>', '>=', '≻', '⪰') && peek(c, 1)?.text === '0') return report(c, 'MC1004', `A sign is declared, not stated: \`x : vector(n) ${isSymbol(token, '>', '≻') ? 'positive' : 'nonnegative'}\`, \`S : matrix(n, n) ${isSymbol(token, '>', '≻') ? 'posdef' : 'possemidef'}\`.`, { start: read?.range.start ?? range.start, end: peek(c, 1)?.end ?? range.end });
  if (isSymbol(token, '>', '<', '>=', '<=')) return report(c, 'MC1004', `Found ${named(token)}; sizes are compared in \`dim m >= n\`, nothing else is.`, range);
  if (token.kind === 'number' || isSymbol(token, '[')) return report(c, 'MC1004', `Found ${named(token)} after a complete expression. A product with it is written with \`*\`.`, range);
  report(c, 'MC1004', `Found ${named(token)} where the end of the statement was expected.`, range);
}
