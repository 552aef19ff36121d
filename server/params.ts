/** Reads what a client sent. Nothing in a message is trusted to have its declared type; what cannot be read is refused by name. */
import type { Position, Range } from 'vscode-languageserver';
import { invalidParams } from './guard';
import type { ContentChange } from './text';

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws ResponseError `InvalidParams`, as all functions of this file do. */
export function fields(value: unknown, what = 'params'): Fields {
  if (!isFields(value)) throw invalidParams(`${what} must be an object`);
  return value;
}

export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw invalidParams(`${what} must be a string`);
  return value;
}

/** Positions outside the text are moved into it; only what is no number at all is refused. */
function count(value: unknown, what: string): number {
  if (typeof value !== 'number') throw invalidParams(`${what} must be a number`);
  return value;
}

export const uriOf = (params: unknown): string => text(fields(fields(params).textDocument, 'textDocument').uri, 'textDocument.uri');

export function position(value: unknown, what = 'position'): Position {
  const { line, character } = fields(value, what);
  return { line: count(line, `${what}.line`), character: count(character, `${what}.character`) };
}

export function range(value: unknown, what = 'range'): Range {
  const { start, end } = fields(value, what);
  return { start: position(start, `${what}.start`), end: position(end, `${what}.end`) };
}

export function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidParams(`${what} must be an array`);
  return value;
}

export function contentChanges(value: unknown): readonly ContentChange[] {
  return list(value, 'contentChanges').map((item) => {
    const change = fields(item, 'contentChanges');
    const replacement = text(change.text, 'contentChanges.text');
    return change.range === undefined ? { text: replacement } : { range: range(change.range), text: replacement };
  });
}
