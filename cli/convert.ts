/** `mcalc convert`: LaTeX formulas to mcalc statements, and mcalc to LaTeX. */
import { isScalar, isVector } from '../core/algebra/dim';
import { printLatex } from '../core/syntax/latex';
import { convertLatex } from '../core/syntax/tex/convert';
import type { Expr, Statement } from '../core/syntax/tree';
import { EXIT, usage } from './exit';
import { diagnosticsOf, placeOf, readSource, report } from './files';
import { readText } from './input';
import type { Flags } from './main';
import { print, say } from './output';

type Kind = 'scalar' | 'vector' | 'matrix';

export function convert(files: readonly string[], flags: Flags): number {
  if (flags.from === 'latex' && flags.to === undefined) return Math.max(...files.map((file) => fromLatex(file, flags)));
  if (flags.to === 'latex' && flags.from === undefined) return Math.max(...files.map(toLatex));
  return usage('mcalc convert: give --from latex or --to latex');
}

function fromLatex(file: string, flags: Flags): number {
  const tex = readText(file);
  const kinds = new Map<string, Kind>();
  if (typeof flags.with === 'string') {
    const declarations = readSource(flags.with);
    if (report(declarations, diagnosticsOf(declarations))) return EXIT.failed;
    for (const part of declarations.analysis.parts) {
      for (const v of part.compiled.program.variables.values()) kinds.set(v.name, isScalar(v.shape) ? 'scalar' : isVector(v.shape) ? 'vector' : 'matrix');
    }
  }
  const { statements, notes, errors } = convertLatex(tex, kinds);
  for (const d of errors) {
    const { line, column } = placeOf(tex, d.range.start);
    say(`${file}:${line}:${column}: error: ${d.message} [${d.code}]`);
  }
  if (errors.length > 0) return EXIT.failed;
  for (const n of notes) say(`${file}: note: ${n}`);
  print(`${statements.join('\n')}\n`);
  return EXIT.ok;
}

function toLatex(file: string): number {
  const source = readSource(file);
  if (report(source, diagnosticsOf(source))) return EXIT.failed;
  const lines = source.analysis.parts.flatMap((part) => part.compiled.statements.filter((s) => s.range.start >= part.compiled.own).flatMap(statementLatex));
  print(`${lines.join('\n')}\n`);
  return EXIT.ok;
}

const name = (text: string): Expr => ({ kind: 'name', name: text, range: { start: 0, end: 0 } });

/** Formulas only: conventions and dimensions have no LaTeX of their own. */
function statementLatex(s: Statement): string[] {
  switch (s.kind) {
    case 'definition': return [`${printLatex(s.name)}${s.parameters ? `(${s.parameters.map((p) => printLatex(p)).join(', ')})` : ''} = ${printLatex(s.body)}`];
    case 'request': return [printLatex(s.expr)];
    case 'check': return [`${printLatex(s.left)} = ${printLatex(s.right)}`];
    case 'assume': return s.right ? [`${printLatex(s.left)} = ${printLatex(s.right)}`] : [];
    case 'declaration': {
      const t = s.type;
      const power = t?.kind === 'vector' && t.size ? printLatex(t.size) : t?.kind === 'matrix' && t.rows && t.cols ? `${printLatex(t.rows)} \\times ${printLatex(t.cols)}` : undefined;
      if (!t || t.kind === 'function' || (power === undefined && t.kind !== 'scalar')) return [];
      return [`${s.names.map((n) => printLatex(name(n.name))).join(', ')} \\in \\mathbb{R}${power === undefined ? '' : `^{${power}}`}`];
    }
    case 'dim': case 'set': case 'broken': return [];
  }
}
