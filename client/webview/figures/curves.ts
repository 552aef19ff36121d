/** The two plots of a derivative's truth: difference quotients against the derivative over steps, and Taylor remainders. */
import type { Curve, DifferencesPicture, TaylorPicture } from '../../../server/protocol';
import { logPlot } from './log-plot';
import { figureText, type Figure } from './svg';

/** Where an error is exactly 0, a line is drawn at the last digit that a double could hold. */
const LEAST = 1e-17;
const positive = (c: Curve): Curve['points'] => c.points.map(([x, y]) => [x, Math.max(y, LEAST)] as const);
const smallest = (c: Curve): number => Math.min(...c.points.map(([, y]) => y));

export const derivativeWords = (d: DifferencesPicture): string => (d.derivative === 0 ? 'exact to the last bit' : `relative error ${figureText(d.derivative)}`);

export function differencesFigure(d: DifferencesPicture): Figure {
  const words = (name: string) => (x: number, y: number): string => `${name}, step ${figureText(x)}: relative error ${figureText(y)}`;
  return logPlot({
    series: [
      { name: 'forward difference', points: positive(d.forward), ink: 'orange', mark: 'disc', words: words('forward difference') },
      { name: 'central difference', points: positive(d.central), ink: 'blue', mark: 'square', words: words('central difference') },
    ],
    levels: [{ name: 'mcalc’s derivative', y: Math.max(d.derivative, LEAST), ink: 'green' }],
    slopes: [], xLabel: 'step h, relative to the variable', yLabel: 'relative error',
    words: `Errors over the step: forward differences reach ${figureText(smallest(d.forward))} at best, central differences ${figureText(smallest(d.central))}; the derivative needs no step, ${derivativeWords(d)}.`,
  });
}

export function taylorFigure(t: TaylorPicture): Figure {
  const last = (c: Curve): readonly [number, number] => c.points.at(-1) ?? [1, 1];
  const { of, at, step, direction } = t.letters;
  const change = `${of}(${at} + ${step}${direction}) − ${of}(${at})`;
  const subject = t.rate === 2 ? `${change} − ${step} D${of}(${at})[${direction}]` : `${change} − ${step} D${of}[${direction}] − ½${step}² D²${of}[${direction}, ${direction}]`;
  return logPlot({
    series: [
      { name: change, points: t.first.points, ink: 'orange', mark: 'disc', words: (x, y) => `change, step ${figureText(x)}: ${figureText(y)}` },
      { name: subject, points: t.remainder.points, ink: 'blue', mark: 'square', words: (x, y) => `remainder, step ${figureText(x)}: ${figureText(y)}` },
    ],
    levels: [], slopes: [{ slope: 1, through: last(t.first), name: 'slope 1' }, { slope: t.rate, through: last(t.remainder), name: `slope ${t.rate}` }],
    xLabel: `step ${step}, relative to the variable`, yLabel: 'largest entry, at 64 digits',
    words: `Taylor remainders: after the derivative's term the remainder falls with slope ${t.seen.toFixed(2)}, and should fall with slope ${t.rate}.`,
  });
}
