/** Machine expressions as mcalc text, for the comments of generated code. */
import { addDim, D1, isOne, isScalar, type Dim } from '../algebra/dim';
import { addQ, isOneQ, isZeroQ, keyQ, ONE, type Rational } from '../algebra/rational';
import type { Expr } from './expr';
import { isNumberOne, signed } from './facts';

const ATOM = 9, POWER = 8, PRODUCT = 5, SUM = 3;
interface Text { readonly text: string; readonly strength: number }
const at = (t: Text, least: number): string => (t.strength >= least ? t.text : `(${t.text})`);

/** `nameOf` gives what a leaf is called where it stands; long formulas are cut at `limit` characters. */
export function formula(e: Expr, nameOf: (name: string, local: boolean) => string, known: (e: Expr) => string | undefined = () => undefined, limit = 120): string {
  // Parts that are shared are written wherever they stand: what is cut off is not written.
  let left = 8 * limit;
  const text = write(e, nameOf, known, () => left-- > 0).text;
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

/** The matrix that moves blocks of rows. */
const shuffle = ([n = D1, m = D1, each = D1]: readonly Dim[]): string => { const K = `commutation(${m.key}, ${n.key})`; return isOne(each) ? K : `(${K} ⊗ I(${each.key}))`; };

function write(e: Expr, nameOf: (name: string, local: boolean) => string, known: (e: Expr) => string | undefined, goesOn: () => boolean): Text {
  const atom = (text: string): Text => ({ text, strength: ATOM });
  if (!goesOn()) return atom('…');
  const sub = (x: Expr): Text => {
    const name = x.kind === 'leaf' ? undefined : known(x);
    return name === undefined ? write(x, nameOf, known, goesOn) : atom(name);
  };
  const call = (name: string, ...args: readonly Expr[]): Text => atom(`${name}(${args.map((a) => sub(a).text).join(', ')})`);
  const power = (base: Text, q: Rational, mark: string): Text =>
    isOneQ(q) ? base : { text: `${at(base, ATOM)}${mark}${q.d === 1n && q.n > 0n ? keyQ(q) : q.d === 1n ? `(${keyQ(q)})` : `(${keyQ(q)})`}`, strength: POWER };
  switch (e.kind) {
    case 'leaf': return atom(nameOf(e.name, e.local));
    case 'number': return { text: keyQ(e.value), strength: e.value.n < 0n ? SUM : e.value.d === 1n ? ATOM : PRODUCT };
    case 'literal': return atom(e.text === 'Math.PI' ? 'pi' : e.text);
    case 'size': return { text: e.dim.key, strength: /^[\p{ID_Continue}]+$/u.test(e.dim.key) ? ATOM : SUM };
    case 'identity': return atom('I');
    case 'ones': return atom(`ones(${e.shape.rows.key}${isOne(e.shape.cols) ? '' : `, ${e.shape.cols.key}`})`);
    case 'zeros': return atom(`zeros(${e.shape.rows.key}, ${e.shape.cols.key})`);
    case 'unit': return atom(`e(${oneMore(e.index, sub)})`);
    case 'range': return atom(`I[${addDim(e.from, D1).key}:${addDim(e.from, e.shape.rows).key}, :]`);
    case 'transpose': return { text: `${at(sub(e.arg), ATOM)}'`, strength: POWER };
    case 'inverse': return call('inv', e.arg);
    case 'diag': case 'diagOf': return call('diag', e.arg);
    case 'total': return call('sum', e.arg);
    case 'trace': return atom(`tr(${e.factors.map((f) => at(sub(f), PRODUCT)).join('*')})`);
    case 'product': return { text: e.factors.map((f) => at(sub(f), PRODUCT + 1)).join('*'), strength: PRODUCT };
    case 'map': return call(e.fn, ...e.args);
    case 'call':
      if (e.op === 'unitVector' && e.args[0]) return { text: `${at(sub(e.args[0]), PRODUCT)}/norm(${sub(e.args[0]).text})`, strength: PRODUCT };
      if (e.op === 'centredRows' && e.args[0] && e.args[1]) return { text: `${at(sub(e.args[0]), PRODUCT)} - ${isOne(e.shape.cols) ? `mean(${sub(e.args[1]).text})` : `ones(${e.shape.rows.key})*colsum(${sub(e.args[1]).text})/${e.args[1].shape.rows.key}`}`, strength: SUM };
      if (e.op.endsWith('Spectrum') && e.args[0]) return sub(e.args[0]);
      if (e.op === 'rotation' && e.args[0]) return atom(`expm(skew3(${sub(e.args[0]).text}))`);
      if (e.op === 'rotationFrechet' && e.args[0] && e.args[1]) return atom(`expmFrechet(skew3(${sub(e.args[0]).text}), ${sub(e.args[1]).text})`);
      if (e.op === 'commutation') return atom(`commutation(${e.dims.map((d) => d.key).join(', ')})`);
      if (e.op === 'transposeBlocks' && e.args[0]) return { text: shuffle(e.dims) + '*' + at(sub(e.args[0]), PRODUCT + 1), strength: PRODUCT };
      return call(CALL_NAMES[`${e.op}${e.part}`] ?? CALL_NAMES[e.op] ?? e.op, ...e.args);
    case 'times': {
      const dot = isScalar(e.shape) ? '*' : '.*';
      const mark = isScalar(e.shape) ? '^' : '.^';
      const over = e.powers.filter((p) => p.exponent.n > 0n || p.exponent.d !== 1n);
      const under = e.powers.filter((p) => !over.includes(p));
      const top = over.length === 0 ? '1' : over.map((p) => at(power(sub(p.base), p.exponent, mark), PRODUCT + 1)).join(` ${dot} `);
      const rest = under.map((p) => ` ${isScalar(e.shape) ? '/' : './'} ${at(power(sub(p.base), { n: -p.exponent.n, d: p.exponent.d }, mark), PRODUCT + 1)}`).join('');
      return { text: isScalar(e.shape) ? (top + rest).replace(/ ([*/]) /g, '$1') : top + rest, strength: over.length === 1 && under.length === 0 ? POWER : PRODUCT };
    }
    case 'sum': {
      const parts = e.terms.map((t) => {
        const { negative, size } = known(t.coefficient) === undefined ? signed(t.coefficient) : { negative: false, size: t.coefficient };
        // A scalar beside arrays adds to every entry.
        const broadcast = t.arg.kind === 'ones' && e.terms.length > 1 && e.terms.some((x) => x.arg.kind !== 'ones' && x.arg.kind !== 'identity');
        if (broadcast || t.arg.kind === 'number') return { negative, text: at(sub(size), PRODUCT) };
        if (isNumberOne(size)) return { negative, text: at(sub(t.arg), PRODUCT) };
        return { negative, text: scaled(sub(size), t.arg, sub) };
      });
      const ordered = [...parts.filter((p) => !p.negative), ...parts.filter((p) => p.negative)];
      const text = ordered.map((p, k) => (k === 0 ? `${p.negative ? '-' : ''}${p.text}` : ` ${p.negative ? '-' : '+'} ${p.text}`)).join('');
      return { text, strength: ordered.length === 1 && !ordered[0]?.negative ? PRODUCT : SUM };
    }
  }
}
/** coefficient*arg, with fractions as people write them: `N*S/2`, `-1/(2*l^2)`. */
function scaled(c: Text, arg: Expr, sub: (e: Expr) => Text): string {
  const fraction = /^(\d+)\/(\d+)$/.exec(c.text);
  const divided = /^1\/(\p{L}[^*/ ]*)$/u.exec(c.text);
  if (divided) return `${at(sub(arg), PRODUCT)}/${divided[1] ?? ''}`;
  if (!fraction) return `${at(c, PRODUCT)}*${at(sub(arg), PRODUCT)}`.replace(/\*1\/(?=\S)/, '/');
  const [, over = '1', under = '1'] = fraction;
  const reciprocal = isScalar(arg.shape) && arg.kind === 'times' && arg.powers.every((p) => p.exponent.n < 0n && p.exponent.d === 1n);
  if (reciprocal && arg.kind === 'times') {
    const below = sub({ ...arg, powers: arg.powers.map((p) => ({ base: p.base, exponent: { n: -p.exponent.n, d: p.exponent.d } })) });
    return `${over}/(${under}*${at(below, PRODUCT)})`;
  }
  return `${over === '1' ? '' : `${over}*`}${at(sub(arg), PRODUCT)}/${under}`;
}
/** An index as people count it, from 1; indices of expressions count from 0. */
function oneMore(index: Expr, sub: (e: Expr) => Text): string {
  if (index.kind === 'number') return keyQ(addQ(index.value, ONE));
  if (index.kind === 'size') return addDim(index.dim, D1).key;
  if (index.kind !== 'sum') return `${sub(index).text} + 1`;
  const constant = index.terms.find((t) => isNumberOne(t.arg) && t.coefficient.kind === 'number');
  if (constant?.coefficient.kind !== 'number') return `${sub(index).text} + 1`;
  const value = addQ(constant.coefficient.value, ONE);
  const rest = index.terms.filter((t) => t !== constant);
  const terms = isZeroQ(value) ? rest : [...rest, { ...constant, coefficient: { ...constant.coefficient, value } }];
  const [only] = terms;
  return terms.length === 1 && only && isNumberOne(only.coefficient) ? sub(only.arg).text : sub({ ...index, terms }).text;
}
const CALL_NAMES: Readonly<Record<string, string | undefined>> = {
  eigSym0: 'eigvecs', eigSym1: 'eigvals', svd0: 'svdu', svd1: 'svdvals', svd2: 'svdv', adjugate: 'adj', choleskyLogdet: 'logdetOfFactor', luDeterminant: 'detOfFactor', luLogdet: 'logdetOfFactor', luLogAbsdet: 'logdetOfFactor',
};
