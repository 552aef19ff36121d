// Loaded before the product: tells on standard error of every socket, name lookup and program that is started.
import { createRequire } from 'node:module';
import process from 'node:process';

const require = createRequire(import.meta.url);
const report = (what) => { process.stderr.write(`REACHED OUT: ${what}\n`); };
for (const [name, functions] of Object.entries({
  net: ['connect', 'createConnection', 'createServer'], http: ['request', 'get', 'createServer'], https: ['request', 'get', 'createServer'],
  dns: ['lookup', 'resolve'], dgram: ['createSocket'], tls: ['connect'], child_process: ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync'],
})) {
  const module = require(name);
  for (const f of functions) {
    const original = module[f];
    module[f] = (...args) => { report(`${name}.${f}`); return original.apply(module, args); };
  }
}
const fetched = globalThis.fetch;
globalThis.fetch = (...args) => { report('fetch'); return fetched(...args); };
