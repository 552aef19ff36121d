/** Formulas of NumPy, PyTorch, JAX and R that differ in several ways at once: modules, methods, `@` and `**`. They are mended together. */

import { closing, operand as atom, rewriteCalls, type Rewriting } from './foreign-arguments';

const MODULE = /(?<![\p{L}\p{N}_.])(?:np|numpy|jnp|jax|torch|tf|scipy|math|cp|F|nn)\.(?:(?:linalg|nn|functional|numpy|special|math|random)\.)*(?=\p{L})/gu;
const METHOD = /\.(sum|mean|exp|log|sqrt|abs|tanh|sigmoid|relu|softmax|logsumexp|trace|det|logdet|norm|dot|mm|mv|matmul|inverse|inv|pow|transpose|t|prod|max|min|sign|reshape|flatten|ravel|squeeze)\(/gu;
const NAMES: Readonly<Record<string, string>> = { trace: 'tr', inverse: 'inv' };

/** The place behind which the operand before `end` begins: a name with its call or index, or a parenthesis. */
function operandStart(text: string, end: number): number | undefined {
  let at = end;
  while (at > 0 && /[)\]]/.test(text.charAt(at - 1))) {
    let depth = 0;
    do {
      at--;
      if (/[)\]]/.test(text.charAt(at))) depth++;
      else if (/[([]/.test(text.charAt(at))) depth--;
    } while (depth > 0 && at > 0);
    if (depth > 0) return undefined;
  }
  while (at > 0 && /[\p{L}\p{M}\p{N}_.]/u.test(text.charAt(at - 1))) at--;
  return at < end ? at : undefined;
}

/** `np.log(x).sum()` with the function before its argument; undefined where there is no such method. */
function withoutMethod(text: string, isVector: (name: string) => boolean): string | undefined {
  METHOD.lastIndex = 0;
  const found = METHOD.exec(text);
  if (!found) return undefined;
  const open = found.index + found[0].length - 1;
  const start = operandStart(text, found.index);
  const close = closing(text, open);
  if (start === undefined || close === undefined) return undefined;
  const operand = text.slice(start, found.index);
  const bare = operand.startsWith('(') && closing(operand, 0) === operand.length - 1 ? operand.slice(1, -1) : operand;
  const args = text.slice(open + 1, close).trim();
  const name = found[1] ?? '';
  const made = name === 'pow' ? `(${operand}.^${args})` : name === 'transpose' || name === 't' ? (args === '' ? `${operand}'` : undefined)
    : name === 'mm' || name === 'mv' || name === 'matmul' ? `(${operand} @ ${atom(args)})`
    : name === 'dot' ? (isVector(bare) && isVector(args) ? `dot(${bare}, ${args})` : `(${operand} @ ${atom(args)})`)
    : FLAT.test(`${name}(${args})`) ? (isVector(bare) ? operand : undefined) : args === '' ? `${NAMES[name] ?? name}(${bare})` : undefined;
  return made === undefined ? undefined : text.slice(0, start) + made + text.slice(close + 1);
}

/** What a vector is already. */
const FLAT = /^(?:reshape\((?:-1|-1, ?1)\)|(?:flatten|ravel|squeeze)\(\))$/;

/** Products and quotients of Python and R are entry by entry; beside a number both mean the same. */
const entrywise = (text: string): string =>
  text.replace(/(?<![.*]|(?<![\p{L}_\d.])[\d.]+\s*)\s*\*(?!\*|\s*[\d.]+(?![\p{L}\d.^]))\s*/gu, ' .* ').replace(/(?<!\.)\s*\/(?!\/|\s*[\d.]+(?![\p{L}\d.^]))\s*/gu, ' ./ ');

const pair = (write: (a: string, b: string) => string): Rewriting => (a, b, c) => (a === undefined || b === undefined || c !== undefined ? undefined : write(a, b));
const single = (write: (a: string) => string): Rewriting => (a, b) => (a === undefined || b !== undefined ? undefined : write(a));

