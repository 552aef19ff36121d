/** What tests that come with generated code are made for: the framework, the module, points. */
import type { GenerationInput, Target } from './generation';

export type ScriptFramework = 'vitest' | 'jest' | 'mocha' | 'node';
/** The last two are Python's; they go with numpy alone, and numpy with them alone. */
export type Framework = ScriptFramework | 'unittest' | 'pytest';
export const isPython = (framework: Framework): framework is 'unittest' | 'pytest' => framework === 'unittest' || framework === 'pytest';
/** What goes with a target: frameworks of its language. */
export const frameworkFits = (framework: Framework, target: Target): boolean => isPython(framework) === (target === 'numpy');
export interface TestOptions {
  readonly framework: Framework;
  /** What the test imports the module from: `./ridge` or `./ridge.js`. */
  readonly module: string;
  readonly target?: Target;
  /** Points to use instead of sampled ones, by request: values row-major, in the inputs' order of names. */
  readonly points?: (input: GenerationInput) => { readonly sizes: ReadonlyMap<string, number>; readonly values: ReadonlyMap<string, readonly number[]> } | undefined;
}
