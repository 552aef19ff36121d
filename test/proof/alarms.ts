/** False alarms: right derivatives at extreme scales and close to kinks. None may be refuted. */
import { candidateOf } from '../../core/ide/candidate';
import { drawPoints, type DrawnPoint } from '../../core/numeric/points';
import { accepting } from '../../core/verify/accept';
import { verifyRequest, type Verification } from '../../core/verify/verify';
import { firstRequest, program as compiled, sizes, values } from '../verify/document';
import type { Subject } from '../verify/operators';

export const SCALES = ['1e-8', '1e-4', '1e4', '1e8'] as const;
export interface Alarm { readonly op: string; readonly at: string; readonly verdict: Verification['verdict'] }

function judged(text: string, point: (program: ReturnType<typeof compiled>) => DrawnPoint | undefined): Verification['verdict'] | undefined {
  const program = compiled(text);
  const request = firstRequest(program);
  const candidate = candidateOf(program, request);
  const at = point(program);
  return candidate && at ? verifyRequest(program, request, candidate, { point: at }).verdict : undefined;
}

export function scaled({ op, text }: Subject, scale: string): Alarm | undefined {
  const verdict = judged(text, (program) => {
    const [point] = drawPoints(program, { seed: 5, names: [...program.variables.keys()], count: 1, accept: accepting(program, [firstRequest(program).ofTerm], [], 0.02) }).points;
    return point && { ...point, values: new Map([...point.values].map(([name, v]) => [name, { ...v, data: v.data.map((x) => `${x}${scale.slice(1)}`) }])) };
  });
  return verdict && { op, at: `scale ${scale}`, verdict };
}

const near = (d: number) => [
  ['abs', 'x : vector(n)\nf = sum(abs(x))\ngrad(f, x)', [d, -2 * d, 1]], ['relu', 'x : vector(n)\nf = sum(relu(x) .* x)\ngrad(f, x)', [d, -d, 1]], ['norm', 'x : vector(n)\nf = norm(x)\ngrad(f, x)', [d, 2 * d, -d]],
  ['norm1', 'x : vector(n)\nf = norm1(x)\ngrad(f, x)', [d, 1, -1]], ['normInf', 'x : vector(n)\nf = normInf(x)\ngrad(f, x)', [1, 1 + d, 0.5]], ['max', 'x : vector(n)\nf = max(x)\ngrad(f, x)', [1, 1 + d, 0.5]],
  ['sqrt', 'x : vector(n)\nf = sum(sqrt(x))\ngrad(f, x)', [d, 1, 2]], ['log', 'x : vector(n)\nf = sum(log(x))\ngrad(f, x)', [d, 1, 2]], ['entropy', 'x : vector(n)\nf = entropy(x)\ngrad(f, x)', [d, 1, 2]],
] as const;
/** Distances from the kink; nearer than 1e-17 the verdict is `undecided` by rule. */
export const DISTANCES = [1e-3, 1e-6, 1e-9, 1e-12] as const;
export const nearKinks = (): readonly Alarm[] => DISTANCES.flatMap((d) => near(d).flatMap(([op, text, x]): Alarm[] => {
  const verdict = judged(text, () => ({ sizes: sizes({ n: x.length }), values: values({ x: [...x] }) }));
  return verdict ? [{ op, at: `${d} from the kink`, verdict }] : [];
}));
