/** The server as a process of its own, bundled once and spoken to over standard input and output. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { connect, type Peer } from './peer';

const root = path.resolve(import.meta.dirname, '../..');
let bundle: Promise<string> | undefined;

/** Packages stay outside, so that this takes a fraction of a second. */
async function makeBundle(): Promise<string> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'mcalc-server-'));
  process.once('exit', () => { rmSync(outdir, { recursive: true, force: true }); });
  const entryPoints = { 'server': path.join(root, 'server/boot.ts'), 'language-server': path.join(root, 'server/node.ts') };
  await build({ entryPoints, outdir, bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'error' });
  return path.join(outdir, 'server.js');
}

export interface ServerProcess {
  readonly peer: Peer;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Resolves to the exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly stop: () => void;
  /** What a test that waited in vain wants to know: what was heard last, and what each thread is at. */
  readonly state: () => string;
}

/** @param nodeArguments for Node itself, before the script */
export async function startProcess(nodeArguments: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  bundle ??= makeBundle();
  const child = spawn(process.execPath, [...nodeArguments, await bundle, '--stdio'], { env: { ...process.env, ...environment, NODE_PATH: path.join(root, 'node_modules') }, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => { errors += data.toString(); });
  child.stdin.on('error', () => undefined);
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const peer = connect(child.stdout, child.stdin);
  const state = (): string => {
    const folder = `/proc/${child.pid ?? 0}/task`;
    let threads: readonly string[] = [];
    try { threads = readdirSync(folder).map((id) => readFileSync(path.join(folder, id, 'stat'), 'latin1').split(' ').slice(1, 15).join(' ')); } catch { /* It has ended, or this is no Linux. */ }
    return JSON.stringify({ exit: child.exitCode, signal: child.signalCode, errors, heard: peer.notifications.slice(-5), asked: peer.requests.slice(-5), threads }, undefined, 1);
  };
  return { peer, child, exited, stderr: () => errors, stop: () => { peer.dispose(); child.kill(); }, state };
}