/** R's `solve(A, b)` and `t(A)`, by their arguments. */
const R_CALLS: Readonly<Record<string, Rewriting>> = {
  solve: (a, b, c) => (a === undefined || c !== undefined ? undefined : b === undefined ? `inv(${a})` : `(${a} \\ ${b})`),
  ginv: single((a) => `pinv(${a})`),
  t: single((a) => `${atom(a)}'`),
  crossprod: (a, b = a, c) => (a === undefined || c !== undefined ? undefined : `(${a}'*${b ?? a})`),
  tcrossprod: (a, b = a, c) => (a === undefined || c !== undefined ? undefined : `(${a}*${b ?? a}')`),
};

/** Functions of NumPy that have another name here, or are operators. */
const PY_CALLS: Readonly<Record<string, Rewriting>> = {
  solve: pair((a, b) => `(${atom(a)} \\ ${atom(b)})`),
  outer: pair((a, b) => `(${atom(a)}*${atom(b)}')`),
  maximum: pair((a, b) => `max(${a}, ${b})`),
  minimum: pair((a, b) => `min(${a}, ${b})`),
  matmul: pair((a, b) => `(${atom(a)} @ ${atom(b)})`),
  square: single((a) => `${atom(a)}.^2`),
  trace: single((a) => `tr(${a})`),
  log1p: single((a) => `log(1 + ${atom(a)})`),
  expit: single((a) => `sigmoid(${a})`),
  transpose: single((a) => `${atom(a)}'`),
  reduce_sum: single((a) => `sum(${a})`),
  reduce_mean: single((a) => `mean(${a})`),
  reduce_max: single((a) => `max(${a})`),
  reduce_logsumexp: single((a) => `logsumexp(${a})`),
};

