/**
 * Checks messages against the protocol's own description (metaModel.json of the Language Server Protocol 3.18, its prose left
 * out). Stricter than the protocol: a property that the model does not name is reported, for it is one that no client reads.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

type Type =
  | { readonly kind: 'base'; readonly name: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'array'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'and' | 'or' | 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'literal'; readonly value: { readonly properties: readonly Property[] } }
  | { readonly kind: 'stringLiteral' | 'integerLiteral' | 'booleanLiteral'; readonly value: unknown };
interface Property { readonly name: string; readonly type: Type; readonly optional?: boolean }
interface Structure { readonly name: string; readonly properties: readonly Property[]; readonly extends?: readonly Type[]; readonly mixins?: readonly Type[] }
interface Enumeration { readonly name: string; readonly type: Type; readonly values: readonly { readonly value: unknown }[]; readonly supportsCustomValues?: boolean }
interface Message { readonly method: string; readonly params?: Type; readonly result?: Type; readonly partialResult?: Type; readonly messageDirection: 'clientToServer' | 'serverToClient' | 'both' }
interface Model {
  readonly requests: readonly Message[];
  readonly notifications: readonly Message[];
  readonly structures: readonly Structure[];
  readonly enumerations: readonly Enumeration[];
  readonly typeAliases: readonly { readonly name: string; readonly type: Type }[];
}

const model = JSON.parse(readFileSync(path.join(import.meta.dirname, '../data/protocol/metaModel.json'), 'utf8')) as Model;
const byName = <T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> => new Map(list.map((one) => [one.name, one]));
const structures = byName(model.structures);
const enumerations = byName(model.enumerations);
const aliases = byName(model.typeAliases);
const requests = new Map(model.requests.map((one) => [one.method, one]));
const notifications = new Map(model.notifications.map((one) => [one.method, one]));

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const show = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60);
const isInteger = (value: unknown, least: number): boolean => Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 31;

const BASE: Readonly<Record<string, (value: unknown) => boolean>> = {
  integer: (v) => isInteger(v, -(2 ** 31)),
  uinteger: (v) => isInteger(v, 0),
  decimal: (v) => typeof v === 'number',
  string: (v) => typeof v === 'string',
  boolean: (v) => typeof v === 'boolean',
  null: (v) => v === null,
  DocumentUri: (v) => typeof v === 'string',
  URI: (v) => typeof v === 'string',
  RegExp: (v) => typeof v === 'string',
};

/** Every property of a structure, its own first. */
function propertiesOf(type: Type): readonly Property[] {
  if (type.kind === 'literal') return type.value.properties;
  if (type.kind === 'and') return type.items.flatMap(propertiesOf);
  const structure = type.kind === 'reference' ? structures.get(type.name) : undefined;
  if (!structure) return [];
  return [...structure.properties, ...[...structure.extends ?? [], ...structure.mixins ?? []].flatMap(propertiesOf)];
}

function fieldsProblem(properties: readonly Property[], value: unknown, at: string): string | undefined {
  if (!isFields(value)) return `${at}: ${show(value)} where an object was expected`;
  const named = new Map<string, Property>();
  for (const property of properties) if (!named.has(property.name)) named.set(property.name, property);
  for (const [name, property] of named) {
    const held = value[name];
    if (held === undefined) {
      if (property.optional !== true) return `${at}.${name} is missing`;
      continue;
    }
    const found = problem(property.type, held, `${at}.${name}`);
    if (found) return found;
  }
  const extra = Object.keys(value).find((name) => value[name] !== undefined && !named.has(name));
  return extra === undefined ? undefined : `${at}.${extra} is no property of the protocol`;
}

/** What is wrong with a value, and where; undefined where nothing is. */
function problem(type: Type, value: unknown, at: string): string | undefined {
  switch (type.kind) {
    case 'base': return BASE[type.name]?.(value) === true ? undefined : `${at}: ${show(value)} where ${type.name} was expected`;
    case 'stringLiteral': case 'integerLiteral': case 'booleanLiteral':
      return value === type.value ? undefined : `${at}: ${show(value)} where ${show(type.value)} was expected`;
    case 'array': {
      if (!Array.isArray(value)) return `${at}: ${show(value)} where a list was expected`;
      for (const [i, item] of value.entries()) {
        const found = problem(type.element, item, `${at}[${i}]`);
        if (found) return found;
      }
      return undefined;
    }
    case 'tuple': {
      if (!Array.isArray(value) || value.length !== type.items.length) return `${at}: ${show(value)} where ${type.items.length} items were expected`;
      return type.items.map((item, i) => problem(item, value[i], `${at}[${i}]`)).find((found) => found !== undefined);
    }
    case 'map':
      if (!isFields(value)) return `${at}: ${show(value)} where a map was expected`;
      return Object.entries(value).map(([key, held]) => problem(type.value, held, `${at}[${key}]`)).find((found) => found !== undefined);
    case 'or': {
      const found = type.items.map((item) => problem(item, value, at));
      if (found.includes(undefined)) return undefined;
      // The alternative that came furthest says most.
      return found.reduce((a, b) => ((b?.split(/[.[]/).length ?? 0) > (a?.split(/[.[]/).length ?? 0) ? b : a));
    }
    case 'and': case 'literal': return fieldsProblem(propertiesOf(type), value, at);
    case 'reference': {
      if (type.name === 'LSPAny' || type.name === 'LSPObject' || type.name === 'LSPArray') return undefined;
      const alias = aliases.get(type.name);
      if (alias) return problem(alias.type, value, at);
      const enumeration = enumerations.get(type.name);
      if (enumeration) {
        const known = enumeration.supportsCustomValues === true || enumeration.values.some((one) => one.value === value);
        return known ? problem(enumeration.type, value, at) : `${at}: ${show(value)} is no ${type.name}`;
      }
      return fieldsProblem(propertiesOf(type), value, at);
    }
  }
}

/** Is it a method of the protocol, and not one of our own? */
export const isProtocol = (method: string): boolean => requests.has(method) || notifications.has(method);

/** What is wrong with the result of a request; undefined where nothing is, and for methods of our own. */
export function resultProblem(method: string, result: unknown): string | undefined {
  const message = requests.get(method);
  return message?.result && problem(message.result, result, method);
}

/** What is wrong with a message from the server. Methods of our own must begin with `mcalc/`. */
export function sentProblem(kind: 'request' | 'notification', method: string, params: unknown): string | undefined {
  const message = (kind === 'request' ? requests : notifications).get(method);
  if (!message) return method.startsWith('mcalc/') ? undefined : `${method} is no ${kind} of the protocol`;
  if (message.messageDirection === 'clientToServer') return `${method} is not for servers to send`;
  if (message.params === undefined) return params === undefined || params === null ? undefined : `${method}: ${show(params)} where nothing was expected`;
  return problem(message.params, params, method);
}
