/** `mcalc check`: shapes, claims and requests; a line for each. */
import type { ProgramClaim } from '../core/algebra/program';
import { isOwn, type Part } from '../core/ide/part';
import { prove } from '../core/proof/prove';
import type { ClaimResult, NumericArray } from '../core/verify/claims';
import { EXIT, Stop } from './exit';
import { diagnosticsOf, locate, readSource, report, type Located, type Source } from './files';
import { applyFixes } from './fix';
import type { Flags } from './main';
import { print, say } from './output';
import { reportText, type Outcome, type Problem } from './reports';
import { chosenRequests } from './requests';
import { reportKind, seedOf, verified } from './verify';

export async function check(files: readonly string[], flags: Flags): Promise<number> {
  const kind = reportKind(flags, 'check');
  const outcomes: Outcome[] = [];
  const problems: Problem[] = [];
  let failed = false;
  for (const file of files) {
    let source = readSource(file);
    if (flags.fix === true) {
      if (file === '-') throw new Stop('mcalc check --fix: standard input cannot be rewritten', EXIT.usage);
      source = applyFixes(source);
    }
    const diagnostics = diagnosticsOf(source);
    problems.push(...diagnostics.filter((d) => d.severity === 'error' || d.severity === 'warning').map((d) => problem(file, d)));
    if (report(source, diagnostics)) failed = true;
    for (const chosen of chosenRequests(source, {})) outcomes.push(await verified(source, chosen, flags));
    for (const part of source.analysis.parts) {
      for (const claim of part.compiled.program.claims) if (isOwn(part.compiled, claim.range)) outcomes.push(await decided(source, part, claim, flags));
    }
  }
  print(reportText(kind, outcomes, problems, files.length));
  return failed || outcomes.some((o) => o.failed) ? EXIT.failed : EXIT.ok;
}

const problem = (file: string, d: Located): Problem => ({ file, line: d.from.line, column: d.from.column, code: d.code, severity: d.severity, message: d.message });

/** The verdict on one claim; a false one is an error on its line. */
async function decided(source: Source, part: Part, claim: ProgramClaim, flags: Flags): Promise<Outcome> {
  const program = part.compiled.program;
  const place = locate(source, part, claim.range).from;
  const name = program.text.slice(claim.range.start, claim.range.end).trim();
  const { decideClaim } = await import('../core/verify/claims');
  const seed = seedOf(flags);
  const r = decideClaim(program, claim, { prove: (left, right) => prove(program, left, right), ...(seed === undefined ? {} : { seed }) });
  const summary = claimSummary(r);
  const failed = r.verdict === 'false';
  if (failed) say(`${source.file}:${place.line}:${place.column}: error: the claim is false: ${summary} [MC6001]`);
  const { line: _line, ...figures } = r;
  return { file: source.file, line: place.line, column: place.column, name, failed, word: r.verdict, summary, json: { check: name, line: place.line, ...figures } };
}

export function claimSummary(r: ClaimResult): string {
  switch (r.verdict) {
    case 'proved': return `by ${(r.identities ?? []).slice(0, 6).join('; ')}`;
    case 'holds': return `tested, not proved: ${r.digits ?? 0} digits at ${r.points} points`;
    case 'false': {
      const c = r.counterexample;
      const special = r.holdsAt && r.holdsAt.length > 0 ? `; it holds at ${r.holdsAt.join(', ')}` : '';
      return c ? `at ${JSON.stringify(c.values)} the left side is ${arrayText(c.left)}, the right side ${arrayText(c.right)}, their difference ${arrayText(c.difference)}${special}` : `${r.notes.join('; ')}${special}`;
    }
    case 'undecided': return r.notes.join('; ');
  }
}

/** `[1, 2; 3, 4]`. */
function arrayText({ shape: [rows, cols], data }: NumericArray): string {
  if (data.length === 1) return short(data[0] ?? NaN);
  return `[${Array.from({ length: rows }, (_, i) => data.slice(i * cols, (i + 1) * cols).map(short).join(', ')).join('; ')}]`;
}

const short = (x: number): string => (Number.isInteger(x) ? `${x}` : `${Number(x.toPrecision(7))}`);
