/** What each operator says of its value, as relations between letters. */
import { addDim, constantDim, D0, D1, isOne, isScalar, sameDim, SCALAR, shape, type Dim } from '../algebra/dim';
import type { Node } from '../algebra/node';
import { MINUS_ONE, ONE } from '../algebra/rational';
import { blockDeterminant, determinant, gathered, type Part, type Sources } from './determinants';
import { add, isZero, onlyTerm, polynomial, polynomialKey, scale, square, zero, type Path, type Polynomial } from './polynomial';
import type { Reader } from './read';

type Apply = Node & { readonly kind: 'apply' };
type Read = (r: Reader, a: Apply) => Polynomial | undefined;

const arg = (a: Apply, k = 0): Node => a.args[k] as Node;
const idOf = (p: Polynomial): number => onlyTerm(p)?.word[0] ?? -1;
/** The letter's own relations are added once. */
const once = (r: Reader, a: Apply, args: readonly Polynomial[], relations: (F: Polynomial) => void): Polynomial => {
  const before = r.ring.alphabet.letters.length;
  const F = r.opaque(a, args);
  if (r.ring.alphabet.letters.length > before) relations(F);
  return F;
};
const sourcesOf = (r: Reader): Sources => ({ ring: r.ring, inverses: r.inverses, power: r.sizePower });

function partsOf(r: Reader, of: Node): readonly Part[] {
  if (of.kind === 'apply' && of.op === 'blocks' && of.args.length === 4 && constantDim(of.dims[0] ?? D1) === 2) {
    const made = blockDeterminant(sourcesOf(r), of.args.map((x) => r.poly(x)) as unknown as readonly [Polynomial, Polynomial, Polynomial, Polynomial]);
    r.ring.used.add('det([A, B; C, D]) = det(D)*det(A - B*inv(D)*C)');
    if (made) return made;
  }
  return determinant(sourcesOf(r), r.poly(of));
}

const product = (r: Reader, parts: readonly Part[]): Polynomial => r.ring.times(r.ring.number(ONE), ...parts.map((p) => (p.power === 1 ? p.value : r.inverses.scalarInverse(p.value))));
const det: Read = (r, a) => product(r, partsOf(r, arg(a)));

const logdetOf = (r: Reader, of: Node): Polynomial => gathered(partsOf(r, of)).reduce((sum, p) => add(sum, scale({ n: BigInt(p.power), d: 1n }, logarithm(r, p.value))), zero(SCALAR));
const logdet: Read = (r, a) => logdetOf(r, arg(a));
const tr: Read = (r, a) => {
  const X = arg(a);
  if (X.kind === 'product') r.ring.used.add('tr(A*B) = tr(B*A)');
  if (X.kind !== 'apply' || X.op !== 'logm') return r.ring.trace(r.poly(X));
  r.ring.used.add('tr(logm(A)) = logdet(A)');
  return logdetOf(r, arg(X));
};

/** log|s| of a part of a determinant: both sides of a claim are added up of such parts. */
function logarithm(r: Reader, s: Polynomial): Polynomial {
  if (polynomialKey(s) === polynomialKey(r.ring.number(ONE))) return zero(SCALAR);
  const only = onlyTerm(s);
  if (only && (only.scalars.length > 1 || (only.scalars.length === 1 && only.coefficient.n !== only.coefficient.d))) {
    const each = only.scalars.map((id) => r.ring.ofScalar(r.ring.alphabet.scalar(id)));
    return [...(only.coefficient.n === only.coefficient.d ? [] : [r.ring.number(only.coefficient)]), ...each].reduce((sum, p) => add(sum, logarithm(r, p)), zero(SCALAR));
  }
  const key = only?.scalars.length === 1 ? r.ring.alphabet.scalar(only.scalars[0] as number).key : '';
  const power = /^size:(.*)\^([^^]*)$/.exec(key);
  if (power?.[1] !== undefined && power[2] !== undefined) {
    const size = r.poly(r.g.dimension({ key: power[2], terms: [{ coefficient: 1, names: power[2].split('*') }] }));
    return r.ring.times(size, r.ring.ofScalar(r.ring.alphabet.scalarOf(`log():1,1:${power[1]}`)));
  }
  return r.ring.ofScalar(r.ring.alphabet.scalarOf(`log():1,1:${polynomialKey(s)}`));
}

