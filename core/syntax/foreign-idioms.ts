/**
 * Whole phrases of other languages and of the blackboard: `sum(x[i] for i in 1:n)`, `einsum('ij,jk->ik', A, B)`, `S ≻ 0`. They are looked
 * for in statements that have complaints already, and then are the only one: what its parts would be told about is a consequence.
 */
import type { Diagnostic, Fix } from './diagnostic';
import { diagnose } from './codes';
import { einsumMeant } from './einsum';
import { mathematicaMeant } from './foreign-mathematica';
import { productsMeant, pythonMeant, rMeant } from './foreign-python';

/** Words that begin a phrase of another language, where nobody declared them. */
export const BEGINS: ReadonlySet<string> = new Set(['for', 'where', 'proc', 'LinearAlgebra', 'VectorCalculus', '𝔼', 'ℙ', 'of', 'is', 'verify', 'abs2', 'let', 'var', 'param', 'mapsto', 'e', 'λ', ...['max', 'min', 'argmax', 'argmin'].flatMap((f) => ['i', 'j', 'k'].map((i) => `${f}_${i}`))]);

type Tells = (name: string) => boolean;
interface Idiom {
  /** What the group `at` holds is complained of; `all`, where there is one, is what the fix replaces. */
  readonly pattern: RegExp;
  readonly said: string;
  /** What is meant, by the groups; undefined where nothing sure can be written. */
  readonly meant?: (g: Readonly<Record<string, string>>, isVariable: Tells, isVector: Tells) => string | undefined;
  /** Whether the phrase is one where these names are variables. */
  readonly holds?: (g: Readonly<Record<string, string>>, isVariable: Tells, isVector: Tells) => boolean;
}

