/** What stands to the left of a form: `∇_w f`, `DF(X)[V]`, `∂vec(F)/∂vec(X)ᵀ`. */
import { isVector, isScalar, type Shape } from '../algebra/dim';
import type { Program } from '../algebra/program';
import type { FormName, Presentation } from '../notation/presentation';
import { printLatex } from '../syntax/latex';
import { parseExpression } from '../syntax/parse';
import { printUnicode } from '../syntax/unicode';
import type { Letters } from './picture-data';

export interface Lead {
  readonly unicode: string;
  readonly latex: string;
}

const NAME = /^[\p{L}_][\p{L}\p{M}_0-9₀-₉]*$/u;
const isColumn = (shape: Shape | undefined): boolean => shape !== undefined && (isVector(shape) || isScalar(shape));

function named(name: string): Lead {
  const { expr } = parseExpression(name);
  return { unicode: printUnicode(expr), latex: printLatex(expr) };
}

/** A legend's room, in characters a name. */
const MOST_IN_LEGEND = 8;

/** The program's own names where they are short, so that a picture can stand beside the formula; no two are the same. */
export function lettersOf(p: Presentation): Letters {
  const shown = (name: string | undefined, other: string): string => {
    const text = name !== undefined && NAME.test(name) ? named(name).unicode : other;
    return text.length <= MOST_IN_LEGEND ? text : other;
  };
  const of = shown(p.of, 'F');
  const taken = new Set([of]);
  const free = (...names: readonly string[]): string => {
    const found = names.find((name) => !taken.has(name)) ?? 'X';
    taken.add(found);
    return found;
  };
  const at = free(shown(p.wrt[0], 'X'), 'X', 'Y');
  return { of, at, step: free('h', 't', 's'), direction: free('V', 'W', 'U') };
}

/** Undefined where what is differentiated has no name: its text would be longer than the answer. */
export function leadOf(program: Program, p: Presentation, form: FormName): Lead | undefined {
  if (!NAME.test(p.of) || form === 'value' || form === 'tensor') return undefined;
  const [x, y] = p.wrt;
  if (x === undefined) return undefined;
  const F = named(p.of);
  const X = named(x);
  const of = program.definitions.get(p.of)?.shape ?? program.variables.get(p.of)?.shape;
  const by = program.variables.get(x)?.shape;
  const indices = p.forms[form]?.indices ?? [];
  if (p.kind === 'hessian') {
    const Y = y === undefined ? X : named(y);
    if (form !== 'vec') return undefined;
    return y === undefined || y === x ? { unicode: `∇²_${X.unicode} ${F.unicode}`, latex: `\\nabla^{2}_{${X.latex}} ${F.latex}` }
      : { unicode: `∂²${F.unicode}/∂${X.unicode}∂${Y.unicode}`, latex: `\\frac{\\partial^{2} ${F.latex}}{\\partial ${X.latex}\\,\\partial ${Y.latex}}` };
  }
  const quotient = (above: Lead, below: Lead): Lead => ({ unicode: `∂${above.unicode}/∂${below.unicode}`, latex: `\\frac{\\partial ${above.latex}}{\\partial ${below.latex}}` });
  const indexed = (of: Lead, names: readonly string[]): Lead =>
    (names.length === 0 ? of : { unicode: `${of.unicode}_${names.join('')}`, latex: `${of.latex}_{${names.map((n) => named(n).latex).join('')}}` });
  switch (form) {
    case 'gradient':
      return of && isScalar(of) ? { unicode: `∇_${X.unicode} ${F.unicode}`, latex: `\\nabla_{${X.latex}} ${F.latex}` } : quotient(F, X);
    case 'directional': {
      const V = p.direction === undefined ? { unicode: 'V', latex: 'V' } : named(p.direction);
      return { unicode: `D${F.unicode}(${X.unicode})[${V.unicode}]`, latex: `\\mathrm{D}${F.latex}(${X.latex})[${V.latex}]` };
    }
    case 'differential':
      return { unicode: `d${F.unicode}`, latex: `\\mathrm{d}${F.latex}` };
    case 'components':
      return quotient(F, indexed(X, indices));
    case 'index': {
      const ofX = by && isScalar(by) ? 0 : isColumn(by) ? 1 : 2;
      return quotient(indexed(F, indices.slice(0, Math.max(0, indices.length - ofX))), indexed(X, indices.slice(Math.max(0, indices.length - ofX))));
    }
    case 'vec': {
      const wrap = (lead: Lead, shape: Shape | undefined): Lead => (isColumn(shape) ? lead : { unicode: `vec(${lead.unicode})`, latex: `\\operatorname{vec}(${lead.latex})` });
      const below = wrap(X, by);
      return quotient(wrap(F, of), { unicode: `${below.unicode}ᵀ`, latex: `${below.latex}^{\\top}` });
    }
  }
}
