/** `einsum('ij,jk->ik', A, B)` as the product that it is; by the indices, renamed in the order in which they come. */
const MEANT: ReadonlyMap<string, (a: string, b: string, c: string) => string> = new Map([
  ['ab,bc->ac', (a, b) => `${a}*${b}`], ['ab,b->a', (a, b) => `${a}*${b}`], ['ab,cb->ac', (a, b) => `${a}*${b}'`], ['ab,ac->bc', (a, b) => `${a}'*${b}`], ['ab,a->b', (a, b) => `${a}'*${b}`], ['a,ab->b', (a, b) => `${b}'*${a}`], ['a,ba->b', (a, b) => `${b}*${a}`],
  ['ab->ba', (a) => `${a}'`], ['aa->', (a) => `tr(${a})`], ['aa->a', (a) => `diag(${a})`], ['ab->', (a) => `sum(${a})`], ['a->', (a) => `sum(${a})`], ['ab->a', (a) => `rowsum(${a})`], ['ab->b', (a) => `colsum(${a})'`],
  ['a,a->', (a, b) => `dot(${a}, ${b})`], ['a,b->ab', (a, b) => `${a}*${b}'`], ['a,a->a', (a, b) => `${a} .* ${b}`], ['ab,ab->ab', (a, b) => `${a} .* ${b}`], ['ab,ab->', (a, b) => `sum(${a} .* ${b})`], ['ab,ba->', (a, b) => `tr(${a}*${b})`],
  ['a,ab,b->', (a, b, c) => `${a}'*${b}*${c}`], ['ab,bc,cd->ad', (a, b, c) => `${a}*${b}*${c}`],
]);

/** Undefined where an argument is no name, or where the indices mean something else. */
export function einsumMeant(spec: string, args: readonly string[]): string | undefined {
  const [inputs = '', output] = spec.replace(/\s/g, '').split('->');
  if (!args.every((a) => /^[\p{L}_][\p{L}\p{M}_0-9]*$/u.test(a)) || inputs.split(',').length !== args.length) return undefined;
  const letters = [...inputs.replaceAll(',', '')];
  // Without an arrow, what stands once is kept, in alphabetical order.
  const kept = output ?? [...new Set(letters)].filter((l) => letters.filter((x) => x === l).length === 1).sort().join('');
  const order = [...new Set(letters)];
  const renamed = [...`${inputs}->${kept}`].map((l) => (/\p{L}/u.test(l) ? String.fromCharCode(97 + order.indexOf(l)) : l)).join('');
  const [a = '', b = '', c = ''] = args;
  return MEANT.get(renamed)?.(a, b, c);
}
