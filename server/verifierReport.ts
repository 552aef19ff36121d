/** A verification in words: a line for the lens, one for the list, Markdown for the details. */
import type { ClaimResult, Counterexample } from '../core/verify/claims';
import type { Refutation, Verification } from '../core/verify/verdict';
import { escapeMarkdown, fence } from './formula';
import type { VerifierReport } from './verifierProtocol';

const figure = (x: number): string => (x === 0 ? '0' : Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6 ? String(Number(x.toPrecision(6))) : x.toExponential(2));

function rows(v: Verification): readonly (readonly [string, string])[] {
  return [
    ...(v.exact ? [['formula against 64-digit differences', `${v.exact.digits} digits`] as const] : []),
    ...(v.taylor ? [['least Taylor rate', Number.isFinite(v.taylor.order) ? v.taylor.order.toFixed(2) : 'exact'] as const] : []),
    ...(v.complexStep ? [['complex step, relative error', figure(v.complexStep.maxRelativeError)] as const] : []),
    ...(v.adjoint ? [['adjoint identity, relative error', figure(v.adjoint.maxRelativeError)] as const] : []),
    ...(v.program ? [['generated program, relative error', `${figure(v.program.maxRelativeError)} (${figure(v.program.ulps)} ulp)`] as const] : []),
    ...(v.condition === undefined ? [] : [['relative condition number', figure(v.condition)] as const]),
    ['points', String(v.points)],
  ];
}

const table = (lines: readonly (readonly [string, string])[]): string =>
  ['| figure | value |', '| --- | --- |', ...lines.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`)].join('\n');

function refutationText(r: Refutation): string {
  const slip = r.slip === undefined ? '' : `\n\nLikely slip: ${escapeMarkdown(r.slip)}.`;
  return `\`${r.name}\` is ${figure(r.found)} and should be ${figure(r.expected)}.${slip}\n\nAt the point\n\n${fence(JSON.stringify(r.values, null, 1), 'json')}`;
}

const SUMMARY_POINT = 160;
const point = (r: Refutation): string => {
  const text = JSON.stringify(r.values);
  return text.length <= SUMMARY_POINT ? ` at ${text}` : '';
};

/** The report on a request. */
export function requestReport(v: Verification): VerifierReport {
  const details = [table(rows(v)), ...(v.refutation ? [refutationText(v.refutation)] : []), ...(v.notes.length > 0 ? [v.notes.map((n) => `- ${escapeMarkdown(n)}`).join('\n')] : [])].join('\n\n');
  switch (v.verdict) {
    case 'verified': {
      const digits = v.exact ? `${v.exact.digits} digits` : '';
      const parts = rows(v).map(([name, value]) => `${name}: ${value}`);
      return { verdict: 'verified', short: digits, summary: parts.join(', '), details };
    }
    case 'refuted': {
      const r = v.refutation;
      if (!r) return { verdict: 'refuted', short: '', summary: v.notes.join('; '), details };
      const slip = r.slip === undefined ? '' : ` (${r.slip})`;
      return {
        verdict: 'refuted', short: '', details, summary: `${r.name} is ${figure(r.found)} and should be ${figure(r.expected)}${slip}${point(r)}`,
        expected: `${r.name} = ${figure(r.expected)}`, actual: `${r.name} = ${figure(r.found)}`,
      };
    }
    case 'undecided':
      return { verdict: 'undecided', short: '', summary: v.notes.join('; '), details };
  }
}

const arrayText = ({ shape: [rows, cols], data }: Counterexample['left']): string => {
  if (rows * cols === 1) return figure(data[0] ?? NaN);
  const lines = Array.from({ length: rows }, (_, i) => data.slice(i * cols, (i + 1) * cols).map(figure).join(', '));
  return `[${lines.join('; ')}]`;
};

const sizesText = (sizes: Readonly<Record<string, number>>): string => Object.entries(sizes).map(([name, size]) => `${name} = ${size}`).join(', ');

/** The report on a claim. */
export function claimReport(c: ClaimResult): VerifierReport {
  const notes = c.notes.map((n) => `- ${escapeMarkdown(n)}`).join('\n');
  switch (c.verdict) {
    case 'proved': {
      const by = c.identities && c.identities.length > 0 ? c.identities.join('; ') : 'both sides have one canonical form';
      return { verdict: 'proved', short: '', summary: `proved: ${by}`, details: [`Proved symbolically: ${escapeMarkdown(by)}.`, notes].filter((s) => s !== '').join('\n\n') };
    }
    case 'holds': {
      const digits = c.digits === undefined ? '' : `${c.digits} digits`;
      const at = c.sizes.map(sizesText).filter((s) => s !== '').join('; ');
      return {
        verdict: 'verified', short: digits, summary: `both sides agree${digits === '' ? '' : ` to ${digits}`} at ${c.points} random points${at === '' ? '' : ` (${at})`}`,
        details: [table([['agreement', digits], ['points', String(c.points)], ['sizes', at]]), notes].filter((s) => s !== '').join('\n\n'),
      };
    }
    case 'false': {
      const e = c.counterexample;
      const special = c.holdsAt && c.holdsAt.length > 0 ? ` It holds where ${c.holdsAt.join(' or ')}.` : '';
      if (!e) return { verdict: 'refuted', short: '', summary: `the two sides differ.${special}`, details: notes };
      const left = arrayText(e.left);
      const right = arrayText(e.right);
      const values = JSON.stringify(e.values);
      return {
        verdict: 'refuted', short: '', expected: right, actual: left,
        summary: `the left side is ${left} and the right side ${right} at ${values}; their difference is ${arrayText(e.difference)}.${special}`,
        details: [table([['left', left], ['right', right], ['difference', arrayText(e.difference)]]), `At the point\n\n${fence(JSON.stringify(e.values, null, 1), 'json')}${special === '' ? '' : `\n\n${escapeMarkdown(special.trim())}`}`, notes].filter((s) => s !== '').join('\n\n'),
      };
    }
    case 'undecided':
      return { verdict: 'undecided', short: '', summary: c.notes.join('; '), details: notes };
  }
}
