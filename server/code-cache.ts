/**
 * Scripts that start from V8's code cache: compiling the engine and the typesetter takes longer than running them once. A cache is
 * kept in a folder of the user's, under the script's own digest, and carries a digest of its own: V8 itself tells scripts apart by
 * their length alone, and trusts the bytes. Whatever is wrong with a cache, the script is compiled as if there were none.
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';

export interface Scripts {
  /** What a script exports. Its own requires of files beside it are loaded the same way. */
  readonly load: (file: string) => unknown;
  /** Writes the caches that are missing, with the functions that have been called so far. Never throws. */
  readonly keep: () => void;
  /** The files that were taken from their cache. */
  readonly cached: () => readonly string[];
  /** The files that were compiled although there is a place for their cache. */
  readonly lacking: () => readonly string[];
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
/** So many versions of a script keep a cache: installed side by side, none takes the other's away. */
const KEPT = 3;
const digest = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
/** Decoding UTF-8 takes as long as all else that a cached start does; bundles are ASCII. */
const textOf = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

/** The bytes for V8, where this user wrote them and they are as they were written. */
function readCache(file: string): Buffer | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    if (process.getuid && fstatSync(handle).uid !== process.getuid()) return undefined;
    const bytes = readFileSync(handle);
    const data = bytes.subarray(DIGEST_BYTES);
    return data.length > 0 && bytes.subarray(0, DIGEST_BYTES).equals(digest(data)) ? data : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Written whole or not at all: another process may be reading. Of the same script's other versions the oldest go. */
function writeCache(file: string, data: Buffer): void {
  const folder = path.dirname(file);
  const beside = `${file}.${process.pid}.part`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(beside, Buffer.concat([digest(data), data]), { mode: 0o600 });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  const own = path.basename(file);
  const others = readdirSync(folder).filter((name) => name.startsWith(`${own.split('@')[0]}@`) && name.endsWith('.v8') && name !== own);
  const aged = others.map((name) => ({ at: path.join(folder, name), time: statSync(path.join(folder, name)).mtimeMs })).sort((x, y) => y.time - x.time);
  for (const { at } of aged.slice(KEPT - 1)) rmSync(at, { force: true });
}

/**
 * @param folder where caches are kept; none are without one, or where it is empty
 * @param role tells apart what runs different parts of the same scripts
 * @param start stands for the script that was started: where a loaded one starts a thread, it is from there
 */
export function openScripts(folder: string | undefined, role: string, start: string, requireBuiltin: (id: string) => unknown): Scripts {
  const all = new Map<string, Loaded>();
  const cacheOf = (file: string, bytes: Buffer): string | undefined =>
    folder ? path.join(folder, `${role}-${path.basename(file)}@${process.versions.v8}-${process.arch}-${digest(bytes).toString('hex').slice(0, 24)}.v8`) : undefined;

  function load(file: string): unknown {
    const known = all.get(file);
    if (known) return known.module.exports;
    const bytes = readFileSync(file);
    const cache = cacheOf(file, bytes);
    const cachedData = cache === undefined ? undefined : readCache(cache);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${textOf(bytes)}\n})`, { filename: file, ...(cachedData && { cachedData }) });
    const module = { exports: {} as unknown };
    all.set(file, { script, module, cache, hasCache: cachedData !== undefined && script.cachedDataRejected !== true });
    const from = path.dirname(file);
    (script.runInThisContext() as Wrapped)(module.exports, (id) => (id.startsWith('./') ? load(path.join(from, id)) : requireBuiltin(id)), module, start, from);
    return module.exports;
  }

  function keep(): void {
    for (const one of all.values()) {
      if (one.hasCache || one.cache === undefined) continue;
      // One try: a folder that cannot be written to stays so.
      one.hasCache = true;
      try {
        writeCache(one.cache, one.script.createCachedData());
      } catch {
        // The next start compiles again.
      }
    }
  }

  return {
    load,
    keep,
    cached: () => [...all].flatMap(([file, one]) => (one.hasCache ? [file] : [])),
    lacking: () => [...all].flatMap(([file, one]) => (one.hasCache || one.cache === undefined ? [] : [file])),
  };
}
