// docs/verification-figures.md from what scripts/proof.mjs and scripts/fuzz.mjs measured.

const SAYS = {
  verified: 'shapes equal; 64-digit differences, Taylor rate, adjoint identity, complex step and program within their bounds at every point',
  refuted: 'a disagreement that the differences themselves cannot explain, at a point that is no kink: with the entry, both values, the point and the likely slip',
  undecided: 'no point, a kink, lost digits, too large, no body, or stopped: with the reason',
  proved: '(claims) algebra brings the difference of both sides to zero: with the identities used',
  holds: '(claims) equal at 64 digits at several points and sizes, and no proof: it says that it was tested',
  false: '(claims) a point at which the sides differ: with both sides, and the special sizes at which it holds',
};
const MISTAKES = { scale: '1 % scale', 'factor 2': 'factor 2', sign: 'sign', transpose: 'transpose dropped', order: 'order of a product', 'missing term': 'missing term' };
const e = (x) => (x === null ? '' : x === 0 ? '0' : x.toExponential(1));

export function figuresPage(figures, runs, written) {
  const { corpus, controls, alarms } = figures;
  const sum = (f) => runs.reduce((n, r) => n + f(r), 0);
  const total = { right: sum((r) => r.right), refused: sum((r) => r.refused), undecided: sum((r) => r.undecided), wrong: sum((r) => r.wrong) };
  const programs = total.right + total.refused + total.undecided + total.wrong;
  const stages = {};
  for (const r of runs) for (const [name, n] of Object.entries(r.stages)) stages[name] = (stages[name] ?? 0) + n;
  const cells = (rows) => rows.map((r) => `| ${r.join(' | ')} |`).join('\n');
  const refuted = Object.values(controls.kinds).reduce((n, k) => n + (k.refuted ?? 0), 0);
  return `# Figures of the verifier

${written}
Measured on ${figures.date}. [What the words mean](verification.md).

## What each verdict needs

${cells([['verdict', 'needs'], ['---', '---'], ...Object.entries(SAYS)])}

## The corpus, case by case

Digits are the worst over all points and directions; milliseconds are of one processor, for the verdict alone, on a busy machine of 2 cores.

${cells([['case', 'verdict', 'digits', 'least Taylor rate', 'adjoint', 'complex step', 'program', 'ms'], ['---', '---', '---', '---', '---', '---', '---', '---'], ...corpus.map((c) => [`${c.group}: ${c.id}`, c.verdict, c.digits ?? '', c.taylor ?? 'exact', e(c.adjoint), e(c.complexStep), e(c.program), c.ms])])}

## Negative controls

Mistakes made in the printed derivatives of ${controls.operators.length} requests, one for each operator with a derivative: ${refuted} mistakes refuted, ${controls.let_through.length} not refuted. Some changes are none (a transpose of something symmetric: told apart at 64 digits beforehand), some are no formula of the language, or one without a value.

${cells([['mistake', 'refuted', 'not refuted', 'no mistake', 'no formula'], ['---', '---', '---', '---', '---'], ...Object.entries(controls.kinds).map(([k, n]) => [MISTAKES[k], n.refuted ?? 0, (n.verified ?? 0) + (n.undecided ?? 0), n['the same'] ?? 0, n['no formula'] ?? 0])])}

## False alarms

The same requests, right, at points of extreme size, and 9 functions with kinks at distances 1e-3 to 1e-12 from them.

${cells([['where', 'verified', 'undecided', 'refuted'], ['---', '---', '---', '---'], ...[...Object.entries(alarms.scales).map(([s, n]) => [`scale ${s}`, n]), ['near kinks', alarms.kinks]].map(([s, n]) => [s, n.verified ?? 0, n.undecided ?? 0, n.refuted ?? 0])])}

## Random programs

\`npm run fuzz\`: ${programs} programs, seeds ${seedsOf(runs)}: ${total.right} right, ${total.refused} refused, ${total.undecided} undecided, ${total.wrong} wrong in the version of their day: faults of mcalc, which are regressions now, or of the fuzzer itself (\`test/fuzz/regressions.ts\`).

${cells([['stage', 'programs through it'], ['---', '---'], ...Object.entries(stages)])}
`;
}

/** `1 to 400, 901 to 1000`: runs that follow each other are one range. */
function seedsOf(runs) {
  const ranges = [];
  for (const { first, last } of [...runs].sort((a, b) => a.first - b.first)) {
    const before = ranges.at(-1);
    if (before && before[1] + 1 === first) before[1] = last; else ranges.push([first, last]);
  }
  return ranges.map(([from, to]) => `${from} to ${to}`).join(', ');
}