const log: Read = (r, a) => (isScalar(a.shape) ? logarithm(r, r.poly(arg(a))) : undefined);

const expm: Read = (r, a) => {
  const { ring } = r;
  const X = r.poly(arg(a));
  const n = a.shape.rows;
  if (isZero(X)) return ring.identity(n);
  const terms = [...X.terms.values()].map((t): Polynomial => ({ shape: X.shape, terms: new Map([[`${t.scalars.join(',')}|${t.word.join(',')}`, t]]) }));
  const commute = (P: Polynomial, Q: Polynomial): boolean => isZero(ring.normal(r.minus(ring.times(P, Q), ring.times(Q, P))));
  if (terms.length > 1 && terms.every((P, i) => terms.every((Q, j) => j <= i || commute(P, Q)))) {
    ring.used.add('expm(A + B) = expm(A)*expm(B) where A*B = B*A');
    return ring.times(...terms.map((P) => exponential(r, a, P)));
  }
  return exponential(r, a, X);
};

function exponential(r: Reader, a: Apply, X: Polynomial): Polynomial {
  const { ring } = r;
  const key = (P: Polynomial): string => `expm:${polynomialKey(P)}`;
  const known = ring.alphabet.knownLetter(key(X));
  if (known) return ring.ofLetter(known.id);
  const special = ofOneTerm(r, a, X);
  if (special) return special;
  const T = ring.normal(ring.transpose(X));
  const isSymmetric = polynomialKey(T) === polynomialKey(X);
  const mirrored = isSymmetric ? undefined : ring.alphabet.knownLetter(key(T));
  if (mirrored) return ring.ofLetter(mirrored.mate);
  const others = ring.alphabet.letters.filter((l) => sameDim(l.shape.rows, l.shape.cols) && sameDim(l.shape.rows, a.shape.rows));
  const l = ring.alphabet.letterOf(key(X), a.shape, isSymmetric ? { symmetry: 'symmetric' } : {});
  const E = ring.ofLetter(l.id);
  commuting(r, E, X, others.map((x) => x.id), `expm commutes with what its argument commutes with`);
  const inverse = ring.alphabet.knownLetter(key(scale(MINUS_ONE, X)));
  r.inverses.markInvertible(l.id, 'expm(A)*expm(-A) = I');
  if (inverse) for (const [p, q] of [[E, ring.ofLetter(inverse.id)], [ring.ofLetter(inverse.id), E]] as const) r.relate(r.minus(ring.times(p, q), ring.identity(a.shape.rows)), 'expm(A)*expm(-A) = I');
  for (const k of [2n, 3n, 4n]) {
    const part = ring.alphabet.knownLetter(key(scale({ n: 1n, d: k }, X)));
    const multiple = ring.alphabet.knownLetter(key(scale({ n: k, d: 1n }, X)));
    if (part) r.relate(r.minus(E, ring.times(...Array.from({ length: Number(k) }, () => ring.ofLetter(part.id)))), 'expm(k*A) = expm(A)^k');
    if (multiple) r.relate(r.minus(ring.ofLetter(multiple.id), ring.times(...Array.from({ length: Number(k) }, () => E))), 'expm(k*A) = expm(A)^k');
  }
  return E;
}

/** expm(s*I) = exp(s)*I, expm(A ⊗ I) = expm(A) ⊗ I, expm(Q*A*inv(Q)) = Q*expm(A)*inv(Q). */
function ofOneTerm(r: Reader, a: Apply, X: Polynomial): Polynomial | undefined {
  const { ring } = r;
  const only = onlyTerm(X);
  if (!only) return undefined;
  const by: Polynomial = polynomial(SCALAR, [{ ...only, word: [] }]);
  if (only.word.length === 0) return ring.times(exponentialOf(r, by), ring.identity(a.shape.rows));
  const first = ring.alphabet.letter(only.word[0] as number);
  const last = ring.alphabet.letter(only.word.at(-1) as number);
  const [p, q] = first.parts;
  if (only.word.length === 1) {
    if (first.maker !== 'kron' || !p || !q || (p.word.length === 0) === (q.word.length === 0)) return undefined;
    ring.used.add('expm(A ⊗ I) = expm(A) ⊗ I');
    const of = (x: Path): Polynomial => (x.word.length === 0 ? ring.identity(x.shape.rows) : ring.normal(exponential(r, { ...a, shape: x.shape }, ring.normal(ring.times(by, ring.ofWord(x.shape, x.word))))));
    return r.makers.linear([of(p), of(q)], a.shape, (x, y) => r.makers.kron(x as Path, y as Path));
  }
  if (only.word.length < 3 || !sameDim(first.shape.rows, first.shape.cols)) return undefined;
  const round = ring.normal(ring.times(ring.ofLetter(last.id), ring.ofLetter(first.id)));
  if (polynomialKey(round) !== polynomialKey(ring.identity(first.shape.rows))) return undefined;
  ring.used.add('expm(Q*A*inv(Q)) = Q*expm(A)*inv(Q)');
  return ring.times(ring.ofLetter(first.id), exponential(r, a, ring.normal(ring.times(by, ring.ofWord(a.shape, only.word.slice(1, -1))))), ring.ofLetter(last.id));
}

