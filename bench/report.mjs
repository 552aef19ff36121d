// The tables of README.md, and which goals are reached.
const sizesText = (s) => Object.entries(s).map(([k, v]) => `${k} = ${v}`).join(', ');
const cell = (t) => (t ? `${t.ratio.toFixed(t.ratio < 10 ? 2 : t.ratio < 100 ? 1 : 0)} <sub>${t.low.toFixed(2)}–${t.high.toFixed(2)}</sub>` : '');
const micro = (ns) => (ns / 1000).toFixed(ns < 1e5 ? 2 : 0);

const COLUMNS = ['hand-tuned', 'naive', 'fill', 'generated wasm', 'numpy', 'torch', 'torch vectorized', 'tfjs wasm', 'tfjs cpu', 'jax-js', 'ml-matrix', 'mathjs'];

/** One row a case and size: the time of generated code, and how much longer the others take. */
export function tables(rows, pieces, about) {
  const used = COLUMNS.filter((name) => rows.some((r) => r.times.some((t) => t.name === name)));
  const lines = [
    `${about.join('; ')}. Time of the other ÷ time of generated TypeScript, the median of ${rows[0]?.times[0]?.rounds ?? 0} interleaved rounds with its quartiles: above 1, generated code is faster.`, '',
    `| case | generated, µs | ${used.join(' | ')} |`, `| --- | --- | ${used.map(() => '---').join(' | ')} |`,
    ...rows.map((r) => `| ${r.title.replaceAll('|', '\\|')}, ${sizesText(r.sizes)} | ${micro(r.times[0].ns)} | ${used.map((name) => cell(r.times.find((t) => t.name === name))).join(' | ')} |`),
  ];
  if (!Array.isArray(pieces)) {
    lines.push('', `Kernels: time of the other ÷ time of ours. One core reaches ${pieces.peaks.scalar.toFixed(1)} GFLOP/s in scalar JavaScript and ${pieces.peaks.vector.toFixed(1)} in f64x2.`, '',
      '| kernel | n | ours, µs | GFLOP/s | ml-matrix | LAPACK (scipy) |', '| --- | --- | --- | --- | --- | --- |',
      ...pieces.rows.map((r) => `| ${r.title} | ${r.n} | ${micro(r.times[0].ns)} | ${r.gflops.toFixed(2)} | ${cell(r.times.find((t) => t.name === 'ml-matrix'))} | ${cell(r.times.find((t) => t.name === 'numpy'))} |`));
  }
  return lines.join('\n');
}

const WHOLE_JACOBIANS = new Set(['polar-jacobian', 'axxa', 'wwt', 'rank-one-root']);
const HESSIANS = new Set(['logistic-hessian', 'quadratic']);
/** Each goal: which candidate, for which rows, and the least ratio that reaches it. */
const GOALS = [
  ['no slower than hand-tuned JavaScript (1.15 with noise)', 'hand-tuned', () => true, 1 / 1.15],
  ['3 times as fast as naive closed forms', 'naive', (r) => Math.max(...Object.values(r.sizes)) >= 50 && !WHOLE_JACOBIANS.has(r.id), 3],
  ['small sizes 10 times as fast as torch', 'torch', (r) => !WHOLE_JACOBIANS.has(r.id) && !HESSIANS.has(r.id) && r.times[0].ns < 1e4, 10],
  ["torch's Jacobian 25 times as slow", 'torch', (r) => WHOLE_JACOBIANS.has(r.id), 25],
  ["torch's Hessian 2.5 times as slow", 'torch', (r) => HESSIANS.has(r.id), 2.5],
  ['no slower than tfjs (wasm)', 'tfjs wasm', () => true, 1],
  ['no slower than tfjs (cpu)', 'tfjs cpu', () => true, 1],
  ['4 times as fast as ml-matrix', 'ml-matrix', () => true, 4],
  ['6 times as fast as mathjs', 'mathjs', () => true, 6],
];
export function goals(rows) {
  return ['| goal | reached | worst | not reached |', '| --- | --- | --- | --- |', ...GOALS.map(([text, name, which, least]) => {
    const found = rows.filter(which).flatMap((r) => r.times.filter((t) => t.name === name).map((t) => ({ r, t })));
    if (found.length === 0) return `| ${text} | not measured | | |`;
    const failed = found.filter(({ t }) => t.ratio < least);
    const worst = Math.min(...found.map(({ t }) => t.ratio));
    return `| ${text} | ${found.length - failed.length} of ${found.length} | ${worst.toFixed(2)} | ${failed.map(({ r, t }) => `${r.title}, ${sizesText(r.sizes)}: ${t.ratio.toFixed(2)}`).join('; ')} |`;
  })].join('\n');
}
