/** Any text resolves: no throw, no unknown size in a result, no result lost without an error, every range inside the text. */
import { expect, test } from 'vitest';
import type { Program } from '../../core/algebra/program';
import { program } from './resolve-reading';

const TEXTS = [
  "dim m >= n\nX : matrix(m, n)\nF = X * (X' * X)^(-1/2)\njacobian(F, X)",
  "X : matrix(m, n)\ny : vector(m)\nf(w, lambda) = norm(X*w - y)^2 + lambda * w'w\ngrad(f, w)\ncheck grad(f, w) == 2*X'*(X*w - y) + 2*lambda*w",
  'A : matrix(m, m) invertible; B : matrix(m, n); X : matrix(n, n) posdef\nf = logdet([A, B; B\', X])\ngrad(f, A)',
  'a : vector(n)\nf(x) = sum(a[i] * x[i]^3, i = 1:n)\nhessian(f, x)\nx - hessian(f, x) \\ grad(f, x)',
  "x : vector(n)\nalpha : scalar positive\nA = (I + alpha*x*x')^(1/2)\n∂A/∂alpha\nassume Q'Q == I",
  'g : R^m -> R; A : matrix(m, n)\nF(x) = g(A*x)\ngrad(F, x); ∇g(A*x)\ns = svdvals(A)',
];
const TOKENS = [...TEXTS.join('\n').matchAll(/\w+|\S|\n/g)].map((t) => t[0]).concat('I', 'e(1)', 'E(1, 2)', "'", '0', '[', 'X[1:k, :]', 'diag(', 'max(', '⊗', 'W');

/** Numerical Recipes' linear congruence: the same texts on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function mutated(next: () => number): string {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const parts = (pick(TEXTS) ?? '').match(/\w+|\s|\S/g) ?? [];
  for (let i = 0; i <= next() * 4; i++) {
    const at = Math.floor(next() * parts.length);
    parts.splice(at, next() < 0.6 ? 1 : 0, ...(next() < 0.8 ? [pick(TOKENS) ?? ''] : []));
  }
  return parts.join('');
}

/** Results as text, so that an unknown size shows as `?1`. */
const shown = (p: Program): string => JSON.stringify([[...p.variables.values()], [...p.definitions.values()], p.requests, p.claims, p.shapes, p.diagnostics], (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v));

test.each(Array.from({ length: 12 }, (_, i) => [i + 1] as const))('mutated texts, seed %i', (seed) => {
  const next = random(seed);
  for (let i = 0; i < 50; i++) {
    const text = mutated(next);
    const p = program(text);
    expect(shown(p), text).not.toMatch(/\?\d/);
    for (const d of p.diagnostics) expect(d.range.start >= 0 && d.range.start <= d.range.end && d.range.end <= text.length, text).toBe(true);
    expect(program(text).diagnostics, text).toEqual(p.diagnostics);
  }
});
