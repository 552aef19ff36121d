// Arguments of the cases: the same on every run (mulberry32), one closure a purpose.
export function random(seed) {
  let a = seed >>> 0;
  const uniform = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    array: (n) => Float64Array.from({ length: n }, () => uniform() * 2 - 1),
    signs: (n) => Float64Array.from({ length: n }, () => (uniform() < 0.5 ? -1 : 1)),
  };
}

/** G*G'/n + I for a square G: well-conditioned and positive definite. */
export function posdef(r, n) {
  const g = r.array(n * n);
  const s = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let t = i === j ? 1 : 0;
      for (let p = 0; p < n; p++) t += (g[i * n + p] * g[j * n + p]) / n;
      s[i * n + j] = t;
      s[j * n + i] = t;
    }
  }
  return s;
}

/** A well-conditioned square matrix with no symmetry. */
export function regular(r, n) {
  const a = r.array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) a[i * n + j] /= Math.sqrt(n);
    a[i * n + i] += 2;
  }
  return a;
}
