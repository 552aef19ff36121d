// The libraries that bench/package.json names, each loaded where it is installed; one that is missing is left out with a word.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(here, '../node_modules');

async function mlMatrix() {
  return import('ml-matrix');
}
async function mathjs() {
  const { create, all } = await import('mathjs');
  return create(all);
}
async function tfjs() {
  const bundle = path.join(packages, '.tfjs-bundle.cjs');
  if (!existsSync(bundle)) buildSync({ entryPoints: [path.join(here, 'tfjs-entry.mjs')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: bundle, logLevel: 'error' });
  const { tf, setWasmPaths } = createRequire(import.meta.url)(bundle);
  setWasmPaths(path.join(packages, '@tensorflow/tfjs-backend-wasm/dist/'));
  const backends = [];
  for (const name of ['wasm', 'cpu']) {
    if (await tf.setBackend(name)) backends.push(name);
  }
  await tf.ready();
  return { tf, backends };
}
async function jax() {
  // It expects a browser's names.
  globalThis.navigator ??= {};
  globalThis.Float16Array ??= class Float16Array extends Uint16Array {};
  const lib = await import('@jax-js/jax');
  const ready = await lib.init('wasm');
  lib.defaultDevice('wasm');
  const { numpy: np, grad, hessian, jacobian, jit, nn } = lib;
  return { np, grad, hessian, jacobian, jit, nn, ready, array: (a, shape) => np.array(a, { shape, dtype: np.float64 }) };
}

/** What could be loaded, by name, and the reasons for what could not. */
export async function loadLibraries() {
  const found = {};
  const missing = [];
  for (const [name, load] of Object.entries({ mlMatrix, mathjs, tfjs, jax })) {
    try {
      found[name] = await load();
    } catch (error) {
      missing.push(`${name}: ${String(error.message ?? error).split('\n')[0]}`);
    }
  }
  return { found, missing };
}
