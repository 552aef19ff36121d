/**
 * Scripts that start from V8's code cache: compiling the engine and the typesetter takes longer than running them once. A cache is
 * kept in a folder of the user's, under the script's own digest, and carries a digest of its own: V8 itself tells scripts apart by
 * their length alone, and trusts the bytes. Whatever is wrong with a cache, the script is compiled as if there were none.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Script } from 'node:vm';

export interface Scripts {
  /** What a script exports. Its own requires of files beside it are loaded the same way. */
  readonly load: (file: string) => unknown;
  /** Writes the caches that are missing, with the functions that have been called so far. Never rejects. */
  readonly keep: () => Promise<void>;
  /** The files that were taken from their cache. */
  readonly cached: () => readonly string[];
}

interface Loaded {
  readonly script: Script;
  readonly module: { exports: unknown };
  /** Where its cache lies; undefined where none is kept. */
  readonly cache: string | undefined;
  hasCache: boolean;
}

type Wrapped = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }, filename: string, dirname: string) => void;

const DIGEST_BYTES = 32;
const digest = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The bytes for V8, where they are as they were written. */
function readCache(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(DIGEST_BYTES);
    return data.length > 0 && bytes.subarray(0, DIGEST_BYTES).equals(digest(data)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all: another window may be reading. Caches of the same script's other versions go. */
async function writeCache(file: string, data: Buffer): Promise<void> {
  const folder = path.dirname(file);
  const beside = `${file}.${process.pid}.part`;
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(beside, Buffer.concat([digest(data), data]));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  const own = path.basename(file);
  const others = (await readdir(folder)).filter((name) => name.startsWith(`${own.split('@')[0]}@`) && name.endsWith('.v8') && name !== own);
  await Promise.all(others.map((name) => rm(path.join(folder, name), { force: true })));
}

/**
 * @param folder where caches are kept; none are without one
 * @param role tells apart what runs different parts of the same scripts
 * @param start stands for the script that was started: where a loaded one starts a thread, it is from there
 */
export function openScripts(folder: string | undefined, role: string, start: string, requireBuiltin: (id: string) => unknown): Scripts {
  const all = new Map<string, Loaded>();
  const cacheOf = (file: string, text: string): string | undefined =>
    folder && path.join(folder, `${role}-${path.basename(file)}@${process.versions.v8}-${process.arch}-${digest(text).toString('hex').slice(0, 24)}.v8`);

  function load(file: string): unknown {
    const known = all.get(file);
    if (known) return known.module.exports;
    const text = readFileSync(file, 'utf8');
    const cache = cacheOf(file, text);
    const cachedData = cache === undefined ? undefined : readCache(cache);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, { filename: file, ...(cachedData && { cachedData }) });
    const module = { exports: {} as unknown };
    all.set(file, { script, module, cache, hasCache: cachedData !== undefined && script.cachedDataRejected !== true });
    const from = path.dirname(file);
    (script.runInThisContext() as Wrapped)(module.exports, (id) => (id.startsWith('./') ? load(path.join(from, id)) : requireBuiltin(id)), module, start, from);
    return module.exports;
  }

  async function keep(): Promise<void> {
    for (const one of all.values()) {
      if (one.hasCache || one.cache === undefined) continue;
      // One try: a folder that cannot be written to stays so.
      one.hasCache = true;
      try {
        await writeCache(one.cache, one.script.createCachedData());
      } catch {
        // The next start compiles again.
      }
    }
  }

  return { load, keep, cached: () => [...all].flatMap(([file, one]) => (one.hasCache ? [file] : [])) };
}
