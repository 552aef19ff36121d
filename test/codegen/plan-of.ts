/** What a generated function does: its kernels in order, `loop` for work outside of them (zeros that a sum starts from are none), and the flops that its comment gives. */
import { expect } from 'vitest';
import { generate } from './harness';

export interface SeenPlan { readonly kernels: string; readonly flops: string }

const KERNEL = /^(multiply|matVec|solve|cholesky|symmetric|lu|dot|lowerInverse|transpose|addTranspose|eigSym|rowwise|rowPass|block(?:Inner|Sum))/;
const callsOf = (code: string, indent: string): string =>
  [...code.matchAll(new RegExp(`(?:\\b([a-zA-Z]+)\\((?=[A-Za-z(])|^${indent}(for) \\((?!.*\\] = 0;$))`, 'gm'))].map((m) => (m[2] ? 'loop' : m[1] ?? '')).filter((n) => n === 'loop' || KERNEL.test(n)).join(' ');

/** Of the first function of the module; a choice at run time is `m <= n ? these : those`. */
export function planOf(text: string, which = 0): SeenPlan {
  const module = generate(text);
  expect(module.refused).toEqual([]);
  return seen(module.text, module.functions[which]?.name ?? '');
}
export function seen(module: string, name: string): SeenPlan {
  const start = module.indexOf(`export function ${name}(`);
  const doc = module.slice(module.lastIndexOf('/**', start), start).replace(/\s*\*\s+/g, ' ');
  const code = module.slice(start, module.indexOf('\n}\n', start));
  const flops = /About (.*?)(?: flops\.| flops where (.*?), else (.*?)\.\s)/.exec(doc);
  const choice = /^ {2}if \((.* <= .*)\) \{\n([\s\S]*?)\n {2}\}\n([\s\S]*)$/m.exec(code);
  return {
    kernels: choice ? `${choice[1]} ? ${callsOf(choice[2] ?? '', ' {4}')} : ${callsOf(choice[3] ?? '', ' {2}')}` : callsOf(code, ' {2}'),
    flops: flops ? (flops[3] === undefined ? flops[1] ?? '' : `${flops[1]} : ${flops[3]}`) : '0',
  };
}
