/** `mcalc lsp --stdio`: the language server over standard input and output. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { SERVER_FLAGS } from '../server/flags';
import { codeFolder } from './code-folder';
import { usage } from './exit';
import type { Flags } from './main';

/** The server is a bundle of its own beside this one, so that no other command loads it. */
export function lsp(_files: readonly string[], flags: Flags): Promise<number> {
  if (flags.stdio !== true) usage('mcalc lsp: only --stdio is offered');
  // As VS Code starts it, and from a code cache of its own.
  const env = { ...process.env, MCALC_CODE_CACHE: codeFolder(process.env, process.platform) ?? '' };
  // By the channel the server hears that this process has been killed.
  const server = spawn(process.execPath, [...SERVER_FLAGS, path.join(__dirname, 'server.js'), '--stdio'], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
  return new Promise((resolve) => server.on('exit', (code) => resolve(code ?? 1)));
}
