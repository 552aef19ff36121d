/** A program of the fuzzer as a tree: every node knows its shape, what its place demands of it, and how it is written. */

/** Rows and columns, in the names of dimensions. */
export type Sizes = readonly [string, string];
/**
 * What a value is known to be: `sym` symmetric, `spd` positive definite, `pos` every entry > 0, `inv` invertible.
 * A place that demands `any` takes all of them.
 */
export type Demand = 'any' | 'sym' | 'spd' | 'pos' | 'inv';

export interface Tree {
  readonly op: string;
  readonly shape: Sizes;
  readonly demand: Demand;
  readonly args: readonly Tree[];
  /** Text of the node from the texts of its arguments, safe inside any operator. */
  readonly write: (args: readonly string[]) => string;
  /** Of a definition: the name of its argument. */
  readonly parameter?: string;
}

export interface FuzzProgram {
  /** D1, D2, …: each may use those before it. */
  readonly definitions: readonly Tree[];
  readonly main: Tree;
  readonly wrt: string;
  /** Another variable, for the mixed second derivative. */
  readonly also?: string;
  /** `set` lines. */
  readonly settings: readonly string[];
}

export const textOf = (t: Tree): string => t.write(t.args.map(textOf));
export const leaf = (text: string, shape: Sizes, demand: Demand = 'any', op = 'leaf'): Tree => ({ op, shape, demand, args: [], write: () => text });
export const definitionName = (k: number): string => `D${k + 1}`;

/** Names of variables, and how they are declared. */
export const VARIABLES: Readonly<Record<string, { readonly shape: Sizes; readonly is: readonly Demand[]; readonly words?: string; readonly role?: 'index' | 'parameter' }>> = {
  A: { shape: ['n', 'n'], is: [] }, B: { shape: ['n', 'n'], is: [] }, C: { shape: ['m', 'm'], is: [] },
  X: { shape: ['m', 'n'], is: [], words: 'fullrank' }, Y: { shape: ['m', 'n'], is: [] }, W: { shape: ['n', 'k'], is: [] },
  S: { shape: ['n', 'n'], is: ['sym', 'spd', 'inv'], words: 'posdef' }, M: { shape: ['n', 'n'], is: ['sym'], words: 'symmetric' },
  P: { shape: ['m', 'm'], is: ['sym', 'spd', 'inv'], words: 'posdef' }, H: { shape: ['n', 'n'], is: [], words: 'skew' },
  L: { shape: ['n', 'n'], is: ['inv'], words: 'lower invertible' }, U: { shape: ['n', 'n'], is: [], words: 'upper' },
  G: { shape: ['n', 'n'], is: ['sym'], words: 'diagonal' }, Q: { shape: ['n', 'n'], is: ['inv'], words: 'orthogonal' },
  N: { shape: ['n', 'n'], is: ['inv'], words: 'invertible' }, Z: { shape: ['n', 'n'], is: [], words: 'tridiagonal' },
  R: { shape: ['n', 'n'], is: ['pos'], words: 'positive' }, K: { shape: ['n', 'n'], is: ['sym'], words: 'possemidef' },
  x: { shape: ['n', '1'], is: [] }, y: { shape: ['n', '1'], is: [] }, z: { shape: ['m', '1'], is: [] }, w: { shape: ['k', '1'], is: [] },
  r: { shape: ['1', 'n'], is: [] }, p: { shape: ['n', '1'], is: ['pos'], words: 'positive' }, q: { shape: ['n', '1'], is: [], words: 'nonnegative' }, v: { shape: ['3', '1'], is: [] }, u: { shape: ['3', '1'], is: [] },
  s: { shape: ['1', '1'], is: [] }, t: { shape: ['1', '1'], is: ['pos', 'spd', 'inv', 'sym'], words: 'positive' },
  // Whole numbers from 1 to the least size that they count.
  h: { shape: ['1', '1'], is: [], role: 'index' }, g: { shape: ['1', '1'], is: [], role: 'index' },
  // What functions of the file are applied to.
  a: { shape: ['n', '1'], is: [], role: 'parameter' }, b: { shape: ['n', 'n'], is: [], role: 'parameter' }, c: { shape: ['1', '1'], is: [], role: 'parameter' }, d: { shape: ['m', 'n'], is: [], role: 'parameter' },
};

const wordsIn = (text: string): ReadonlySet<string> => new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []);

function declaration(name: string): string {
  const v = VARIABLES[name];
  if (!v) return '';
  const [r, c] = v.shape;
  const type = r === '1' && c === '1' ? 'scalar' : c === '1' ? `vector(${r})` : `matrix(${r}, ${c})`;
  return `${name} : ${type}${v.words ? ` ${v.words}` : ''}`;
}

/** The variables that a program uses, that by which it is differentiated included. */
export function namesOf(p: FuzzProgram): string[] {
  const used = new Set<string>([p.wrt, ...(p.also === undefined ? [] : [p.also])]);
  for (const text of [...p.definitions, p.main].map(textOf)) for (const word of wordsIn(text)) if (VARIABLES[word]) used.add(word);
  return Object.keys(VARIABLES).filter((name) => used.has(name));
}

/** Declarations, definitions and F, without the request. */
export function baseText(p: FuzzProgram): string {
  const bodies = p.definitions.map(textOf);
  const main = textOf(p.main);
  const used = new Set(wordsIn(main));
  for (let k = bodies.length - 1; k >= 0; k--) if (used.has(definitionName(k))) for (const w of wordsIn(bodies[k] ?? '')) used.add(w);
  const lines = bodies.flatMap((b, k) => (used.has(definitionName(k)) ? [`${definitionName(k)}${p.definitions[k]?.parameter === undefined ? '' : `(${p.definitions[k]?.parameter})`} = ${b}`] : []));
  return ['dim m >= n', ...p.settings, ...namesOf(p).map(declaration), ...lines, `F = ${main}`].join('\n');
}

export const countNodes = (t: Tree): number => t.args.reduce((n, a) => n + countNodes(a), 1);
