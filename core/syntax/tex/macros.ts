/** Macros that a snippet defines, and their expansion within a budget. */
import { diagnose } from '../codes';
import type { Diagnostic } from '../diagnostic';
import { MAX_MACRO_DEPTH, MAX_MACRO_TOKENS } from '../limits';
import { type TexToken, argument, argumentEnd, isChar, isCommand } from './tokens';

interface Macro {
  readonly arity: number;
  /** Of the first argument, which is then written in brackets. */
  readonly optional?: readonly TexToken[];
  readonly body: readonly TexToken[];
}

const NEW = ['newcommand', 'newcommand*', 'renewcommand', 'renewcommand*', 'providecommand', 'providecommand*', 'DeclareRobustCommand'];

/** The tokens with all definitions taken out and all macros of the snippet replaced. */
export function expandMacros(tokens: readonly TexToken[]): { readonly tokens: readonly TexToken[]; readonly errors: readonly Diagnostic[] } {
  const errors: Diagnostic[] = [];
  const macros = new Map<string, Macro>();
  const rest: TexToken[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined) break;
    const next = isCommand(token, 'def', 'gdef', 'edef') ? define(at) : isCommand(token, ...NEW) ? newCommand(at) : isCommand(token, 'DeclareMathOperator', 'DeclareMathOperator*') ? operator(at) : isCommand(token, 'let') ? letBe(at) : undefined;
    if (next === undefined) { rest.push(token); at++; } else at = next;
  }
  let budget = MAX_MACRO_TOKENS;
  const out = macros.size === 0 ? rest : expand(rest, 0);
  return { tokens: out, errors };

  /** `\def\name#1#2{…}` */
  function define(at: number): number {
    const name = tokens[at + 1];
    let body = at + 2;
    let arity = 0;
    while (tokens[body]?.kind === 'parameter') { arity++; body++; }
    if (name?.kind !== 'command' || tokens[body]?.kind !== 'open') {
      fail(tokens[at], 'This definition of a macro has delimited arguments or no body.');
      return Math.max(at + 1, argumentEnd(tokens, body));
    }
    macros.set(name.text, { arity, body: argument(tokens, body) });
    return argumentEnd(tokens, body);
  }
  /** `\newcommand{\name}[2][x]{…}` */
  function newCommand(at: number): number {
    const [name] = argument(tokens, at + 1);
    let next = argumentEnd(tokens, at + 1);
    const brackets: (readonly TexToken[])[] = [];
    while (isChar(tokens[next], '[')) {
      const close = tokens.findIndex((t, i) => i > next && isChar(t, ']'));
      if (close < 0) break;
      brackets.push(tokens.slice(next + 1, close));
      next = close + 1;
    }
    if (name?.kind !== 'command') { fail(tokens[at], 'This definition of a macro has no name.'); return Math.max(at + 1, next); }
    const arity = Number(brackets[0]?.[0]?.text ?? '0');
    macros.set(name.text, { arity: Number.isInteger(arity) && arity >= 0 && arity <= 9 ? arity : 0, ...(brackets[1] && { optional: brackets[1] }), body: argument(tokens, next) });
    return argumentEnd(tokens, next);
  }
  function operator(at: number): number {
    const [name] = argument(tokens, at + 1);
    const second = argumentEnd(tokens, at + 1);
    const end = argumentEnd(tokens, second);
    const token = tokens[at];
    if (name?.kind === 'command' && token) macros.set(name.text, { arity: 0, body: [{ ...token, kind: 'command', text: 'operatorname' }, { ...token, kind: 'open', text: '{' }, ...argument(tokens, second), { ...token, kind: 'close', text: '}' }] });
    return end;
  }
  function letBe(at: number): number {
    const name = tokens[at + 1];
    const skip = isChar(tokens[at + 2], '=') ? 1 : 0;
    const meaning = tokens[at + 2 + skip];
    if (name?.kind === 'command' && meaning) macros.set(name.text, macros.get(meaning.kind === 'command' ? meaning.text : '') ?? { arity: 0, body: [meaning] });
    return at + 3 + skip;
  }

  function fail(token: TexToken | undefined, message: string): void {
    errors.push(diagnose('MC1030', message, { start: token?.start ?? 0, end: token?.end ?? 0 }));
  }

  function expand(list: readonly TexToken[], depth: number): readonly TexToken[] {
    const result: TexToken[] = [];
    for (let at = 0; at < list.length;) {
      const token = list[at];
      if (token === undefined) break;
      const macro = token.kind === 'command' ? macros.get(token.text) : undefined;
      if (macro === undefined || errors.length > 0) { result.push(token); at++; if (--budget < 0) overflow(token); continue; }
      if (depth >= MAX_MACRO_DEPTH) { overflow(token); at++; continue; }
      at++;
      const args: (readonly TexToken[])[] = [];
      if (macro.optional) {
        const close = isChar(list[at], '[') ? list.findIndex((t, i) => i > at && isChar(t, ']')) : -1;
        args.push(close < 0 ? macro.optional : list.slice(at + 1, close));
        if (close >= 0) at = close + 1;
      }
      while (args.length < macro.arity) {
        if (at >= list.length) { fail(token, `\`\\${token.text}\` takes ${macro.arity} ${macro.arity === 1 ? 'argument' : 'arguments'}; ${args.length} follow.`); break; }
        args.push(argument(list, at));
        at = argumentEnd(list, at);
      }
      const body = macro.body.flatMap((t) => {
        const part = t.kind === 'parameter' ? args[Number(t.text) - 1] ?? [] : [{ ...t, start: token.start, end: token.end }];
        budget -= part.length;
        return part;
      });
      if (budget < 0) { overflow(token); continue; }
      for (const t of expand(body, depth + 1)) result.push(t);
    }
    return result;
  }
  function overflow(token: TexToken): void {
    if (errors.length === 0) fail(token, `The macro \`\\${token.text}\` expands without end.`);
  }
}
