/** Letters that operators make of words, and what neighbours among them become: (A ⊗ B)*(C ⊗ D) = A*C ⊗ B*D, (B' ⊗ A)*vec(X) = vec(A*X*B), skew3(a)*b = -skew3(b)*a. */
import { D1, isOne, isScalar, mulDim, sameDim, SCALAR, shape, type Dim, type Shape } from '../algebra/dim';
import { MINUS_ONE, ONE } from '../algebra/rational';
import { compareWords, type Closed, type Letter } from './alphabet';
import { add, flipped, pathKey, scale, type Path, type Polynomial, type Word } from './polynomial';
import type { Ring } from './ring';

export interface Makers {
  /** A linear operator's value at words, by the polynomials that hold them. */
  linear(args: readonly Polynomial[], shape: Shape, of: (...paths: readonly Path[]) => Polynomial): Polynomial;
  kron(a: Path, b: Path): Polynomial;
  vec(a: Path): Polynomial;
  /** diag of a column, and the diagonal of a square matrix. */
  diag(a: Path): Polynomial;
  hadamard(parts: readonly Path[]): Polynomial;
  skew3(a: Path): Polynomial;
  commutation(m: Dim, n: Dim): Polynomial;
  ones(s: Shape): Polynomial;
}

export function createMakers(ring: Ring, size: (n: Dim) => Polynomial): Makers {
  const { alphabet } = ring;
  const use = (text: string): void => { ring.used.add(text); };
  const whole = (p: Path): Polynomial => ring.ofWord(p.shape, p.word);
  const turn = (p: Path): { readonly path: Path; readonly sign: 1 | -1 } => { const { word, sign } = alphabet.turned(p.word); return { path: { shape: flipped(p.shape), word }, sign }; };
  const signed = (sign: 1 | -1, p: Polynomial): Polynomial => (sign < 0 ? scale(MINUS_ONE, p) : p);
  /** Both words in a row, as one polynomial's terms. */
  const product = (a: Path, b: Path): Polynomial => ring.normal(ring.times(whole(a), whole(b)));
  const isColumn = (p: Path): boolean => isOne(p.shape.cols);

  const linear: Makers['linear'] = (args, s, of) => {
    let sum: Polynomial = { shape: s, terms: new Map() };
    const go = (k: number, paths: readonly Path[], factor: Polynomial): void => {
      const p = args[k];
      if (!p) { sum = add(sum, ring.times(factor, of(...paths))); return; }
      for (const t of p.terms.values()) {
        const by = { shape: SCALAR, terms: new Map([[`${t.scalars.join(',')}|`, { coefficient: t.coefficient, scalars: t.scalars, word: [] as Word }]]) };
        go(k + 1, [...paths, { shape: p.shape, word: t.word }], ring.times(factor, by));
      }
    };
    go(0, [], ring.number(ONE));
    return { ...sum, shape: s };
  };

  const kron: Makers['kron'] = (a, b) => {
    const s = shape(mulDim(a.shape.rows, b.shape.rows), mulDim(a.shape.cols, b.shape.cols));
    if (a.word.length === 0 && b.word.length === 0 && sameDim(a.shape.rows, a.shape.cols) && sameDim(b.shape.rows, b.shape.cols)) return ring.identity(s.rows);
    if (isScalar(a.shape) || isScalar(b.shape)) return ring.times(whole(a), whole(b));
    if (isColumn(a) && isOne(b.shape.rows)) return ring.times(whole(a), whole(b));
    if (isOne(a.shape.rows) && isColumn(b)) return ring.times(whole(b), whole(a));
    const [p, q] = [turn(a), turn(b)];
    const isOwn = compareWords(p.path.word, a.word) === 0 && compareWords(q.path.word, b.word) === 0 && sameDim(a.shape.rows, a.shape.cols) && sameDim(b.shape.rows, b.shape.cols);
    const mate = `kron:${pathKey(p.path)}:${pathKey(q.path)}`;
    const old = alphabet.knownLetter(mate);
    if (old && !alphabet.knownLetter(`kron:${pathKey(a)}:${pathKey(b)}`)) return signed(p.sign === q.sign ? 1 : -1, ring.ofLetter(old.mate));
    const l = isOwn ? alphabet.letterOf(`kron:${pathKey(a)}:${pathKey(b)}`, s, { symmetry: p.sign === q.sign ? 'symmetric' : 'skew', maker: 'kron', parts: [a, b] })
      : p.sign === q.sign ? alphabet.letterOf(`kron:${pathKey(a)}:${pathKey(b)}`, s, { maker: 'kron', parts: [a, b], mateParts: [p.path, q.path] })
        : alphabet.letterOf(`kron:${pathKey(a)}:${pathKey(b)}`, s, { maker: 'kron', parts: [a, b] });
    return ring.ofLetter(l.id);
  };

  const vec: Makers['vec'] = (a) => {
    const s = shape(mulDim(a.shape.rows, a.shape.cols), D1);
    if (isColumn(a)) return whole(a);
    if (isOne(a.shape.rows)) return ring.transpose(whole(a));
    const open = alphabet.bonds(a.word)[0];
    if (open !== undefined) {
      // vec(x*y') = y ⊗ x
      const x: Path = { shape: shape(a.shape.rows, D1), word: a.word.slice(0, open) };
      const y = turn({ shape: shape(D1, a.shape.cols), word: a.word.slice(open) });
      use("vec(x*y') = y ⊗ x");
      return signed(y.sign, kron(y.path, x));
    }
    return ring.ofLetter(alphabet.letterOf(`vec:${pathKey(a)}`, s, { maker: 'vec', parts: [a] }).id);
  };

  const diag: Makers['diag'] = (a) => {
    const n = a.shape.rows;
    if (isScalar(a.shape)) return whole(a);
    if (isColumn(a)) {
      const first = a.word[0] === undefined ? undefined : alphabet.letter(a.word[0]);
      if (first?.isDiagonal && a.word.length > 1) return ring.times(ring.ofLetter(first.id), diag({ shape: a.shape, word: a.word.slice(1) }));
      if (first?.maker === 'ones' && a.word.length === 1) return ring.identity(n);
      return ring.ofLetter(alphabet.letterOf(`diag:${pathKey(a)}`, shape(n, n), { symmetry: 'diagonal', maker: 'diag', parts: [a] }).id);
    }
    if (a.word.length === 0) return ones(shape(n, D1));
    const open = alphabet.bonds(a.word)[0];
    if (open !== undefined) {
      const x: Path = { shape: shape(n, D1), word: a.word.slice(0, open) };
      const y = turn({ shape: shape(D1, n), word: a.word.slice(open) });
      use("diag(x*y') = x .* y");
      return signed(y.sign, hadamard([x, y.path]));
    }
    // The outer diagonal letters only scale it.
    const first = alphabet.letter(a.word[0] as number);
    const last = alphabet.letter(a.word.at(-1) as number);
    if (first.isDiagonal && a.word.length > 1) return ring.times(ring.ofLetter(first.id), diag({ shape: a.shape, word: a.word.slice(1) }));
    if (last.isDiagonal && a.word.length > 1) return ring.times(ring.ofLetter(last.id), diag({ shape: a.shape, word: a.word.slice(0, -1) }));
    if (first.isDiagonal && first.maker === 'diag') return whole(first.parts[0] as Path);
    const other = turn(a);
    const isFirst = compareWords(a.word, other.path.word) <= 0;
    if (!isFirst) return signed(other.sign, diag(other.path));
    if (other.sign < 0 && compareWords(a.word, other.path.word) === 0) return { shape: shape(n, D1), terms: new Map() };
    return ring.ofLetter(alphabet.letterOf(`diagonal:${pathKey(a)}`, shape(n, D1), { maker: 'diagonal', parts: [a] }).id);
  };

  const hadamard: Makers['hadamard'] = (given) => {
    const [one] = given as [Path];
    const s = one.shape;
    if (isOne(s.rows)) return ring.transpose(hadamard(given.map((p) => turn(p).path)));
    const parts = given.filter((p) => !isOnes(p));
    if (parts.length === 0) return ones(s);
    const [first, ...rest] = [...parts].sort((a, b) => compareWords(a.word, b.word)) as [Path, ...Path[]];
    if (rest.length === 0) return whole(first);
    // x .* y = diag(x)*y
    if (isColumn(first)) return ring.times(...parts.slice().sort((a, b) => compareWords(a.word, b.word)).map((p, i, all) => (i === all.length - 1 ? whole(p) : diag(p))));
    const at = parts.findIndex((p) => alphabet.bonds(p.word).length > 0);
    const outer = parts[at];
    if (outer) {
      const open = alphabet.bonds(outer.word)[0] as number;
      const x: Path = { shape: shape(s.rows, D1), word: outer.word.slice(0, open) };
      const y = turn({ shape: shape(D1, s.cols), word: outer.word.slice(open) });
      use("A .* (x*y') = diag(x)*A*diag(y)");
      return signed(y.sign, ring.times(diag(x), hadamard(parts.filter((_, i) => i !== at)), diag(y.path)));
    }
    // diag(x)*A .* B = diag(x)*(A .* B)
    const left = parts.findIndex((p) => p.word.length > 1 && alphabet.letter(p.word[0] as number).isDiagonal);
    const right = parts.findIndex((p) => p.word.length > 1 && alphabet.letter(p.word.at(-1) as number).isDiagonal);
    const scaled = left >= 0 ? left : right;
    if (scaled >= 0) {
      const { word } = parts[scaled] as Path;
      const D = ring.ofLetter((left >= 0 ? word[0] : word.at(-1)) as number);
      const bare = hadamard(parts.map((p, i) => (i === scaled ? { shape: s, word: left >= 0 ? word.slice(1) : word.slice(0, -1) } : p)));
      return left >= 0 ? ring.times(D, bare) : ring.times(bare, D);
    }
    const all = [first, ...rest];
    const turned = all.map(turn);
    const sign = turned.reduce<1 | -1>((x, t) => (t.sign < 0 ? (x === 1 ? -1 : 1) : x), 1);
    const other = turned.map((t) => t.path).sort((a, b) => compareWords(a.word, b.word));
    const [key, mate] = [`hadamard:${all.map(pathKey).join(';')}`, `hadamard:${other.map(pathKey).join(';')}`];
    if (key === mate) return ring.ofLetter(alphabet.letterOf(key, s, { symmetry: sign > 0 ? 'symmetric' : 'skew', maker: 'hadamard', parts: all }).id);
    const old = alphabet.knownLetter(mate);
    if (old && !alphabet.knownLetter(key)) return signed(sign, ring.ofLetter(old.mate));
    return ring.ofLetter(alphabet.letterOf(key, s, { maker: 'hadamard', parts: all, ...(sign > 0 && { mateParts: other }) }).id);
  };
  const isOnes = (p: Path): boolean => p.word.length > 0 && p.word.every((x) => alphabet.letter(x).maker === 'ones') && p.word.length === (isColumn(p) || isOne(p.shape.rows) ? 1 : 2);

  const skew3: Makers['skew3'] = (a) => {
    const [first, ...rest] = a.word.map((x) => alphabet.letter(x));
    if (first?.maker === 'skew3' && rest.length > 0) {
      const x = first.parts[0] as Path;
      const y: Path = { shape: a.shape, word: a.word.slice(1) };
      use("skew3(cross(a, b)) = b*a' - a*b'");
      return add(ring.times(whole(y), ring.transpose(whole(x))), scale(MINUS_ONE, ring.times(whole(x), ring.transpose(whole(y)))));
    }
    return ring.ofLetter(alphabet.letterOf(`skew3:${pathKey(a)}`, shape(a.shape.rows, a.shape.rows), { symmetry: 'skew', maker: 'skew3', parts: [a] }).id);
  };

  const commutation: Makers['commutation'] = (m, n) => {
    if (isOne(m) || isOne(n)) return ring.identity(mulDim(m, n));
    const s = square2(mulDim(m, n));
    const sized = (a: Dim, b: Dim): readonly Path[] => [{ shape: shape(a, b), word: [] }];
    const own = sameDim(m, n) ? alphabet.letterOf(`commutation:${m.key},${n.key}`, s, { symmetry: 'symmetric', maker: 'commutation', parts: sized(m, n) })
      : alphabet.knownLetter(`commutation:${n.key},${m.key}`) ? alphabet.letter((alphabet.knownLetter(`commutation:${n.key},${m.key}`) as Letter).mate)
        : alphabet.letterOf(`commutation:${m.key},${n.key}`, s, { maker: 'commutation', parts: sized(m, n), mateParts: sized(n, m) });
    return ring.ofLetter(own.id);
  };
  const square2 = (n: Dim): Shape => shape(n, n);

  const ones: Makers['ones'] = (s) => {
    if (isScalar(s)) return ring.number(ONE);
    if (!isOne(s.cols)) return isOne(s.rows) ? ring.transpose(ones(flipped(s))) : ring.times(ones(shape(s.rows, D1)), ring.transpose(ones(shape(s.cols, D1))));
    return ring.ofLetter(alphabet.letterOf(`ones:${s.rows.key}`, s, { maker: 'ones' }).id);
  };

  const pairKron = (a: Letter, b: Letter): Polynomial | undefined => {
    const [p, q] = a.parts as [Path, Path];
    if (b.maker === 'kron') {
      const [x, y] = b.parts as [Path, Path];
      if (!sameDim(p.shape.cols, x.shape.rows) || !sameDim(q.shape.cols, y.shape.rows)) return undefined;
      use('(A ⊗ B)*(C ⊗ D) = A*C ⊗ B*D');
      return linear([product(p, x), product(q, y)], shape(a.shape.rows, b.shape.cols), (u, v) => kron(u as Path, v as Path));
    }
    if (b.maker !== 'vec') return undefined;
    const [X] = b.parts as [Path];
    if (!sameDim(q.shape.cols, X.shape.rows) || !sameDim(p.shape.cols, X.shape.cols)) return undefined;
    use("(B' ⊗ A)*vec(X) = vec(A*X*B)");
    const t = turn(p);
    return linear([ring.normal(ring.times(whole(q), whole(X), signed(t.sign, whole(t.path))))], shape(a.shape.rows, D1), (w) => vec(w as Path));
  };

  const pairCommutation = (a: Letter, b: Letter): Polynomial | undefined => {
    const { rows: m, cols: n } = (a.parts[0] as Path).shape;
    if (b.maker === 'commutation') return b.id === a.mate ? ring.identity(a.shape.rows) : undefined;
    if (b.maker === 'vec') {
      const X = b.parts[0] as Path;
      if (!sameDim(X.shape.rows, m) || !sameDim(X.shape.cols, n)) return undefined;
      use("K*vec(A) = vec(A')");
      const t = turn(X);
      return signed(t.sign, vec(t.path));
    }
    if (b.maker !== 'kron') return undefined;
    const [A, B] = b.parts as [Path, Path];
    if (!sameDim(A.shape.rows, n) || !sameDim(B.shape.rows, m)) return undefined;
    use('K*(A ⊗ B) = (B ⊗ A)*K');
    return ring.times(kron(B, A), commutation(B.shape.cols, A.shape.cols));
  };

  const pairSkew = (a: Letter, b: Letter): Polynomial | undefined => {
    const x = a.parts[0] as Path;
    if (b.maker === 'skew3') {
      const y = b.parts[0] as Path;
      use("skew3(a)*skew3(b) = b*a' - (a'*b)*I");
      return add(ring.times(whole(y), ring.transpose(whole(x))), scale(MINUS_ONE, ring.times(ring.transpose(whole(x)), whole(y), ring.identity(a.shape.rows))));
    }
    if (!isOne(b.shape.cols) || x.word.length !== 1) return undefined;
    if (x.word[0] === b.id) return { shape: b.shape, terms: new Map() };
    if ((x.word[0] as number) < b.id) return undefined;
    use('cross(a, b) = -cross(b, a)');
    return scale(MINUS_ONE, ring.times(skew3({ shape: b.shape, word: [b.id] }), whole(x)));
  };

  const pairHadamard = (a: Letter, b: Letter): Polynomial | undefined => {
    if (!isOne(b.shape.cols) || a.parts.length !== 2) return undefined;
    const [A, B] = a.parts as [Path, Path];
    use("(A .* B)*x = diag(A*diag(x)*B')");
    const D = diag({ shape: b.shape, word: [b.id] });
    const t = turn(B);
    return linear([ring.normal(ring.times(whole(A), D, signed(t.sign, whole(t.path))))], shape(a.shape.rows, D1), (w) => diag(w as Path));
  };

  ring.hooks.pair = (i, j) => {
    const [a, b] = [alphabet.letter(i), alphabet.letter(j)];
    const made = pair(a, b);
    // Rows are read as columns: x'*diag(y) is (diag(y)*x)'.
    if (made || !isOne(a.shape.rows)) return made;
    const other = pair(alphabet.letter(b.mate), alphabet.letter(a.mate));
    return other && signed(a.sign === b.sign ? 1 : -1, ring.transpose(other));
  };
  const pair = (a: Letter, b: Letter): Polynomial | undefined => {
    if (a.isDiagonal && b.isDiagonal) return a.id > b.id ? ring.times(ring.ofLetter(b.id), ring.ofLetter(a.id)) : undefined;
    if (a.isDiagonal && a.maker === 'diag' && isOne(b.shape.cols)) {
      const x = a.parts[0] as Path;
      if (b.maker === 'ones') return whole(x);
      return x.word.length === 1 && (x.word[0] as number) > b.id ? ring.times(diag({ shape: b.shape, word: [b.id] }), whole(x)) : undefined;
    }
    if (a.maker === 'kron' && a.parts.length === 2) return pairKron(a, b);
    if (a.maker === 'commutation') return pairCommutation(a, b);
    if (a.maker === 'skew3') return pairSkew(a, b);
    if (a.maker === 'hadamard') return pairHadamard(a, b);
    return undefined;
  };

  ring.hooks.closed = (c: Closed) => {
    if (c.word.length === 0) return size(c.at);
    const letters = c.word.map((x) => alphabet.letter(x));
    const [first, last] = [letters[0] as Letter, letters.at(-1) as Letter];
    if (c.kind === 'trace' && letters.length === 1) return traceOf(first);
    if (c.kind !== 'chain') return undefined;
    if (letters.length === 2 && first.mate === last.id && last.maker === 'ones') return size(last.shape.rows);
    return dot(c.word) ?? dot(alphabet.turned(c.word).word);
  };

  function traceOf(l: Letter): Polynomial | undefined {
    const [a, b] = l.parts;
    if (l.maker === 'diag' && a) return ring.times(ring.transpose(ones(a.shape)), whole(a));
    if (l.maker === 'kron' && a && b && sameDim(a.shape.rows, a.shape.cols) && sameDim(b.shape.rows, b.shape.cols)) return ring.times(ring.trace(whole(a)), ring.trace(whole(b)));
    return undefined;
  }

  /** x'*diag(A) = tr(diag(x)*A) and vec(A)'*vec(B) = tr(A'*B), read from the end. */
  function dot(word: Word): Polynomial | undefined {
    const last = alphabet.letter(word.at(-1) as number);
    const before = word.slice(0, -1);
    const A = last.parts[0];
    if (!A || before.length === 0) return undefined;
    if (last.maker === 'diagonal') {
      use("x'*diag(A) = tr(diag(x)*A)");
      const { word: x, sign } = alphabet.turned(before);
      return signed(sign, ring.trace(ring.times(diag({ shape: last.shape, word: x }), whole(A))));
    }
    const other = before.length === 1 ? alphabet.letter(alphabet.letter(before[0] as number).mate) : undefined;
    if (last.maker !== 'vec' || other?.maker !== 'vec') return undefined;
    use("vec(A)'*vec(B) = tr(A'*B)");
    return ring.trace(ring.times(ring.transpose(whole(other.parts[0] as Path)), whole(A)));
  }

  return { linear, kron, vec, diag, hadamard, skew3, commutation, ones };
}
