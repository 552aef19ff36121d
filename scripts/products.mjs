// The twelve matrix products C = A*B, A'*B, A*B' (plain, with epilogue, symmetric half) from one template.
// `node scripts/kernels.mjs` writes them to core/numeric/kernels/product*.ts.

const FORMS = {
  '': { formula: 'A * B', a: 'A is m x k, B is k x n' },
  TN: { formula: "A' * B", a: 'A is k x m, B is k x n' },
  NT: { formula: "A * B'", a: 'A is m x k, B is n x k' },
};

/** @param {'' | 'TN' | 'NT'} form @param {boolean} symmetric @param {boolean} epilogue */
function product(form, symmetric, epilogue) {
  const m = symmetric ? 'n' : 'm';
  const name = `multiply${form}${symmetric ? 'Sym' : ''}${epilogue ? 'Add' : ''}`;
  const result = epilogue ? `alpha * ${FORMS[form].formula} + beta * D` : FORMS[form].formula;
  const shapes = FORMS[form].a.replaceAll('m', m);
  const parameters = [
    'A: Float64Array', 'B: Float64Array', 'C: Float64Array', ...(symmetric ? ['n: number', 'k: number'] : ['m: number', 'k: number', 'n: number']),
    ...(epilogue ? ['alpha: number', 'beta: number', 'D: Float64Array'] : []),
  ];
  const aStart = form === 'TN' ? [] : ['const a0 = i * k;'];
  const store = (index, value) => (epilogue ? `C[${index}] = alpha * ${value} + beta * D[${index}]!;` : `C[${index}] = ${value};`);
  const four = [0, 1, 2, 3];
  const plus = (x) => (x === 0 ? '' : ` + ${x}`);

  const tile = [
    ...four.map((r) => `let ${four.map((c) => `c${r}${c} = 0`).join(', ')};`),
    ...(form === 'NT' ? [`const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;`] : []),
    ...(form === 'TN'
      ? [`for (let p = 0, a = i, b = j; p < k; p++, a += ${m}, b += n) {`]
      : form === '' ? ['for (let p = 0, b = j; p < k; p++, b += n) {'] : ['for (let p = 0; p < k; p++) {']),
    '  ' + four.map((r) => `x${r} = ${form === 'TN' ? `A[a${plus(r)}]!` : `A[a${r} + p]!`}`).join(', ').replace(/^/, 'const ') + ';',
    '  ' + four.map((c) => `y${c} = ${form === 'NT' ? `B[b${c} + p]!` : `B[b${plus(c)}]!`}`).join(', ').replace(/^/, 'const ') + ';',
    ...four.map((r) => '  ' + four.map((c) => `c${r}${c} += x${r} * y${c};`).join(' ')),
    '}',
    ...four.flatMap((r) => [
      r === 0 ? 'let c = i * n + j;' : 'c += n;',
      ...(epilogue
        ? four.map((c) => store(`c${plus(c)}`, `c${r}${c}`))
        : [four.map((c) => store(`c${plus(c)}`, `c${r}${c}`)).join(' ')]),
    ]),
  ];
  const column = [
    'let s0 = 0, s1 = 0, s2 = 0, s3 = 0;',
    'for (let p = 0; p < k; p++) {',
    `  const y = ${form === 'NT' ? 'B[j * k + p]!' : 'B[p * n + j]!'};`,
    ...(form === 'TN' ? [`  const a = p * ${m} + i;`] : []),
    ...four.map((r) => `  s${r} += ${form === 'TN' ? `A[a${plus(r)}]!` : `A[a${r} + p]!`} * y;`),
    '}',
    'const c = i * n + j;',
    ...four.map((r) => store(r === 0 ? 'c' : r === 1 ? 'c + n' : `c + ${r} * n`, `s${r}`)),
  ];
  const x = form === 'TN' ? `A[p * ${m} + i]!` : 'A[a0 + p]!';
  const row = [
    'let s0 = 0, s1 = 0, s2 = 0, s3 = 0;',
    ...(form === 'NT' ? ['const b0 = j * k, b1 = b0 + k, b2 = b1 + k, b3 = b2 + k;'] : []),
    'for (let p = 0; p < k; p++) {',
    `  const x = ${x};`,
    ...(form === 'NT' ? [] : ['  const b = p * n + j;']),
    ...four.map((c) => `  s${c} += x * ${form === 'NT' ? `B[b${c} + p]!` : `B[b${plus(c)}]!`};`),
    '}',
    'const c = i * n + j;',
    ...four.map((c) => store(`c${plus(c)}`, `s${c}`)),
  ];
  const single = [
    'let s = 0;',
    `for (let p = 0; p < k; p++) s += ${x} * ${form === 'NT' ? 'B[j * k + p]!' : 'B[p * n + j]!'};`,
    store('i * n + j', 's'),
  ];
  const indent = (lines, by) => lines.map((l) => ' '.repeat(by) + l);
  const body = [
    'let i = 0;',
    `for (; i + 3 < ${m}; i += 4) {`,
    ...(form === 'TN' ? [] : ['  const a0 = i * k, a1 = a0 + k, a2 = a1 + k, a3 = a2 + k;']),
    ...(symmetric
      ? ['  for (let j = 0; j <= i; j += 4) {', ...indent(tile, 4), '  }']
      : ['  let j = 0;', '  for (; j + 3 < n; j += 4) {', ...indent(tile, 4), '  }', '  for (; j < n; j++) {', ...indent(column, 4), '  }']),
    '}',
    `for (; i < ${m}; i++) {`,
    ...indent(aStart, 2),
    '  let j = 0;',
    `  for (; j + 3 ${symmetric ? '<= i' : '< n'}; j += 4) {`,
    ...indent(row, 4),
    '  }',
    `  for (; j ${symmetric ? '<= i' : '< n'}; j++) {`,
    ...indent(single, 4),
    '  }',
    '}',
    ...(symmetric ? ['mirrorLower(C, n);'] : []),
  ];
  const head = `export function ${name}(`;
  const oneLine = `${head}${parameters.join(', ')}): void {`;
  const inner = `  ${parameters.join(', ')},`;
  const split = parameters.findIndex((p) => p.startsWith('alpha'));
  const signature = oneLine.length - 7 <= 100 ? [oneLine] : inner.length <= 100 ? [head, inner, '): void {']
    : [head, `  ${parameters.slice(0, split).join(', ')},`, `  ${parameters.slice(split).join(', ')},`, '): void {'];
  const inPlace = epilogue ? (symmetric ? ' D is symmetric and may be C.' : ' D may be C.') : '';
  const doc = symmetric
    ? `/**\n * C = ${result}, known to be symmetric: half is computed and mirrored.\n * ${shapes}, row-major.${inPlace}\n */`
    : `/** C = ${result}, where ${shapes}, row-major.${inPlace} */`;
  return [doc, ...signature, ...indent(body, 2), '}', ''].join('\n');
}

const HEAD = (what, imports) => `// ${what} Written by scripts/products.mjs.\n${imports}\n`;

/** File name (without folder) to text. */
export function productFiles() {
  const files = {};
  for (const form of ['', 'TN', 'NT']) {
    const name = `multiply${form}.ts`;
    const what = `The products C = ${FORMS[form].formula}: plain, with C = alpha*… + beta*D, and their symmetric halves.`;
    const parts = [product(form, false, false), product(form, false, true), product(form, true, false), product(form, true, true)];
    files[name] = HEAD(what, "import { mirrorLower } from './transpose';\n") + parts.join('\n');
  }
  return files;
}
