/** Declarations of shared-files.mjs for the test that builds with it. */
import type { BuildOptions, Plugin } from 'esbuild';
export function sharedFiles(root: string): {
  readonly plugin: (place: 'node' | 'browser' | 'either') => Plugin;
  readonly build: (options: BuildOptions) => Promise<unknown>;
};
