/** What a request asks for, as it is written on paper: `∂F/∂X`, `∂²f/∂x²`, `∂²f/∂x∂y`. */
const ORDERS = ['', '', '²', '³'];

export function titleOf(of: string, kind: string, wrt: readonly string[]): string {
  const [first] = wrt;
  if (first === undefined || kind === 'value') return of;
  const names = kind === 'hessian' && wrt.length === 1 ? [first, first] : wrt;
  const order = ORDERS[names.length] ?? `^${names.length}`;
  const below = names.every((n) => n === first) ? `∂${first}${order}` : names.map((n) => `∂${n}`).join('');
  return `∂${order}${of}/${below}`;
}
