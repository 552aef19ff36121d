/** A person's own point: `{"X": [[1, 2], [3, 4]], "alpha": 0.5, "dims": {"m": 2}}`, checked against the program's shapes and structure. */
import { constantDim, dimNames, evaluateDim, shapeText, type Dim } from '../algebra/dim';
import type { Program, ProgramRequest } from '../algebra/program';
import { termNames } from '../algebra/term-names';
import type { NumericArray } from '../numeric/array';
import { violation, type DrawnPoint } from '../numeric/points';

export interface Point {
  readonly sizes: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, NumericArray>;
}

/** The values are no point of the program; the message names what is wrong. */
export class ValuesError extends Error {
  /** @param isJson false where the text is not JSON at all @param about the variable that it is about, where it is about one */
  constructor(message: string, readonly isJson = true, readonly about?: string) { super(message); }
}

function fail(message: string, about?: string): never { throw new ValuesError(message, true, about); }

/** @param file names the text in messages @throws ValuesError */
export function readValues(file: string, text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    if (/[[:,\s]-?(?:NaN|Infinity|nan|inf)\b/.test(text)) fail(`${file}: NaN and Infinity are no values; every entry must be a finite number`);
    throw new ValuesError(`${file}: not JSON; a values file looks like {"X": [[1, 2], [3, 4]], "alpha": 0.5}`, false);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail(`${file}: a values file is a JSON object, {"X": [[1, 2], [3, 4]], "alpha": 0.5}`);
  const twice = duplicateKey(text);
  if (twice !== undefined) fail(`${file}: ${twice} is given twice`);
  return json as Record<string, unknown>;
}

/** A key of the outermost object that stands twice: JSON.parse would keep the last in silence. */
function duplicateKey(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (const m of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    if (m[0] === '{' || m[0] === '[') depth++;
    else if (m[0] === '}' || m[0] === ']') depth--;
    else if (m[2] !== undefined && depth === 1) {
      const key = m[1] ?? '';
      if (seen.has(key)) return key;
      seen.add(key);
    }
  }
  return undefined;
}

const isConstant = (d: Dim): boolean => constantDim(d) !== undefined;
const isNumber = (x: unknown): x is number => typeof x === 'number';

/** A number, a flat list (a column), nested lists (rows), or {"shape", "data"}. */
export function arrayOf(name: string, given: unknown): NumericArray {
  const wrong = (what: string): never => fail(`${name}: ${what}`, name);
  let rows: number;
  let cols: number;
  let data: unknown[];
  if (isNumber(given)) [rows, cols, data] = [1, 1, [given]];
  else if (Array.isArray(given)) {
    if (given.length === 0) wrong('an empty list');
    if (Array.isArray(given[0])) {
      rows = given.length;
      cols = given[0].length;
      if (!given.every((r) => Array.isArray(r) && r.length === cols)) wrong('the rows have different lengths');
      data = given.flat() as unknown[];
    } else [rows, cols, data] = [given.length, 1, given];
  } else if (typeof given === 'object' && given !== null && 'shape' in given && 'data' in given && Array.isArray(given.shape) && Array.isArray(given.data)) {
    const [r, c] = given.shape as unknown[];
    if (!isNumber(r) || !isNumber(c) || given.shape.length !== 2) return wrong('"shape" must be [rows, columns]');
    [rows, cols, data] = [r, c, given.data];
    if (data.length !== rows * cols) wrong(`${data.length} numbers for the shape ${rows}×${cols}`);
  } else return wrong('expected a number, a list, a list of rows, or {"shape": [rows, columns], "data": [...]}');
  if (rows < 1 || cols < 1) wrong('an empty array');
  const bad = data.findIndex((x) => !isNumber(x) || !Number.isFinite(x));
  if (bad >= 0) wrong(`entry (${Math.floor(bad / cols) + 1}, ${(bad % cols) + 1}) is ${JSON.stringify(data[bad])}; expected a finite number`);
  return { rows, cols, data: Float64Array.from(data as number[]) };
}

/**
 * Sizes from arrays, `dims` and the program; every given variable checked for shape and structure.
 * @param needed names that must be given @throws ValuesError naming the array or the dimension that is wrong
 */
export function pointOf(program: Program, json: Record<string, unknown>, needed: Iterable<string>): Point {
  const values = new Map<string, NumericArray>();
  const sizes = new Map<string, number>();
  const why = new Map<string, string>();
  const set = (dim: string, size: number, from: string): void => {
    const old = sizes.get(dim);
    if (old !== undefined && old !== size) fail(`${from} makes the dimension ${dim} = ${size}, but ${why.get(dim) ?? 'another'} makes it ${old}`);
    if (!Number.isInteger(size) || size < 1) fail(`${from} makes the dimension ${dim} = ${size}; expected a whole number from 1`);
    sizes.set(dim, size);
    why.set(dim, from);
  };
  for (const name of needed) if (program.variables.has(name) && !Object.hasOwn(json, name)) fail(`${name} has no value; give it in the values file`, name);
  const dims = Object.hasOwn(json, 'dims') && !program.variables.has('dims') ? json.dims : undefined;
  if (dims !== undefined) {
    if (typeof dims !== 'object' || dims === null || Array.isArray(dims)) fail('dims: expected an object of sizes, {"m": 3, "n": 2}');
    for (const [dim, size] of Object.entries(dims as object)) set(dim, isNumber(size) ? size : NaN, 'dims');
  }
  const arrays: { name: string; array: NumericArray; parts: readonly (readonly [Dim, number])[] }[] = [];
  for (const v of program.variables.values()) {
    if (!Object.hasOwn(json, v.name)) continue;
    const given = arrayOf(v.name, json[v.name]);
    const array = asRow(given, v.shape.rows, v.shape.cols);
    values.set(v.name, array);
    arrays.push({ name: v.name, array, parts: [[v.shape.rows, array.rows], [v.shape.cols, array.cols]] });
  }
  for (let round = 0; round < 3; round++) {
    for (const { name, parts } of arrays) {
      for (const [dim, size] of parts) {
        const [term] = dim.terms;
        const unknown = [...dimNames(dim)].filter((n) => !sizes.has(n));
        if (dim.terms.length === 1 && term?.names.length === 1 && term.coefficient === 1 && term.names[0]) set(term.names[0], size, name);
        else if (unknown.length === 1 && unknown[0]) {
          const solved = solve(dim, unknown[0], size, sizes);
          if (solved !== undefined) set(unknown[0], solved, name);
        }
      }
    }
  }
  for (const [dim, size] of program.sizes) if (!sizes.has(dim)) set(dim, size, 'the file');
  for (const { name, array, parts } of arrays) {
    const shape = program.variables.get(name)?.shape;
    for (const [k, [dim, size]] of parts.entries()) {
      const missing = [...dimNames(dim)].find((n) => !sizes.has(n));
      if (missing) fail(`the size of ${missing} is not known; give it in "dims"`);
      const expected = constantDim(dim) ?? evaluateDim(dim, sizes);
      if (expected === size) continue;
      const counted = `${size} ${k === 0 ? 'row' : 'column'}${size === 1 ? '' : 's'}`;
      fail(`${name} is ${array.rows}×${array.cols}, declared ${shape ? shapeText(shape) : ''}: ${isConstant(dim) ? `it has ${counted}, not ${expected}` : `${dim.key} is ${expected}, not ${size}`}`, name);
    }
    const words = program.variables.get(name)?.words;
    const broken = words && words.size > 0 ? violation({ rows: array.rows, cols: array.cols, data: Array.from(array.data, String) }, words) : undefined;
    if (broken) fail(`${name} is declared ${[...(words ?? [])].join(' ')}, but ${broken}`, name);
  }
  return { sizes, values };
}

/** The names that a point of a request must give. */
export function namesOf(program: Program, request: ProgramRequest): ReadonlySet<string> {
  const names = termNames(program, request.ofTerm);
  for (const x of request.wrt) names.add(x);
  return names;
}

/** The point at which a request is to be verified, from the text of a values file. @throws ValuesError */
export function verificationPoint(program: Program, request: ProgramRequest, file: string, text: string): DrawnPoint {
  const { sizes, values } = pointOf(program, readValues(file, text), namesOf(program, request));
  return { sizes, values: new Map([...values].map(([name, a]) => [name, { rows: a.rows, cols: a.cols, data: Array.from(a.data, String) }])) };
}

/** A flat list for a declared row is that row. */
const asRow = (a: NumericArray, rows: Dim, cols: Dim): NumericArray =>
  a.cols === 1 && a.rows > 1 && rows.key === '1' && cols.key !== '1' ? { rows: 1, cols: a.rows, data: a.data } : a;

/** The size of the one unknown name in a dimension that is linear in it. */
function solve(dim: Dim, name: string, size: number, sizes: ReadonlyMap<string, number>): number | undefined {
  if (dim.terms.some((t) => t.names.filter((n) => n === name).length > 1)) return undefined;
  const at = (x: number): number => evaluateDim(dim, new Map([...sizes, [name, x]]));
  const slope = at(1) - at(0);
  return slope === 0 ? undefined : (size - at(0)) / slope;
}
