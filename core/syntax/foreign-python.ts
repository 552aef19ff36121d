/** Formulas of NumPy, PyTorch, JAX and R that differ in several ways at once: modules, methods, `@` and `**`. They are mended together. */

const MODULE = /(?<![\p{L}\p{N}_.])(?:np|numpy|jnp|jax|torch|tf|scipy|math|cp|F|nn)\.(?:(?:linalg|nn|functional|numpy|special|math|random)\.)*(?=\p{L})/gu;
const METHOD = /\.(sum|mean|exp|log|sqrt|abs|tanh|sigmoid|relu|softmax|logsumexp|trace|det|logdet|norm|dot|inverse|inv|pow|transpose|t|prod|max|min|sign)\(/gu;
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

function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text.charAt(at) === '(') depth++;
    else if (text.charAt(at) === ')' && --depth === 0) return at;
  }
  return undefined;
}

/** `np.log(x).sum()` with the function before its argument; undefined where there is no such method. */
function withoutMethod(text: string): string | undefined {
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
    : name === 'dot' ? `dot(${bare}, ${args})` : args === '' ? `${NAMES[name] ?? name}(${bare})` : undefined;
  return made === undefined ? undefined : text.slice(0, start) + made + text.slice(close + 1);
}

/** Products and quotients of Python and R are entry by entry; beside a number both mean the same. */
const entrywise = (text: string): string =>
  text.replace(/(?<![.*]|(?<![\p{L}_\d.])[\d.]+\s*)\s*\*(?!\*|\s*[\d.]+(?![\p{L}\d.^]))\s*/gu, ' .* ').replace(/(?<!\.)\s*\/(?!\/|\s*[\d.]+(?![\p{L}\d.^]))\s*/gu, ' ./ ');

/** R's `solve(A, b)` and `t(A)`, by their arguments. */
const R_CALLS: Readonly<Record<string, (a: string, b?: string) => string | undefined>> = {
  solve: (a, b) => (b === undefined ? `inv(${a})` : `(${a} \\ ${b})`),
  ginv: (a, b) => (b === undefined ? `pinv(${a})` : undefined),
  t: (a, b) => (b !== undefined ? undefined : /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(a) ? `${a}'` : `(${a})'`),
  crossprod: (a, b = a) => `(${a}'*${b})`,
  tcrossprod: (a, b = a) => `(${a}*${b}')`,
};
const R_CALL = /(?<![\p{L}\p{N}_.])(solve|ginv|t|crossprod|tcrossprod)\(/gu;

/** A formula of R that differs in several ways, as it is written here; undefined where it is none. */
export function rMeant(formula: string, isVariable: (name: string) => boolean): string | undefined {
  if (!formula.includes('%*%') && !/\bcrossprod\(/.test(formula)) return undefined;
  let text = entrywise(formula.replace(/\s*%\*%\s*/g, '@').replace(/(?<!\.)\^/g, '.^')).replace(/@/g, '*');
  let differs = (formula.includes('%*%') ? 1 : 0) + (text.includes('.^') ? 1 : 0);
  R_CALL.lastIndex = 0;
  for (let found = R_CALL.exec(text); found; found = R_CALL.exec(text)) {
    const name = found[1] ?? '';
    const open = found.index + found[0].length - 1;
    const close = closing(text, open);
    if (isVariable(name) || close === undefined) continue;
    const [a = '', b, ...more] = text.slice(open + 1, close).split(/,(?![^(]*\))/).map((arg) => arg.trim());
    const made = a === '' || more.length > 0 ? undefined : R_CALLS[name]?.(a, b);
    if (made === undefined) return undefined;
    text = text.slice(0, found.index) + made + text.slice(close + 1);
    differs++;
    R_CALL.lastIndex = found.index;
  }
  return differs > 1 ? text : undefined;
}

/** `x @ A @ y`: a vector that begins a chain of products stands there for its transpose. */
export const productsMeant = (text: string, isVector: (name: string) => boolean): string =>
  text.replace(/(@\s*)?(?<![\p{L}\p{M}\p{N}_.])([\p{L}_][\p{L}\p{M}\p{N}_]*)\s*(?=@)/gu, (_, before: string | undefined, name: string) => (before === undefined && isVector(name) ? `${name}'` : `${before ?? ''}${name}`))
    .replace(/\s*@\s*/g, '*');

/** The formula as it is written here; undefined where it differs in one way only, or where something else is left. */
export function pythonMeant(formula: string, isVariable: (name: string) => boolean, isVector: (name: string) => boolean): string | undefined {
  let text = formula;
  let differs = 0;
  const change = (made: string): void => { if (made !== text) { differs++; text = made; } };
  const modules = text.replace(MODULE, (prefix) => (isVariable(prefix.slice(0, prefix.indexOf('.'))) ? prefix : ''));
  if ((text.match(MODULE)?.length ?? 0) > 1 && modules !== text) differs++;
  change(modules);
  for (let made = withoutMethod(text); made !== undefined; made = withoutMethod(text)) change(made);
  change(text.replace(/\*\*/g, '.^'));
  change(entrywise(text));
  change(productsMeant(text, isVector));
  return differs > 1 && !/\.(?!T\b)\p{L}|[@=]/u.test(text) ? text : undefined;
}
