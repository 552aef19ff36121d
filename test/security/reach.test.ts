/** The product at work, with every socket and every started program told of: there are none. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cliEnvironment, cliFile } from '../cli/bundle';
import { startProcess } from '../server/process';

const watch = pathToFileURL(path.join(import.meta.dirname, 'watch.mjs')).href;
/** For processes that start cold, load everything under the watch and run to their end: what counts is what they reach, however busy the machine is. */
const PATIENCE = 180_000;
const TEXT = "W : matrix(n, k)\nf = tr(W*W')\ngrad(f, W)\ncheck tr(W*W') == tr(W'*W)\n";

describe('nothing is reached out to', () => {
  test('the watch tells', () => {
    const done = spawnSync(process.execPath, ['--import', watch, '-e', "require('net').createServer()"], { encoding: 'utf8' });
    expect(done.stderr).toContain('REACHED OUT: net.createServer');
  });
  test('by the command line', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-reach-'));
    writeFileSync(path.join(folder, 'a.mcalc'), TEXT);
    writeFileSync(path.join(folder, 'v.json'), '{"W": [[1, 2], [3, 4]]}');
    const file = await cliFile();
    for (const args of [['derive', 'a.mcalc', '--steps'], ['check', 'a.mcalc'], ['generate', 'a.mcalc', '--out', 'o', '--tests', 'vitest'], ['eval', 'a.mcalc', '--values', 'v.json', '--of', 'f', '--wrt', 'W'], ['format', 'a.mcalc']]) {
      const done = spawnSync(process.execPath, ['--import', watch, file, ...args], { cwd: folder, env: cliEnvironment, encoding: 'utf8' });
      expect(done.stderr, args.join(' ')).not.toContain('REACHED OUT');
      expect(done.status, args.join(' ')).toBe(0);
    }
  }, PATIENCE);
  test('by the server, through opening, hovering, verifying and generating', async () => {
    const server = await startProcess(['--import', watch]);
    const { peer } = server;
    await peer.start({ workspace: { applyEdit: true, workspaceEdit: { resourceOperations: ['create'] } } }, { colorTheme: 'dark', typesetHover: true });
    const uri = 'file:///w/a.mcalc';
    await peer.open(uri, TEXT);
    await peer.request('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 1 } });
    expect(await peer.request('mcalc/verify', { uri, id: 'request:grad(f,W)' })).toMatchObject({ verdict: 'verified' });
    await peer.request('workspace/executeCommand', { command: 'mcalc.generateAll', arguments: [uri] });
    expect(server.stderr()).not.toContain('REACHED OUT');
    server.stop();
  }, PATIENCE);
});