const W = String.raw`[\p{L}_][\p{L}\p{M}_0-9]*`;
/** Up to one level of parentheses inside. */
const INNER = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*?`;
const re = (source: string): RegExp => new RegExp(source, 'du');
const simple = (e: string): boolean => /^[\p{L}_][\p{L}\p{M}_0-9]*$/u.test(e.trim());
const TYPES = 'A variable is declared with its shape: `x : vector(n)`, `A : matrix(m, n) symmetric`, `t : scalar`.';
const SUM = 'A finite sum is written `sum(x[i], i = 1:n)`.';
const MODULE = String.raw`(?:(?:np|numpy|jnp|torch|tf|scipy|linalg|jax|cp)\.)+`;
const norms: Readonly<Record<string, string>> = { F: 'normF', fro: 'normF', '2': 'norm', '₂': 'norm', '1': 'norm1', '₁': 'norm1', inf: 'normInf', Inf: 'normInf', '∞': 'normInf', '*': 'normNuc', nuc: 'normNuc', '': 'norm' };
/** `range(n)` and `1:n` as bounds. */
function bounds(range: string): string | undefined {
  const of = re(String.raw`^range\((${W}|[0-9]+)\)$`).exec(range.trim());
  if (of) return `1:${of[1] ?? 'n'}`;
  return /^[\p{L}_0-9]+:[\p{L}_0-9]+$/u.test(range.trim()) ? range.trim() : undefined;
}
const entriesOf = (body: string, index: string): string => body.replace(re(String.raw`(${W})_\{?${index}\}?(?![\p{L}0-9_])`), `$1[${index}]`).replaceAll('[[', '[').replaceAll(']]', ']');

/** `t : scalar, x : vector(n)` among arguments: the declarations as statements, and the names alone. Undefined where a type is none of the language's. */
function typedArguments(args: string, isVariable: (name: string) => boolean): { readonly statements: string; readonly names: string } | undefined {
  const names: string[] = [];
  const statements: string[] = [];
  for (const arg of args.split(/,(?![^(]*\))/)) {
    const [, name, type] = re(String.raw`^\s*(${W})\s*(?:(?:::?|∈|\bin\b)\s*(.*?))?\s*$`).exec(arg) ?? [];
    if (name === undefined) return undefined;
    names.push(name);
    if (type === undefined || isVariable(name)) continue;
    if (!re(String.raw`^(?:scalar|vector|matrix|symmetric|posdef|diagonal|R|ℝ)(?:$|[ (^²ⁿ])`).test(type)) return undefined;
    statements.push(`${name} : ${type}; `);
  }
  return { statements: statements.join(''), names: names.join(', ') };
}

/** `x.S.x` of Mathematica. */
const chained = (f: string, isVariable: Tells, isVector: Tells): string | undefined => mathematicaMeant(f, isVariable, isVector);

/** Made when the first broken statement asks: reading the patterns takes a quarter of a short command's own time. */
let made: readonly Idiom[] | undefined;
const idioms = (): readonly Idiom[] => [
  { pattern: re(String.raw`(?<at>(?:(?<![\p{L}\p{N}_.])1|𝟏|𝟙|𝟭)\s*(?:\^\s*\{?\s*(?:T(?![\p{L}\p{N}])|⊤|\\top)\s*\}?|ᵀ|'|⊤)\s*\*?\s*(?<x>${W}))`), said: 'A vector of ones is `ones(n)`, and the sum of all entries is `sum(x)`.', meant: ({ x = '' }, _, isVector) => (isVector(x) ? `sum(${x})` : undefined) },
  { pattern: re(String.raw`(?<at>(?:(?<![\p{L}\p{N}_.])1|𝟏|𝟙|𝟭)_?\s*[{\[(]\s*(?<a>${W})\s*>=?\s*0\s*[}\])])`), said: 'Nothing is compared here: `step(x)` is 1 where x is positive, else 0.', meant: ({ a = '' }) => `step(${a})` },
  { pattern: re(String.raw`(?<at>𝟏|𝟙|𝟭)`), said: 'A vector of ones is `ones(n)`.' },
  { pattern: re(String.raw`(?<at>\^\{\s*[-−]\s*(?:T|⊤|\\top)\s*\})`), said: "The inverse transposed is written `A^-T`, without braces.", meant: () => '^-T' },
  { pattern: re(String.raw`(?<at>\^T(?<rest>${W}))`), said: "A transpose is written `A'` or `A^T`, and names side by side have spaces between them.", meant: ({ rest = '' }, isVariable) => (isVariable(rest) ? `^T ${rest}` : [...rest].every(isVariable) ? `^T ${[...rest].join(' ')}` : undefined), holds: ({ rest = '' }, isVariable) => !isVariable(`T${rest}`) },
  { pattern: re(String.raw`(?<at>(?<![\p{L}\p{N}_)\]])[(\[](?<a>[^\[\]()]*)[)\]]_\{?\+\}?)`), said: 'The positive part is `relu(x)`.', meant: ({ a = '' }) => `relu(${a})` },
  { pattern: re(String.raw`(?<at>\b(?<a>\p{L}[\p{L}0-9]*)_\{?\+\}?)(?=\s*(?:$|[*)+\-]))`), said: 'The positive part is `relu(x)`.', meant: ({ a = '' }) => `relu(${a})`, holds: ({ a = '' }, isVariable) => isVariable(a) },
  { pattern: re(String.raw`^(?<all>(?<at>(?<f>${W})\s*=)\s*(?<g>\k<f>\([^()]*\)\s*=)(?!=))`), said: 'A definition has one name and one `=`.', meant: ({ g = '' }) => g },
  { pattern: re(String.raw`^${W}(?:\([^()]*\))?\s*(?<at>≔|≜|≝|=:|←|⟵)`), said: 'A definition is written with `=`.', meant: () => '=' },
  { pattern: re(String.raw`^${W}\([^()]*\)\s*(?<at>↦)`), said: 'A definition is written with `=`.', meant: () => '=' },
  {
    pattern: re(String.raw`^(?<all>(?:(?<f>${W}(?:\([^()]*\))?)\s*=\s*)?(?<at>let)\s+(?<q>${W})\s*=\s*(?<v>.+?)\s+in\s+(?<body>.+))$`), said: 'A definition stands on a line of its own, before what is built on it: there is no `let … in`.',
    meant: ({ f = '', q = '', v = '', body = '' }, isVariable) => (isVariable(q) || /\blet\b/.test(v + body) ? undefined : `${q} = ${v}; ${f === '' ? '' : `${f} = `}${body}`),
  },
  { pattern: re(String.raw`^(?<all>(?<at>(?<f>${W})(?<args>(?:\s+${W})+))\s*=)(?!=)`), said: 'The arguments of a function stand in parentheses: `f(x) = …`.', meant: ({ f = '', args = '' }) => `${f}(${args.trim().split(/\s+/).join(', ')}) =`, holds: ({ f = '', args = '' }, isVariable) => !isVariable(f) && !/^(?:let|var|const|val|def|fun|fn|function|local|auto|set|dim|check|assume|where|for|if|assert|prove|claim|show|verify|test|require|param|parameter|real|int|float|double|vector|matrix|scalar|d)$/.test(f) && !/\s(?:in|is|of|where)(?:\s|$)/.test(args) },
  { pattern: re(String.raw`(?<at>\b(?<f>max|min)_\{?(?<i>\p{L})\}?\s*(?<x>\p{L}[\p{L}0-9]*)_\{?\k<i>\}?(?![\p{L}\p{N}_]))`), said: 'The largest and the smallest entry are `max(x)` and `min(x)`.', meant: ({ f = '', x = '' }) => `${f}(${x})` },
  { pattern: re(String.raw`(?<at>\barg(?:max|min)_\{?[ijk]\}?)(?![\p{L}\p{N}_])`), said: 'The place of the largest entry is no function: its value is `max(x)`.' },
  { pattern: re(String.raw`(?<at>\b(?:max|min)_\{?[ijk]\}?)(?![\p{L}\p{N}_])`), said: 'Over an index there are sums alone; `max(x)` and `min(x)` are over all entries.' },
  { pattern: re(String.raw`(?<![\p{L}\p{N}_.])(?<at>(?<n>[0-9]+(?:\.[0-9]+)?[eE][+\-]?[0-9]+)(?<x>${W}))`), said: 'Between a number with an exponent and a name stands `*`.', meant: ({ n = '', x = '' }) => `${n}*${x}`, holds: (_, isVariable) => !isVariable('e') },
  { pattern: re(String.raw`(?<at>,\s*["'](?:all|omitnan|includenan)["'])(?=\s*\))`), said: 'All entries are taken anyway.', meant: () => '' },
  { pattern: re(String.raw`(?<=[\p{L}\p{N}_)\]])(?<at>\[[^\[\]]*::[^\[\]]*\])`), said: 'A slice is `x[from:to]`: there are no steps.' },
  { pattern: re(String.raw`(?<at>\bD\[(?<f>[^\[\]{}]*),\s*(?<x>${W})\])`), said: 'A derivative is `grad(f, x)`, of an array `jacobian(F, x)`.', meant: ({ f = '', x = '' }, isVariable, isVector) => `∂(${chained(f, isVariable, isVector) ?? f})/∂${x}`, holds: ({ f = '' }, isVariable, isVector) => chained(f, isVariable, isVector) !== undefined },
  { pattern: re(String.raw`(?<at>\((?<f>${INNER})\)\.diff\((?<x>${W})\))`), said: 'A derivative is `grad(f, x)`, of an array `jacobian(F, x)`.', meant: ({ f = '', x = '' }) => `∂(${f})/∂${x}`, holds: ({ f = '' }) => !/@|\*\*/.test(f) },
  { pattern: re(String.raw`(?<at>\b(?:s\.\s?t\.|subject\s+to|such\s+that))`), said: 'There are no constraints. What holds of a variable is declared (`x : vector(n) positive`) or assumed (`assume A*x == b`).' },
  { pattern: re(String.raw`(?<at>\{[^{}|]*\|[^{}|]*\})`), said: 'There are no sets: what holds of a variable is declared, `x : vector(n) positive`.' },
  { pattern: re(String.raw`^(?<all>(?<at>var|param)\s+(?<x>${W})\s*\((?<n>${W}|[0-9]+)\))$`), said: TYPES, meant: ({ x = '', n = '' }) => `${x} : vector(${n})` },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*=\s*(?<at>sym\(\s*["']\k<x>["']\s*,\s*\[\s*(?<m>\w+)[\s,]+(?<n>\w+)\s*\](?:\s*,\s*["']real["'])?\s*\)))$`), said: TYPES, meant: ({ x = '', m = '', n = '' }) => `${x} : ${n === '1' ? `vector(${m})` : `matrix(${m}, ${n})`}` },
  { pattern: re(String.raw`^(?<all>(?<f>${W})\s*=\s*(?<at>[λ\\]\s*(?<x>(?!mathbf|frac|left)${W})\s*(?:\.|->|→)))`), said: 'A function is defined as `f(x) = …`.', meant: ({ f = '', x = '' }) => `${f}(${x}) =` },
  {
    pattern: re(String.raw`^(?<all>(?<f>${W})(?<at>\((?<args>(?:[^():=]|\([^()]*\))*\b${W}\s*(?:::?|∈|\bin\b)\s*[\p{L}](?:[^()=]|\([^()]*\))*)\))\s*:?=)`), said: 'The arguments of a function are names alone; what they are is declared in a statement before: `t : scalar`.',
    meant: ({ f = '', args = '' }, isVariable) => { const a = typedArguments(args, isVariable); return a && `${a.statements}${f}(${a.names}) =`; }, holds: ({ f = '' }, isVariable) => !isVariable(f),
  },
  { pattern: re(String.raw`(?<=\s)(?<at>--)(?=\s)`), said: 'A comment begins with `#` and ends with the line.', meant: () => '#' },
  { pattern: re(String.raw`^(?<at>--)(?=\s*${W}\s*(?:,\s*${W}\s*)*:)`), said: 'A comment begins with `#` and ends with the line.', meant: () => '#' },
  { pattern: re(String.raw`(?<at>(?:\b|(?<=\P{L}))(?<f>𝔼|ℙ|E(?=\[)|Var(?=\[)|Cov(?=\[)|Pr(?=\[)|Prob(?=\[))(?=[\[(]))`), said: 'There are no expectations and probabilities: write the sum or the formula; the mean of all entries is `mean(x)`.', holds: ({ f = '' }, isVariable) => !isVariable(f) },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*:\s*(?<n>${W}|[0-9]+)\s*(?<at>-\s*(?:dim(?:ensional)?\s+)?vector))$`), said: TYPES, meant: ({ x = '', n = '' }) => `${x} : vector(${n})` },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*:\s*(?<at>(?<m>${W}|[0-9]+)\s*(?:x|×|by|\*)\s*(?<n>${W}|[0-9]+)\s+(?<words>(?:${W}\s+)*)matrix))$`), said: TYPES, meant: ({ x = '', m = '', n = '', words = '' }) => `${x} : matrix(${m}, ${n}) ${words}`.trim() },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*:\s*(?<at>vector\s+of\s+(?:size|length|dimension|dim)\s+(?<n>${W}|[0-9]+)))$`), said: TYPES, meant: ({ x = '', n = '' }) => `${x} : vector(${n})` },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*:\s*(?<at>matrix\s+of\s+(?:size|dimension|dim)s?\s+(?<m>${W}|[0-9]+)\s*(?:x|×|by|,)\s*(?<n>${W}|[0-9]+)))$`), said: TYPES, meant: ({ x = '', m = '', n = '' }) => `${x} : matrix(${m}, ${n})` },
  { pattern: re(String.raw`:.*\)\s*(?<at>is\s+)(?:${W})`), said: 'Structure words follow the sizes by themselves: `S : matrix(n, n) symmetric`.', meant: () => '' },
  { pattern: re(String.raw`^(?<all>(?<at>let|const|var|val|local|auto)\s+(?<x>${W})\s*=\s*(?<t>(?:vector|matrix)\([^()]*\)))$`), said: TYPES, meant: ({ x = '', t = '' }) => `${x} : ${t}` },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*(?<at>::\s*(?:Abstract)?(?<t>Vector|Matrix|Float64|Float32|Real|Number)(?:\{[\w{}, ]*\})?))$`), said: TYPES, meant: ({ x = '', t = '' }) => `${x} : ${t === 'Vector' ? 'vector(n)' : t === 'Matrix' ? 'matrix(m, n)' : 'scalar'}` },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*=\s*(?<at>${MODULE}(?:random\.)?(?:randn?|normal|uniform|standard_normal)\(\s*(?<m>${W}|[0-9]+)\s*(?:,\s*(?<n>${W}|[0-9]+)\s*)?(?:,\s*\w+\s*=\s*\w+\s*)*\)))$`), said: 'Nothing is drawn at random: an array is declared, and points are drawn where they are needed.', meant: ({ x = '', m = '', n = '' }) => `${x} : ${n === '' ? `vector(${m})` : `matrix(${m}, ${n})`}` },
  { pattern: re(String.raw`(?<at>\b(?:${MODULE}|(?=jac(?:fwd|rev)))(?<d>grad|jacfwd|jacrev|jacobian|hessian)\((?<f>${W})\)\((?<x>${W})\))`), said: 'A derivative takes its variable as an argument.', meant: ({ d = '', f = '', x = '' }) => `${d.startsWith('jac') ? 'jacobian' : d}(${f}, ${x})` },
  { pattern: re(String.raw`(?<at>\b(?<d>grad|jacobian|hessian)\((?<f>${INNER}),\s*(?:wrt|argnums?|by)\s*=\s*(?<x>${W})\))`), said: 'A derivative takes its variable as an argument.', meant: ({ d = '', f = '', x = '' }) => `${d}(${f}, ${x})` },
  { pattern: re(String.raw`^(?<at>(?:the\s+)?(?<d>gradient|jacobian|hessian|derivative)\s+of\s+(?<f>\S.*?)(?:\s+(?:with\s+respect\s+to|w\.?r\.?t\.?|by|in)\s+(?<x>${W}))?)$`), said: 'A derivative is asked for by `grad(f, x)`, `jacobian(F, X)`, `hessian(f, x)`.', meant: ({ d = '', f = '', x = '' }) => (x === '' ? undefined : `${d === 'jacobian' || d === 'hessian' ? d : 'grad'}(${f}, ${x})`) },
  { pattern: re(String.raw`^(?<all>(?<at>assert|prove|claim|show|verify|test|require)\s+(?<a>[^=<>]+?)\s*=\s*(?<b>[^=<>]+))$`), said: 'An identity is claimed by `check A == B`.', meant: ({ a = '', b = '' }) => `check ${a} == ${b}` },
  { pattern: re(String.raw`^(?<all>(?<at>verify)\s+)\S`), said: 'Requests are verified by a command, or all by `mcalc verify`: the request alone is enough.', meant: () => '' },
  { pattern: re(String.raw`^(?<all>(?<at>[d∂](?<f>${W})\/[d∂](?<x>${W}))\s*=\s*(?<b>[^=]+))$`), said: 'A derivative is found, not defined; what it should be is claimed.', meant: ({ at = '', b = '' }) => `check ${at} == ${b}` },
  { pattern: re(String.raw`^(?<all>(?<at>∇²?\s*${W}(?:\([^()]*\))?)\s*=\s*(?<b>[^=]+))$`), said: 'A derivative is found, not defined; what it should be is claimed.', meant: ({ at = '', b = '' }) => `check ${at} == ${b}` },
  { pattern: re(String.raw`(?<at>\b(?<f>max|min|prod|mean)\(\s*(?<body>${INNER})\s*,\s*(?<j>${W})\s*=\s*(?<from>${W}|[0-9]+)\s*:\s*(?:${W}|[0-9]+)\s*\))`), said: 'Over an index there are sums alone; these functions are over all entries.', meant: ({ f = '', body = '', j = '', from = '' }) => (from === '1' && body.endsWith(`[${j}]`) && simple(body.slice(0, -j.length - 2)) ? `${f}(${body.slice(0, -j.length - 2)})` : undefined) },
  { pattern: re(String.raw`(?<at>\bSum\((?<body>.*),\s*\(\s*(?<i>${W})\s*,\s*(?<from>${W}|[0-9]+)\s*,\s*(?<to>${W}|[0-9]+)\s*\)\s*\))`), said: SUM, meant: ({ body = '', i = '', from = '', to = '' }) => `sum(${body.replace(/\*\*/g, '^')}, ${i} = ${from}:${to})` },
  { pattern: re(String.raw`(?<![|\\\p{L}\p{N})\]])(?<at>\|(?<a>[^|\\]+)\|_\{?(?<p>1|2|F|∞)\}?)(?![|\p{L}\p{N}])`), said: 'A norm is written `norm(…)`, or with the sign `‖…‖`.', meant: ({ a = '', p = '' }) => `${norms[p] ?? 'norm'}(${a.trim()})` },
  { pattern: re(String.raw`(?<at>\blog\s*\|(?<a>[^|]+)\|)`), said: 'A determinant is `det(A)`, its logarithm `logdet(A)`.', meant: ({ a = '' }) => `logdet(${a.trim()})` },
  { pattern: re(String.raw`^(?<all>(?<f>${W})\s*:\s*(?<x>(?!R\b|ℝ)${W})\s*(?<at>->))(?=\s*[^R\s])`), said: 'A function is defined as `f(x) = …`.', meant: ({ f = '', x = '' }) => `${f}(${x}) =` },
  { pattern: re(String.raw`(?<all>(?<at>@\.)\s*(?<e>.*))$`), said: 'There is no `@.`: functions act on every entry, and `.*`, `./`, `.^` are entry by entry.', meant: ({ e = '' }) => e.replace(/(?<![.*])([*^/])(?!\*)/g, '.$1') },
  { pattern: re(String.raw`(?<at>\.\.\.)$`), said: 'A line goes on where it ends with an operator, or inside brackets.' },
  { pattern: re(String.raw`^(?<all>(?<f>${W})\s*(?:<-|=)\s*(?<at>function)\s*\((?<args>[^()]*)\)\s*\{?\s*(?:return\s*\((?<r>.*)\)|(?<body>[^{}]*?))\s*\}?)$`), said: 'A function is defined as `f(x) = …`.', meant: ({ f = '', args = '', body = '', r = '' }) => `${f}(${args.trim()}) = ${r || body}` },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*(?:<-|=)\s*(?<at>c\((?<args>[^()]*)\)))$`), said: 'Entries below each other stand in brackets: `[1; 2; 3]`.', meant: ({ x = '', args = '' }) => `${x} = [${args.split(',').map((a) => a.trim()).join('; ')}]`, holds: (_, isVariable) => !isVariable('c') },
  { pattern: re(String.raw`(?<=\()\s*(?<at>(?<a>${W})\s*>=?\s*0)(?=\s*\))`), said: 'Nothing is compared here: `step(x)` is 1 where x is positive, else 0.', meant: ({ a = '' }) => `step(${a})` },
  { pattern: re(String.raw`(?<at>\bsum\((?<body>${INNER})\s+for\s+(?<i>${W})\s+(?:in|=|∈)\s*(?<range>${INNER})\))`), said: SUM, meant: ({ body = '', i = '', range = '' }) => { const b = bounds(range); return b && `sum(${body}, ${i} = ${b})`; } },
  { pattern: re(String.raw`(?<at>\bsum\s+over\s+(?<i>${W})\s*(?:(?:in|=|from)\s*(?<range>[\p{L}0-9]+(?::|\s+to\s+)[\p{L}0-9]+)\s*)?(?:of\s+|:\s*|,\s*)(?<body>.+))$`), said: SUM, meant: ({ i = '', range = '', body = '' }) => (range === '' ? undefined : `sum(${entriesOf(body, i)}, ${i} = ${range.replace(/\s+to\s+/, ':')})`) },
  { pattern: re(String.raw`(?<at>(?:${MODULE})?einsum\(\s*["'](?<spec>[^"']*)["']\s*,\s*(?<args>[^()]*)\))(?=(?<method>\.)?)`), said: 'There is no `einsum`: arrays have two indices at most, and sums over one are products.', meant: ({ spec = '', args = '', method }) => { const product = einsumMeant(spec, args.split(',').map((a) => a.trim())); return product !== undefined && method !== undefined ? `(${product})` : product; } },
  { pattern: re(String.raw`^(?<at>(?<what>[^=≻⪰≽>]+?)\s*(?<sign>≻|⪰|≽|≥|>>|\\succeq|\\succ)=?\s*0)$`), said: 'What is definite is declared, `S : matrix(n, n) posdef`, or assumed.', meant: ({ what = '', sign = '' }) => `assume ${sign === '≻' || sign === '\\succ' ? 'posdef' : 'possemidef'}(${what})` },
  { pattern: re(String.raw`(?<at>${MODULE}(?:eye|identity)\((?<n>${W}|[0-9]+)\))`), said: 'Functions belong to no module here, and the identity is `I(n)`.', meant: ({ n = 'n' }) => `I(${n})` },
  { pattern: re(String.raw`(?<at>${MODULE}trace\((?<a>${INNER})\))`), said: 'Functions belong to no module here, and the trace is `tr(A)`.', meant: ({ a = '' }) => `tr(${a.replaceAll('@', '*')})`, holds: ({ a = '' }) => !/[.(]/.test(a) },
  { pattern: re(String.raw`(?<at>(?:${MODULE})?norm\((?<a>[^(),]+),\s*(?:ord|p)\s*=\s*["']?(?<p>\w+)["']?\))`), said: 'Each norm has a name of its own: `norm`, `norm1`, `normInf` of a vector, `normF`, `norm2`, `normNuc` of a matrix.', meant: ({ a = '', p = '' }) => norms[p] && `${norms[p]}(${a.trim()})` },
  { pattern: re(String.raw`^(?<at>(?<f>${W})\[(?<args>${W}_(?:\s*,\s*${W}_)*)\]\s*:?=)`), said: 'A function is defined as `f(x) = …`.', meant: ({ f = '', args = '' }) => `${f}(${args.replaceAll('_', '')}) =` },
  { pattern: re(String.raw`(?<at>\bSum\[(?<body>.*),\s*\{(?<i>${W}),\s*(?:(?<from>${W}|[0-9]+),\s*)?(?<to>${W}|[0-9]+)\}\])`), said: SUM, meant: ({ body = '', i = '', from = '1', to = '' }) => `sum(${entriesOf(body, i)}, ${i} = ${from}:${to})` },
  { pattern: re(String.raw`(?<at>\bTable\[.*\{.*\}\])`), said: 'Nothing makes an array entry by entry: write it by products, `diag`, `ones` and elementwise functions.' },
  { pattern: re(String.raw`(?<at>\bD\[(?<f>${INNER}),\s*\{(?<x>${W}),\s*2\}\])`), said: 'A second derivative is `hessian(f, x)`.', meant: ({ f = '', x = '' }, isVariable, isVector) => `hessian(${chained(f, isVariable, isVector) ?? f}, ${x})` },
  { pattern: re(String.raw`(?<at>\b(?<f>max|min|exp|log|tr|det|sqrt|diag|vec)\{(?<args>[^{}]*)\})`), said: 'Arguments stand in parentheses.', meant: ({ f = '', args = '' }) => `${f}(${args})` },
  { pattern: re(String.raw`(?<at>\{(?<args>[^{}]*,[^{}]*)\})`), said: 'Braces make no list: blocks stand in brackets, `[a; b]` below each other, `[a, b]` beside.', meant: ({ args = '' }) => (args.split(',').every(simple) ? `[${args.split(',').map((a) => a.trim()).join('; ')}]` : undefined) },
  {
    pattern: re(String.raw`^(?:${W}(?:\([^()]*\))?\s*=\s*)?(?<all>.*?(?<at>\b(?<a>${W})\((?<items>[^()=:]*:[^()=]*)\)).*)$`), said: 'Entries and slices stand in brackets, `A[:, 1]`; all entries in one column are `vec(A)`.', holds: ({ a = '' }, isVariable) => isVariable(a),
    meant: ({ all = '' }, isVariable, isVector) => all.replace(new RegExp(String.raw`\b(${W})\(([^()=:]*:[^()=]*)\)`, 'gu'), (call: string, a: string, items: string) => (!isVariable(a) ? call : items.trim() !== ':' ? `${a}[${items}]` : isVector(a) ? a : `vec(${a})`)),
  },
  { pattern: re(String.raw`(?<at>\.')`), said: "Arrays are real: a transpose is `A'`.", meant: () => "'" },
  { pattern: re(String.raw`^(?<all>(?<f>${W})\s*=\s*(?<at>@\((?<args>[^()]*)\)))`), said: 'A function is defined with its arguments: `f(x) = …`.', meant: ({ f = '', args = '' }) => `${f}(${args}) =` },
  { pattern: re(String.raw`(?<=[(,]\s{0,3})(?<at>@(?=[\p{L}])${W})(?=\s*[,)])`), said: 'Functions are no arguments: write what they do, entry by entry or by a product.' },
  { pattern: re(String.raw`(?<at>~=)`), said: 'Nothing is compared here but by `check A == B`.' },
  { pattern: re(String.raw`(?<at>\bmapreduce\(\s*(?<f>${W})\s*,\s*\+\s*,\s*(?<a>${INNER})\))`), said: 'Functions are no arguments, they act on every entry by themselves.', meant: ({ f = '', a = '' }) => (f === 'abs2' ? `sum(${simple(a) ? a : `(${a})`}.^2)` : `sum(${f}(${a}))`) },
  {
    pattern: re(String.raw`(?<at>\b(?:cellfun|arrayfun)\(\s*@\(\s*(?<v>${W})\s*\)\s*(?<body>[^,]+),\s*(?<a>${W})\s*\))`), said: 'Functions are no arguments, they act on every entry by themselves.',
    meant: ({ v = '', body = '', a = '' }) => body.trim().replace(new RegExp(String.raw`(?<![\p{L}\p{N}_])${v}(?![\p{L}\p{N}_(])`, 'gu'), a).replace(/(?<!\.)([*^/])/g, '.$1'),
  },
  { pattern: re(String.raw`(?<at>\bsum\(abs2,\s*(?<a>${INNER})\))`), said: 'Functions are no arguments, they act on every entry by themselves.', meant: ({ a = '' }) => `sum(${simple(a) ? a : `(${a})`}.^2)` },
  { pattern: re(String.raw`^(?:${W}(?:\([^()]*\))?\s*=\s*)?(?<all>.*?\b${W}(?<at>\.)\(.*)$`), said: 'A function acts on every entry by itself.', meant: ({ all = '' }) => all.replace(new RegExp(String.raw`\b(${W})\.\(`, 'gu'), '$1(').replace(/\.([+\-−])/g, '$1') },
  { pattern: re(String.raw`(?<at>\.(?<op>[+\-−]))`), said: 'Sums are entry by entry without a point.', meant: ({ op = '+' }) => op },
  { pattern: re(String.raw`(?<all>(?<a>[^=|]*?)\s*(?<at>\.?\|>)\s*(?<f>${W}))$`), said: 'A function stands before its argument.', meant: ({ a = '', f = '' }) => (a.trim() === '' ? undefined : ` ${f}(${a.trim()})`) },
  { pattern: re(String.raw`(?<at>(?:${MODULE})?where\((?<c>${W})\s*>=?\s*0\.?0*,\s*(?<x>${W}),\s*0\.?0*\))`), said: 'There are no conditions; `max`, `abs`, `relu` and `step` choose by sign.', meant: ({ c = '', x = '' }) => (c === x ? `relu(${x})` : `step(${c}) .* ${x}`) },
  { pattern: re(String.raw`(?<at>(?:${MODULE})?where\()`), said: 'There are no conditions; `max`, `abs`, `relu` and `step` choose by sign.' },
  { pattern: re(String.raw`(?<at>\bwhere\b)`), said: 'What follows from a definition stands on a line of its own, above or below: there is no `where`.' },
  { pattern: re(String.raw`(?<at>\s*::\s*(?:Array|Vector|Matrix|Float|Real|Int|Abstract)[\w{}, ]*)`), said: 'Types are declared, `x : vector(n)`, not written at expressions.', meant: () => '' },
  { pattern: re(String.raw`^(?!.*\\[A-Za-z]).*?(?<at>(?<![\p{L}\p{N}_])(?:e|exp)\s*\^\s*\{(?<a>[^{}]*)\})`), said: 'A power of the number e is written `exp(…)`.', meant: ({ a = '' }) => `exp(${a.trim()})`, holds: (_, isVariable) => !isVariable('e') },
  { pattern: re(String.raw`^(?!.*\\(?!top|intercal|mathsf|prime)[A-Za-z]).*?(?<at>\^\{\s*(?:T|t|H|⊤|\\top|\\intercal|\\mathsf\{T\}|\\prime)\s*\})`), said: "A transpose is written `A'` or `A^T`, without braces.", meant: () => "'" },
  { pattern: re(String.raw`(?<at>\b(?<a>[\p{L}][\p{L}\p{M}0-9]*)_\{(?<i>[\p{L}0-9]+(?:\s*,\s*[\p{L}0-9]+)?)\})`), said: 'Braces belong to LaTeX: an entry is `x[i]` or `A[i, j]`, a name of its own `x_1`.', meant: ({ a = '', i = '' }, isVariable, isVector) => `${a}[${/^\p{L}{2}$/u.test(i) && isVariable(a) && !isVector(a) ? `${i.charAt(0)}, ${i.charAt(1)}` : i.replace(/\s*,\s*/, ', ')}]` },
  { pattern: re(String.raw`^(?!.*\\[A-Za-z]).*?(?<at>\\\|(?<a>[^|\\]*)\\\|(?:_\{?(?<p>[F12*])\}?)?)`), said: 'A norm is written `norm(x)`. LaTeX is read by `mcalc convert --from latex`.', meant: ({ a = '', p = '' }) => `${norms[p] ?? 'norm'}(${a.trim()})` },
  { pattern: re(String.raw`(?<at>\s*\\\\)$`), said: 'A statement ends with its line.', meant: () => '' },
  { pattern: re(String.raw`(?<at>(?:[∑Σ]|(?<!\\)\bsum)_\{\s*(?<i>\p{L})\s*=\s*(?<from>[\p{L}0-9]+)\s*\}\s*\^\s*\{?(?<to>[\p{L}0-9]+)\}?\s*(?<body>[^+\-−]+))$`), said: SUM, meant: ({ i = '', from = '', to = '', body = '' }) => `sum(${entriesOf(body.trim(), i)}, ${i} = ${from}:${to})` },
  { pattern: re(String.raw`(?<at>[∑Σ]_?\{?[ᵢⱼₖₗₘₙ\p{L}]\}?(?![\p{L}(]))`), said: SUM },
  { pattern: re(String.raw`(?<at>∏\s*(?=\())`), said: 'The product of all entries is `prod(x)`.', meant: () => 'prod' },
  { pattern: re(String.raw`(?<at>‖_\{(?<p>F|2|1|∞|\*)\})`), said: 'The mark of a norm stands without braces.', meant: ({ p = '' }) => `‖_${p}` },
  { pattern: re(String.raw`(?<at>(?:(?<=[\p{L}\p{N})\]']\s{0,3})\|\|(?=[^|]+\|\|)|\|\|(?=[^|]+\|\|[₁₂]))(?<a>[^|]+)\|\|_?\{?(?<p>[F12₁₂*∞])?\}?)`), said: 'A norm is written `norm(…)`, or with the sign `‖…‖`.', meant: ({ a = '', p = '' }) => `${norms[p] ?? 'norm'}(${a.trim()})` },
  { pattern: re(String.raw`(?<at>\b(?<d>[0-9]+),(?<e>[0-9]+)\b)(?=\s*[\p{L}(*])`), said: 'Decimals have a point.', meant: ({ d = '', e = '' }) => `${d}.${e}` },
  { pattern: re(String.raw`\s(?<at>if)\s.*\belse\b`), said: 'There are no conditions; `max`, `abs`, `relu` and `step` choose by sign.' },
  { pattern: re(String.raw`[<>=].*(?<at>\?).*:`), said: 'There are no conditions; `max`, `abs`, `relu` and `step` choose by sign.' },
  { pattern: re(String.raw`(?<![(,]\s{0,3})(?<at>"[^"]*")`), said: 'There are no texts in the notation.' },
  { pattern: re(String.raw`^(?<all>(?<f>${W})\s*[:=]\s*(?:[^↦=|\\]*,\s*)?(?<x>${W})\s*(?<at>↦|\\mapsto|\|->))`), said: 'A function is defined as `f(x) = …`.', meant: ({ f = '', x = '' }) => `${f}(${x}) =` },
  { pattern: re(String.raw`(?<at>\b(?<a>${W})(?:\^\s*\{?\s*(?:\+|†|\\dagger)\s*\}?|⁺|†)(?=\s*(?:$|[*)\],;\p{L}+\-−])))`), said: 'The pseudo-inverse is `pinv(A)`.', meant: ({ a = '' }) => `pinv(${a})` },
  { pattern: re(String.raw`(?<at>⟨(?<a>[^⟨⟩|]+)\|(?<b>[^⟨⟩|]+)⟩)`), said: 'An inner product is `dot(x, y)`.', meant: ({ a = '', b = '' }) => `dot(${a.trim()}, ${b.trim()})` },
  { pattern: re(String.raw`(?<at>•)`), said: 'A product is written `*`, an elementwise one `.*`.', meant: () => '*' },
  { pattern: re(String.raw`(?<all>(?<at>∛)\s*(?<x>${W}))`), said: 'A cube root is the power `.^(1/3)`.', meant: ({ x = '' }) => `${x}.^(1/3)` },
  { pattern: re(String.raw`(?<at>(?:LinearAlgebra|Student|VectorCalculus):-)`), said: 'Functions belong to no module here.', meant: () => '' },
  { pattern: re(String.raw`^(?<all>(?<f>${W})\s*:=\s*(?<at>proc)\s*\((?<args>[^()]*)\)\s*(?<body>.*?)\s*(?:;\s*)?\bend(?:\s+proc)?\s*:?)$`), said: 'A function is defined as `f(x) = …`.', meant: ({ f = '', args = '', body = '' }) => `${f}(${args}) = ${body}` },
  { pattern: re(String.raw`(?<at>\b(?:MatrixSymbol|Symbol|symbols)\(\s*["'](?<x>${W})["']\s*(?:,\s*(?<m>[\w]+)\s*,\s*(?<n>[\w]+)\s*)?\))`), said: 'A variable is declared: `X : matrix(m, n)`, `x : vector(n)`, `t : scalar`.' },
  { pattern: re(String.raw`^(?<all>(?<x>${W})\s*=\s*(?<at>(?:cp|cvxpy|cvx)\.(?:Variable|Parameter))\((?<sizes>[^()]*|\([^()]*\))\)?)$`), said: 'A variable is declared: `x : vector(n)`, `X : matrix(m, n)`.' },
  { pattern: re(String.raw`^(?:${W}\s*=\s*)?(?<at>[^~=]+~)\s*${W}\(`), said: 'There are no distributions: what is drawn is declared, and points are drawn where they are needed.' },
  { pattern: re(String.raw`(?<at>\b${W}\([^()|]*(?<!\|)\|(?!\|)[^()|]*\))`), said: 'There are no conditional densities: write the logarithm of the density as an expression.' },
  { pattern: re(String.raw`(?<at>∫)`), said: 'Integrals are not part of the notation.' },
  { pattern: re(String.raw`(?<at>…|\.\.\.)`), said: 'What is left out cannot be read. A finite sum is `sum(x[i], i = 1:n)`.' },
  { pattern: re(String.raw`(?<at>[±∓])`), said: 'Two signs are two formulas: write one with `+` and one with `-`.' },
  { pattern: re(String.raw`(?<at>[∀∃]).*`), said: 'Nothing is said of all or of some: declare the variable, and claim what holds with `check A == B`.' },
  { pattern: re(String.raw`(?<at>≈|≃|∼)`), said: 'Nothing is compared here but by `check A == B`.' },
  {
    pattern: re(String.raw`^(?<all>(?<f>${W})\s*<-\s*(?<at>.+))$`), said: "This is R: a product is `*`, one of entries `.*`, a transpose `A'`, an inverse `inv(A)`.",
    meant: ({ f = '', at = '' }, isVariable, isVector) => `${f} = ${rMeant(at, isVariable, isVector)}`, holds: ({ at = '' }, isVariable, isVector) => rMeant(at, isVariable, isVector) !== undefined,
  },
  {
    pattern: re(String.raw`^(?:${W}(?:\([^()]*\))?\s*=\s*)?(?<at>.+)$`), said: "This is R: a product is `*`, one of entries `.*`, a transpose `A'`, an inverse `inv(A)`.",
    meant: ({ at = '' }, isVariable, isVector) => rMeant(at, isVariable, isVector), holds: ({ at = '' }, isVariable, isVector) => rMeant(at, isVariable, isVector) !== undefined,
  },
  {
    pattern: re(String.raw`^(?:${W}(?:\([^()]*\))?\s*:?=\s*)?(?<at>.+)$`), said: 'This is Mathematica: arguments stand in parentheses, names of functions are small, a product is `*`.',
    meant: ({ at = '' }, isVariable, isVector) => mathematicaMeant(at, isVariable, isVector), holds: ({ at = '' }, isVariable, isVector) => mathematicaMeant(at, isVariable, isVector) !== undefined,
  },
  {
    pattern: re(String.raw`^(?:${W}(?:\([^()]*\))?\s*=\s*)?(?<at>.+)$`), said: 'This is Python: functions belong to no module and stand before their arguments; a product is `*`, a power of entries `.^`.',
    meant: ({ at = '' }, isVariable, isVector) => pythonMeant(at, isVariable, isVector), holds: ({ at = '' }, isVariable, isVector) => pythonMeant(at, isVariable, isVector) !== undefined,
  },
  {
    pattern: re(String.raw`^(?:${W}(?:\([^()]*\))?\s*=\s*)?(?<all>[^@]*[\p{L}\p{N}_)]\s*(?<at>@)\s*[\p{L}(].*)$`), said: "A product is written `*`, and a vector to the left of one is transposed: `x'*y`.",
    meant: ({ all = '' }, _, isVector) => productsMeant(all, isVector), holds: ({ all = '' }, _, isVector) => productsMeant(all, isVector) !== all.replace(/\s*@\s*/g, '*'),
  },
];

/** The one complaint that a statement deserves; `from` is where its text begins. Undefined where it holds no such phrase. */
export function idiomIn(statement: string, from: number, isVariable: Tells, isVector: Tells): Diagnostic | undefined {
  if (statement.length > LONGEST || GAP.test(statement)) return undefined;
  made ??= idioms();
  for (const { pattern, said, meant, holds } of made) {
    const match = pattern.exec(statement);
    const groups = match?.groups ?? {};
    const places = match?.indices?.groups;
    const at = places?.['at'];
    if (!match || !at || (holds && !holds(groups, isVariable, isVector))) continue;
    const written = meant?.(groups, isVariable, isVector);
    const place = places['all'] ?? at;
    const range = { start: from + at[0], end: from + at[1] };
    const fixes: readonly Fix[] = written === undefined ? [] : [{ title: written === '' ? 'Remove it' : `Write \`${written.trim().slice(0, 60)}\``, edits: [{ range: { start: from + place[0], end: from + place[1] }, text: written }], safe: false }];
    return diagnose('MC1024', said, range, { fixes });
  }
  return undefined;
}
/** Longer statements are no slips of the pen, and patterns are tried on short texts only. */
const LONGEST = 300;
/** Blanks that a pattern could try in many ways. */
const GAP = /\s{16}/;
