/** Where the command line and the server that it starts keep V8's code caches, if anywhere. */
import path from 'node:path';

/**
 * @param env `MCALC_CODE_CACHE` names the folder; where it is set and empty, none is kept
 * @returns a folder of the user's own, by the habits of the platform; undefined where there is none
 */
export function codeFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string | undefined {
  if (env.MCALC_CODE_CACHE !== undefined) return env.MCALC_CODE_CACHE || undefined;
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const below = (base: string | undefined, ...rest: readonly string[]): string | undefined => (base !== undefined && isAbsolute(base) ? join(base, ...rest, 'mcalc', 'code') : undefined);
  if (platform === 'win32') return below(env.LOCALAPPDATA);
  if (platform === 'darwin') return below(env.HOME, 'Library', 'Caches');
  return below(env.XDG_CACHE_HOME) ?? below(env.HOME, '.cache');
}