/** exp of a scalar, term by term: exp(2*s + t) = exp(s)^2*exp(t). */
function exponentialOf(r: Reader, s: Polynomial): Polynomial {
  const { ring } = r;
  return [...s.terms.values()].map((t) => {
    const k = t.coefficient.d === 1n && t.coefficient.n !== 0n && t.coefficient.n <= 6n && t.coefficient.n >= -6n ? t.coefficient.n : 1n;
    const each = polynomial(SCALAR, [{ ...t, coefficient: k === 1n ? t.coefficient : ONE }]);
    const E = ring.ofScalar(ring.alphabet.scalarOf(`exp():1,1:${polynomialKey(each)}`));
    const power = k < 0n ? r.inverses.scalarInverse(E) : E;
    return ring.times(...Array.from({ length: Number(k < 0n ? -k : k) }, () => power));
  }).reduce((x, y) => ring.times(x, y), ring.number(ONE));
}

/** F is a function of X: it commutes with X and with every letter that X commutes with. */
function commuting(r: Reader, F: Polynomial, X: Polynomial, letters: readonly number[], label: string): void {
  const { ring } = r;
  const bracket = (P: Polynomial, Q: Polynomial): Polynomial => r.minus(ring.times(P, Q), ring.times(Q, P));
  r.relate(bracket(F, X), label);
  for (const id of letters) {
    const L = ring.ofLetter(id);
    if (isZero(ring.normal(bracket(X, L)))) r.relate(bracket(F, L), label);
  }
}

const ofMatrix: Read = (r, a) => {
  const X = r.poly(arg(a));
  const n = r.ring.alphabet.letters.length;
  return once(r, a, [X], (F) => {
    const others = r.ring.alphabet.letters.slice(0, n).filter((l) => sameDim(l.shape.rows, a.shape.rows) && sameDim(l.shape.cols, a.shape.rows)).map((l) => l.id);
    commuting(r, F, X, others, `${a.op} commutes with what its argument commutes with`);
  });
};

const pinv: Read = (r, a) => {
  const { ring } = r;
  const A = r.poly(arg(a));
  return once(r, a, [A], (P) => {
    const label = 'the Penrose equations';
    const [AP, PA] = [ring.times(A, P), ring.times(P, A)];
    r.relate(r.minus(ring.times(A, P, A), A), label);
    r.relate(r.minus(ring.times(P, A, P), P), label);
    r.relate(r.minus(AP, ring.transpose(AP)), label);
    r.relate(r.minus(PA, ring.transpose(PA)), label);
    const X = arg(a);
    const T = r.g.transpose(X);
    if (r.g.isInvertible(r.g.mul(T, X))) r.relate(r.minus(PA, ring.identity(X.shape.cols)), 'pinv(A)*A = I for full column rank');
    else if (r.g.isInvertible(r.g.mul(X, T))) r.relate(r.minus(AP, ring.identity(X.shape.rows)), 'A*pinv(A) = I for full row rank');
  });
};

const chol: Read = (r, a) => {
  const A = r.poly(arg(a));
  return once(r, a, [A], (L) => {
    r.relate(r.minus(r.ring.times(L, r.ring.transpose(L)), A), "chol(A)*chol(A)' = A");
    r.inverses.markInvertible(idOf(L), 'inv(chol(A))*chol(A) = I');
    r.inverses.inverse(L, 'inv(chol(A))*chol(A) = I');
  });
};

