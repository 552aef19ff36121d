/** The targets by name, in the order in which they are offered. */
import type { Target } from '../generation';
import type { Language } from '../target';
import { javascript } from './javascript';
import { mathjs } from './mathjs';
import { mlMatrix } from './ml-matrix';
import { numpy } from './numpy';
import { typescript } from './typescript';
import { typescriptWasm } from './typescript-wasm';

export const LANGUAGES: Readonly<Record<Target, Language>> = { typescript, javascript, 'typescript-wasm': typescriptWasm, mathjs, 'ml-matrix': mlMatrix, numpy };
export const TARGETS = Object.keys(LANGUAGES) as readonly Target[];