/** A vector before a product is a row there: a name, or the diagonal of a matrix. */
const VECTOR_FIRST = /(?<![\p{L}\p{N}_.*'])([\p{L}_][\p{L}\p{N}_]*)(?:\(([\p{L}_][\p{L}\p{N}_]*)\))?\*([\p{L}_][\p{L}\p{N}_]*)(?![\p{L}\p{N}_'(])/gu;

/** A formula of R that differs in several ways, as it is written here; undefined where it is none. */
export function rMeant(formula: string, isVariable: (name: string) => boolean, isVector: (name: string) => boolean): string | undefined {
  if (!formula.includes('%*%') && !/\bcrossprod\(/.test(formula)) return undefined;
  let text = entrywise(formula.replace(/\s*%\*%\s*/g, '@').replace(/(?<!\.)\^/g, '.^')).replace(/@/g, '*');
  let differs = (formula.includes('%*%') ? 1 : 0) + (text.includes('.^') ? 1 : 0);
  const calls = rewriteCalls(text, R_CALLS, isVariable);
  if (!calls) return undefined;
  text = calls.text;
  differs += calls.count;
  const turned = text.replace(VECTOR_FIRST, (all: string, name: string, arg: string | undefined, next: string) => ((arg === undefined ? isVector(name) : name === 'diag' && isVariable(arg) && !isVector(arg)) && isVariable(next) ? `${all.slice(0, -next.length - 1)}'*${next}` : all));
  if (turned !== text) differs++;
  return differs > 1 ? turned : undefined;
}

/** Whether every term of a sum is a vector by its last factor, as in `A @ x - y`; one that begins with a vector too is a number. */
const isVectorSum = (text: string, isVector: (name: string) => boolean): boolean =>
  !/[()]/.test(text) && text.split(/\s[+-]\s/).every((term) => { const factors = term.trim().split(/\s*[@\\]\s*/); return isVector(factors.at(-1) ?? '') && (factors.length === 1 || !isVector(factors[0] ?? '')); });

/** `x @ A @ y`: a vector that begins a chain of products stands there for its transpose, and so does a sum of vectors. */
export const productsMeant = (text: string, isVector: (name: string) => boolean): string =>
  text.replace(/(@\s*)?\(([^()]*)\)(?=\s*@)/gu, (all: string, before: string | undefined, inner: string) => (before === undefined && isVectorSum(inner, isVector) ? `(${inner})'` : all))
    .replace(/(@\s*)?(?<![\p{L}\p{M}\p{N}_.])([\p{L}_][\p{L}\p{M}\p{N}_]*)\s*(?=@)/gu, (_, before: string | undefined, name: string) => (before === undefined && isVector(name) ? `${name}'` : `${before ?? ''}${name}`))
    .replace(/\s*@\s*/g, '*');

/** Arguments that say what is so here anyway: over all entries, the entries of a vector. */
const DEFAULTS = /,\s*(?:axis\s*=\s*None|keepdims\s*=\s*(?:True|False)|(?<=softmax\([^=]*)(?:dim|axis)\s*=\s*(?:-1|0))(?=\s*[,)])/gu;

/** Entries and slices counted from 1, where a 0 among them shows that they are counted from 0; undefined where one of them is counted from the end. */
function countedFromOne(text: string, isVector: (name: string) => boolean): string | undefined {
  const index = /(?<=([\p{L}_][\p{L}\p{N}_]*))\[([^\[\]]*)\]/gu;
  if (![...text.matchAll(index)].some(([, , items = '']) => /(?:^|[,:])\s*0\s*(?:$|[,:])/.test(items))) return text;
  let isSure = true;
  const one = (item: string): string => {
    const [, whole, from, to] = /^\s*(?:([0-9]+)|([0-9]*)\s*:\s*([\p{L}0-9_]*))\s*$/u.exec(item) ?? [];
    if (whole !== undefined) return String(Number(whole) + 1);
    if (to === undefined || from === undefined || (to === '' && from !== '' && from !== '0')) { isSure = false; return item; }
    return to === '' ? ':' : `${Number(from || '0') + 1}:${to}`;
  };
  const made = text.replace(index, (_, name: string, items: string) => {
    const all = items.split(',').map(one);
    return `[${(all.length === 1 && !isVector(name) ? [...all, ':'] : all).join(', ')}]`;
  });
  return isSure ? made : undefined;
}

/** The formula as it is written here; undefined where it differs in one way only, or where something else is left. */
export function pythonMeant(formula: string, isVariable: (name: string) => boolean, isVector: (name: string) => boolean): string | undefined {
  let text = formula;
  let differs = 0;
  const change = (made: string): void => { if (made !== text) { differs++; text = made; } };
  const modules = text.replace(MODULE, (prefix) => (isVariable(prefix.slice(0, prefix.indexOf('.'))) ? prefix : ''));
  const isOfModule = modules !== text;
  if ((text.match(MODULE)?.length ?? 0) > 1 && isOfModule) differs++;
  change(modules);
  change(text.replace(DEFAULTS, ''));
  // Without a module, `x.transpose()*S*x` is a product of matrices: SymPy, Eigen.
  const isOfMatrices = !isOfModule && /\.(?:transpose|inverse)\(\)/.test(text) && !/@|\*\*/.test(text);
  if (isOfMatrices && text.includes('*')) differs++;
  for (let made = withoutMethod(text, isVector); made !== undefined; made = withoutMethod(text, isVector)) change(made);
  if (/\.(?:reshape|flatten|ravel|squeeze)\(/.test(formula)) differs++;
  change(text.replace(/\*\*/g, '.^'));
  const counted = countedFromOne(text, isVector);
  if (counted === undefined) return undefined;
  if (counted !== text && /@|\.T\b/.test(text)) differs++;
  change(counted);
  if (!isOfMatrices) change(entrywise(text));
  const calls = isOfModule ? rewriteCalls(text, PY_CALLS, isVariable) : { text, count: 0 };
  if (!calls) return undefined;
  change(calls.text);
  change(productsMeant(text, isVector));
  text = text.replace(/\(\(([^()]*)\)\)/g, '($1)');
  if (text.startsWith('(') && closing(text, 0) === text.length - 1) text = text.slice(1, -1);
  return differs > 1 && !/\.(?!T\b)\p{L}|[@=]/u.test(text) ? text : undefined;
}