const adj: Read = (r, a) => {
  const { ring } = r;
  const A = r.poly(arg(a));
  const D = product(r, determinant(sourcesOf(r), A));
  const only = onlyTerm(A);
  const inverse = only?.scalars.length === 0 && only.coefficient.n === only.coefficient.d ? r.inverses.ofWord(only.word) : undefined;
  if (inverse) {
    ring.used.add('adj(A) = det(A)*inv(A)');
    return ring.times(D, inverse);
  }
  return once(r, a, [A], (F) => {
    r.relate(r.minus(ring.times(A, F), ring.times(D, ring.identity(a.shape.rows))), 'A*adj(A) = det(A)*I');
    r.relate(r.minus(ring.times(F, A), ring.times(D, ring.identity(a.shape.rows))), 'A*adj(A) = det(A)*I');
  });
};

const diagonalOf = (r: Reader, column: Polynomial, n: Dim): Polynomial => r.makers.linear([column], square(n), (x) => r.makers.diag(x as Path));

const eigvecs: Read = (r, a) => {
  const { ring } = r;
  const S = r.poly(arg(a));
  return once(r, a, [S], (V) => {
    const [T, n] = [ring.transpose(V), a.shape.rows];
    const D = diagonalOf(r, r.poly(r.g.apply('eigvals', [arg(a)])), n);
    r.relate(r.minus(ring.times(T, V), ring.identity(n)), 'eigenvectors are orthonormal');
    r.relate(r.minus(ring.times(V, T), ring.identity(n)), 'eigenvectors are orthonormal');
    r.relate(r.minus(ring.times(V, D, T), S), "A = V*diag(eigvals(A))*V'");
  });
};

/** The trace of a symmetric matrix is the sum of its eigenvalues: read as the eigenvalues' own relation. */
const eigvals: Read = (r, a) => {
  const { ring } = r;
  const S = r.poly(arg(a));
  return once(r, a, [S], (v) => {
    r.relate(r.minus(ring.trace(S), ring.times(ring.transpose(r.makers.ones(a.shape)), v)), 'tr(A) = sum(eigvals(A))');
    r.relate(r.minus(ring.trace(ring.times(S, S)), ring.times(ring.transpose(v), v)), 'tr(A^2) = sum(eigvals(A) .^ 2)');
    r.relate(r.minus(product(r, determinant(sourcesOf(r), S)), r.poly(r.g.apply('prod', [a]))), 'det(A) = prod(eigvals(A))');
  });
};

/** U and V of a singular value decomposition, each with all that is known of both. */
const singular: Read = (r, a) => {
  const { ring, g } = r;
  const X = arg(a);
  const A = r.poly(X);
  return once(r, a, [A], () => {
    // Each of the two brings the other.
    const [U, V] = [r.poly(g.apply('svdu', [X])), r.poly(g.apply('svdv', [X]))];
    const s = r.poly(g.apply('svdvals', [X]));
    for (const W of [U, V]) {
      r.relate(r.minus(ring.times(ring.transpose(W), W), ring.identity(W.shape.cols)), 'singular vectors are orthonormal');
      if (sameDim(W.shape.rows, W.shape.cols)) r.relate(r.minus(ring.times(W, ring.transpose(W)), ring.identity(W.shape.rows)), 'singular vectors are orthonormal');
    }
    r.relate(r.minus(ring.times(U, diagonalOf(r, s, s.shape.rows), ring.transpose(V)), A), "A = U*diag(svdvals(A))*V'");
  });
};

const softmax: Read = (r, a) => {
  if (!isOne(a.shape.cols)) return undefined;
  return once(r, a, [r.poly(arg(a))], (p) => {
    r.relate(r.minus(r.ring.times(r.ring.transpose(r.makers.ones(a.shape)), p), r.ring.number(ONE)), 'sum(softmax(x)) = 1');
  });
};

const sylvester: Read = (r, a) => {
  const [A, B, C] = a.args.map((x) => r.poly(x)) as [Polynomial, Polynomial, Polynomial];
  if (a.args.some((x) => isScalar(x.shape))) return undefined;
  return once(r, a, [A, B, C], (Y) => { r.relate(r.minus(add(r.ring.times(A, Y), r.ring.times(Y, B)), C), 'A*Y + Y*B = C for Y = sylvester(A, B, C)'); });
};

