/**
 * What `mcalc` runs first: loads the command line and the engine beside it, from V8's code cache where the build left one.
 * Compiling the engine's text is two thirds of a short command's time. V8 itself refuses a cache of another version; the build removes one with the text that it was made from.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';

/** Where a file's code cache lies. */
export const cacheOf = (file: string): string => `${file}.v8`;
/** What was loaded, by file: the build makes their caches from it, once it has run a command. */
export const loaded = new Map<string, { readonly script: Script; readonly module: { exports: unknown } }>();

type Wrapped = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }, filename: string, dirname: string) => void;

// What Node itself offers; loading node:module for a require of its own costs more than the rest of this file.
const requireBuiltin = (id: string): unknown => module.require(id);

function load(file: string): unknown {
  const known = loaded.get(file);
  if (known) return known.module.exports;
  const cache = cacheOf(file);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`, { filename: file, ...(existsSync(cache) ? { cachedData: readFileSync(cache) } : {}) });
  const own = { exports: {} as unknown };
  loaded.set(file, { script, module: own });
  const from = path.dirname(file);
  (script.runInThisContext() as Wrapped)(own.exports, (id) => id.startsWith('./') ? load(path.join(from, id)) : requireBuiltin(id), own, file, from);
  return own.exports;
}

load(path.join(__dirname, 'commands.js'));
