/** The worst that a document can be: each line of the list of denials of service, as a text of its own. */
export interface Worst { readonly name: string; readonly text: string }

const nest = (levels: number, around: (inner: string) => string, core: string): string => {
  let made = core;
  for (let i = 0; i < levels; i++) made = around(made);
  return made;
};

export const WORST: readonly Worst[] = [
  { name: 'a line of 1 MB', text: `x : vector(n)\nf = ${'x\'*x + '.repeat(125_000)}1\ngrad(f, x)\n` },
  { name: '1 MB of short lines', text: 'a = 1\n'.repeat(170_000) },
  { name: '100 000 parentheses', text: `x : vector(n)\nf = ${'('.repeat(100_000)}x'*x${')'.repeat(100_000)}\ngrad(f, x)\n` },
  { name: '10 000 brackets that never close', text: `f = ${'['.repeat(10_000)}` },
  { name: 'a tower of exponents', text: `x : scalar\nf = ${'x^('.repeat(5000)}9${')'.repeat(5000)}\ngrad(f, x)\n` },
  { name: 'a tower of whole powers', text: 'X : matrix(n, n)\nF = (((((X^9)^9)^9)^9)^9)^9\njacobian(F, X)\n' },
  { name: 'sizes that are powers of powers', text: 'x : vector(((((n^9)^9)^9)^9)^9)\nf = x\'*x\ngrad(f, x)\n' },
  { name: 'sizes multiplied out', text: `x : vector(${Array.from({ length: 40 }, (_, i) => `(n${i} + m${i})`).join('*')})\nf = x'*x\ngrad(f, x)\n` },
  { name: 'a cycle of definitions', text: Array.from({ length: 1000 }, (_, i) => `F${i} = F${(i + 1) % 1000} + 1`).join('\n') },
  { name: 'definitions that double', text: `x : vector(n)\nf0 = x'*x\n${Array.from({ length: 200 }, (_, i) => `f${i + 1} = f${i}*f${i} + f${i}`).join('\n')}\ngrad(f200, x)\n` },
  { name: 'nested radicals', text: `x : scalar positive\nf = ${nest(400, (s) => `sqrt(x + ${s})`, 'x')}\ngrad(f, x)\n` },
  { name: 'Kronecker products of Kronecker products', text: `A : matrix(2, 2)\nF = ${Array.from({ length: 60 }, () => 'A').join(' ⊗ ')}\njacobian(F, A)\n` },
  { name: 'numbers without end', text: `f = ${'9'.repeat(500_000)}\nx : vector(${'9'.repeat(100_000)})\n` },
  { name: 'a name of 1 MB', text: `${'x'.repeat(1_000_000)} : scalar\n` },
  { name: '50 000 commas', text: `F = [${'1,'.repeat(50_000)}1]\n` },
  { name: 'a sum over a trillion', text: 'x : vector(n)\nf = sum(x[1]*i, i = 1:1000000000000)\ngrad(f, x)\n' },
  { name: 'comments within comments', text: '/*'.repeat(100_000) },
  { name: 'primes', text: `x : vector(n)\nf = x${'\''.repeat(200_000)}x\n` },
  { name: 'bidirectional marks', text: `x : scalar\nf = ${'\u202e\u2066x\u2069 + '.repeat(20_000)}1\n` },
  { name: 'every operator, 20 000 times', text: `f = ${'+-*/\\^⊗⊕⊙∘·'.repeat(20_000)}` },
];
