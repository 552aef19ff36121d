/** Generated modules over ml-matrix and mathjs, run with the real libraries. */
import { Matrix } from 'ml-matrix';
import * as math from 'mathjs';
import ts from 'typescript';
import type { Sized } from './drawn-requests';

export const LIBRARIES = {
  'ml-matrix': {
    value: ({ shape: [r, c], data }: Sized): unknown => Matrix.from1DArray(r, c, [...data]),
    numbers: (x: unknown): readonly number[] => (x as Matrix).to1DArray(),
  },
  mathjs: {
    value: ({ shape: [r, c], data }: Sized, vector: boolean): unknown => math.matrix(vector ? [...data] : Array.from({ length: r }, (_, i) => data.slice(i * c, (i + 1) * c))),
    numbers: (x: unknown): readonly number[] => ((x as math.Matrix).toArray() as number[] | number[][]).flat(),
  },
} as const;
export type LibraryName = keyof typeof LIBRARIES;

export function loadLibrary(text: string): Record<string, (...args: unknown[]) => unknown> {
  const js = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;
  const names = [...js.matchAll(/^export function ([\p{ID_Continue}$]+)/gmu)].map((m) => m[1] ?? '');
  return new Function('math', 'Matrix', `"use strict";\n${js.replace(/^import .*$/gm, '').replace(/^export /gm, '')}\nreturn { ${names.join(', ')} };`)(math, Matrix) as Record<string, (...args: unknown[]) => unknown>;
}
