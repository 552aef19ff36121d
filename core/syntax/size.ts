/** How long a printed expression is to a reader: its operators and leaves. Imports nothing. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const FUNCTIONS = words(`exp log sqrt sin cos tan asin acos atan sinh cosh tanh abs sign relu sigmoid softplus erf normcdf gamma lgamma digamma max min inv pinv sqrtm invsqrtm
  expm logm chol polar adj tr det logdet sum mean prod norm normF norm2 normNuc norm1 normInf logsumexp dot entropy eigmax eigmin cond diag vec unvec kron kronsum commutation
  duplication tril triu sym skewpart softmax eigvals svdvals cross skew3 rowsum colsum cumsum hadamard I ones zeros e E grad jacobian hessian diff hvp vjp trigamma polygamma`);
/** A solve says less than a closed form: ten more each. */
const SOLVES = words('sylvester expmFrechet logmFrechet powmFrechet expmKron logmKron powmKron');

const TOKEN = new RegExp([
  /(?<sp>\s+)/u, /(?<num>\p{Nd}+\.?\p{Nd}*(?:[eE][+-]?\p{Nd}+)?|\.\p{Nd}+)/u, /(?<two>\^\s*-\s*T(?![\p{L}\p{N}_])|[²³])/u,
  /(?<one>\^\s*\(?-1\)?(?![\p{Nd}./])|\^\s*T(?![\p{L}\p{N}_])|⁻¹|\.T(?![\p{L}\p{N}_])|['ᵀ])/u,
  /(?<name>(?![\p{Nd}²³¹ᵀ])[\p{L}\p{N}_](?:(?![²³¹ᵀ])[\p{L}\p{N}_])*)/u, /(?<open>[([])/u, /(?<close>[)\]])/u, /(?<sep>[,;])/u,
  /(?<op>\.\*|\.\/|\.\^|==|[^\s\p{L}\p{N}_])/u,
].map((r) => r.source).join('|'), 'uy');

/** Operators and leaves of a text; a product without `*` counts its operator; parentheses, commas and semicolons count nothing. */
export function printSize(text: string): number {
  let size = 0;
  let at = 0;
  let hasOperand = false;
  let isFunction = false;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const groups = found?.groups;
    if (!found || !groups) { at++; continue; }
    at += found[0].length;
    if (groups['sp'] !== undefined) continue;
    const name = groups['name'];
    if (name !== undefined || groups['num'] !== undefined) {
      const isCalled = text[at] === '(';
      if (name !== undefined && SOLVES.has(name) && isCalled) size += 10;
      size += hasOperand ? 2 : 1;
      hasOperand = true;
      isFunction = name !== undefined && (FUNCTIONS.has(name) || ([...name].length > 2 && isCalled));
      continue;
    }
    if (groups['open'] !== undefined) {
      if (found[0] === '[' || (hasOperand && !isFunction)) size++;
      hasOperand = false;
    } else if (groups['close'] !== undefined) hasOperand = true;
    else if (groups['one'] !== undefined) size++;
    else if (groups['two'] !== undefined) size += 2;
    else if (groups['op'] !== undefined) { size++; hasOperand = false; }
    else if (groups['sep'] !== undefined) hasOperand = false;
    isFunction = false;
  }
  return size;
}