const blocks: Read = (r, a) => {
  const { ring, g } = r;
  const across = constantDim(a.dims[1] ?? D1) ?? 1;
  const down = a.args.length / across;
  const borders = (sizes: readonly Dim[]): readonly Dim[] => sizes.reduce<readonly Dim[]>((ends, size) => [...ends, addDim(ends.at(-1) ?? D0, size)], [D0]);
  const selectors = (sizes: readonly Dim[], n: Dim): readonly Polynomial[] => {
    if (sizes.length === 1) return [ring.identity(n)];
    const ends = borders(sizes);
    const made = sizes.map((_, i) => r.poly(g.selector(addDim(ends[i] as Dim, D1), ends[i + 1] as Dim, n)));
    made.forEach((S, i) => made.forEach((T, j) => { if (i !== j) r.relate(ring.times(S, ring.transpose(T)), 'blocks of I'); }));
    r.relate(r.minus(made.map((S) => ring.times(ring.transpose(S), S)).reduce((x, y) => add(x, y)), ring.identity(n)), 'blocks of I');
    return made;
  };
  const rows = selectors(Array.from({ length: down }, (_, i) => arg(a, i * across).shape.rows), a.shape.rows);
  const cols = selectors(a.args.slice(0, across).map((x) => x.shape.cols), a.shape.cols);
  return a.args.map((x, k) => ring.times(ring.transpose(rows[Math.floor(k / across)] as Polynomial), r.poly(x), cols[k % across] as Polynomial)).reduce((x, y) => add(x, y), zero(a.shape));
};

const SIZED = /^-?\d+$/;
/** s^p for an exponent made of sizes. */
const power: Read = (r, a) => {
  const [s, p] = [arg(a), arg(a, 1)];
  if (!isScalar(a.shape)) return undefined;
  const terms = [...r.poly(p).terms.values()];
  const { alphabet } = r.ring;
  const isSize = terms.every((t) => t.coefficient.d === 1n && SIZED.test(`${t.coefficient.n}`) && t.scalars.every((id) => alphabet.scalar(id).key.startsWith('symbol:dimension:')));
  if (!isSize) return undefined;
  return r.sizePower(r.poly(s), { key: '', terms: terms.map((t) => ({ coefficient: Number(t.coefficient.n), names: t.scalars.map((id) => alphabet.scalar(id).key.slice('symbol:dimension:'.length)) })) });
};

const sum: Read = (r, a) => {
  const X = arg(a);
  const rows = r.ring.transpose(r.makers.ones(shape(X.shape.rows, D1)));
  return isOne(X.shape.cols) ? r.ring.times(rows, r.poly(X)) : r.ring.times(rows, r.poly(X), r.makers.ones(shape(X.shape.cols, D1)));
};

export const operatorReaders: Readonly<Record<string, Read>> = {
  det, logdet, log, expm, logm: ofMatrix, pinv, chol, adj, eigvecs, eigvals, svdu: singular, svdv: singular, softmax, sylvester, blocks, power, sum,
  tr,
  exp: (r, a) => (isScalar(a.shape) ? exponentialOf(r, r.poly(arg(a))) : undefined),
  vech: (r, a) => once(r, a, [r.poly(arg(a))], (v) => {
    const D = r.poly(r.g.apply('duplication', [], [arg(a).shape.rows]));
    if (r.g.isSymmetric(arg(a))) r.relate(r.minus(r.ring.times(D, v), r.poly(r.g.apply('vec', [arg(a)]))), 'duplication(n)*vech(A) = vec(A)');
  }),
  svdvals: (r, a) => {
    const X = r.poly(arg(a));
    return once(r, a, [X], (s) => { r.relate(r.minus(r.ring.trace(r.ring.times(r.ring.transpose(X), X)), r.ring.times(r.ring.transpose(s), s)), "tr(A'*A) = sum(svdvals(A) .^ 2)"); });
  },
  kron: (r, a) => r.makers.linear([r.poly(arg(a)), r.poly(arg(a, 1))], a.shape, (x, y) => r.makers.kron(x as Path, y as Path)),
  vec: (r, a) => r.makers.linear([r.poly(arg(a))], a.shape, (x) => r.makers.vec(x as Path)),
  diag: (r, a) => (isOne(arg(a).shape.rows) ? undefined : r.makers.linear([r.poly(arg(a))], a.shape, (x) => r.makers.diag(x as Path))),
  skew3: (r, a) => r.makers.linear([r.poly(arg(a))], a.shape, (x) => r.makers.skew3(x as Path)),
  commutation: (r, a) => r.makers.commutation(a.dims[0] ?? D1, a.dims[1] ?? D1),
};
