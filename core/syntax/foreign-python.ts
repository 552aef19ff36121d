/** Formulas of NumPy, PyTorch and JAX that differ in several ways at once: modules, methods, `@` and `**`. They are mended together. */

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

/** The formula as it is written here; undefined where it differs in one way only, or where something else is left. */
export function pythonMeant(formula: string, isVariable: (name: string) => boolean): string | undefined {
  let text = formula;
  let differs = 0;
  const change = (made: string): void => { if (made !== text) { differs++; text = made; } };
  change(text.replace(MODULE, (prefix) => (isVariable(prefix.slice(0, prefix.indexOf('.'))) ? prefix : '')));
  for (let made = withoutMethod(text); made !== undefined; made = withoutMethod(text)) change(made);
  change(text.replace(/\*\*/g, '.^'));
  // Python's products and quotients are entry by entry; beside a number both mean the same.
  change(text.replace(/(?<![.*]|(?<![\p{L}_\d.])[\d.]+\s*)\s*\*(?!\*|\s*[\d.]+(?![\p{L}\d.^]))\s*/gu, ' .* ').replace(/(?<!\.)\s*\/(?!\/|\s*[\d.]+(?![\p{L}\d.^]))\s*/gu, ' ./ '));
  change(text.replace(/\s*@\s*/g, '*'));
  return differs > 1 && !/\.(?!T\b)\p{L}|[@=]/u.test(text) ? text : undefined;
}
