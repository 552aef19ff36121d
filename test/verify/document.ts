/** Programs and candidates from text, for the tests of this room. */
import { candidateOf } from '../../core/ide/candidate';
import { verifyRequest } from '../../core/verify/verify';
import { resolve } from '../../core/algebra/resolve';
import type { Program, ProgramRequest } from '../../core/algebra/program';
import type { Term } from '../../core/algebra/term';
import type { Point, Sizes, Values } from '../../core/numeric/points';
import { parse } from '../../core/syntax/parse';
import type { Candidate } from '../../core/verify/verify';

export function program(text: string): Program {
  const p = resolve(parse(text));
  const errors = p.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) throw new Error(`${text}\n${errors.map((e) => e.message).join('\n')}`);
  return p;
}
export function lastTerm(p: Program): Term {
  const last = p.requests[p.requests.length - 1];
  if (!last) throw new Error('no request');
  return last.term;
}
export function firstRequest(p: Program): ProgramRequest {
  const [first] = p.requests;
  if (!first) throw new Error('no request');
  return first;
}
/** The gradient of a scalar as a candidate. */
export const gradient = (text: string, expression: string): Candidate => {
  const p = program(`${text}\n${expression}`);
  return { program: p, gradient: lastTerm(p) };
};
/** DF(X)[V], with V's declaration. */
export const directional = (text: string, declaration: string, expression: string): Candidate => {
  const p = program(`${text}\nV : ${declaration}\n${expression}`);
  return { program: p, directional: lastTerm(p), direction: 'V' };
};

/** Numbers, vectors and matrices as a values file has them. */
export function values(given: Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[]>>): Values {
  const point = (v: number | readonly (number | readonly number[])[]): Point => {
    if (typeof v === 'number') return { rows: 1, cols: 1, data: [String(v)] };
    const rows = v.map((r) => (typeof r === 'number' ? [r] : r));
    return { rows: rows.length, cols: rows[0]?.length ?? 0, data: rows.flat().map(String) };
  };
  return new Map(Object.entries(given).map(([name, v]) => [name, point(v)]));
}
export const sizes = (given: Readonly<Record<string, number>>): Sizes => new Map(Object.entries(given));

/** What verification says of the engine's own answer to the first request; undefined where the engine refuses. */
export function verdictOf(text: string): string | undefined {
  const p = program(text);
  const candidate = candidateOf(p, firstRequest(p));
  return candidate && verifyRequest(p, firstRequest(p), candidate).verdict;
}
