/** Whole numbers in small primes. */
const LARGEST_PRIME = 100n;

/** Small primes with their exponents, and what they leave. */
export function primeFactors(given: bigint): readonly (readonly [bigint, number])[] {
  let n = given;
  const out: (readonly [bigint, number])[] = [];
  for (let p = 2n; p < LARGEST_PRIME && n > 1n; p++) {
    let e = 0;
    while (n % p === 0n) { n /= p; e++; }
    if (e > 0) out.push([p, e]);
  }
  return n > 1n ? [...out, [n, 1]] : out;
}
