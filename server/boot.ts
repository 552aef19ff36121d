/** What an editor starts in Node: the language server from V8's code cache, in the folder that `MCALC_CODE_CACHE` names. The same file is the thread for long work. */
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { openScripts } from './code-cache';

// An editor runs many servers: memory is collected when the heap has grown by this much, in the threads too. `--optimize-for-size`
// keeps a little less and takes two to four times the processor time, in long collections. Caches are of code under the same flags,
// so this comes first. Code that was not called for a while is kept: it takes no more memory than what it is compiled from again, and
// the caches would lack it.
if (isMainThread) for (const flag of ['--heap-growing-percent=15', '--no-flush-bytecode']) setFlagsFromString(flag);
const scripts = openScripts(process.env.MCALC_CODE_CACHE, isMainThread ? 'server' : 'thread', __filename, (id) => module.require(id));
const { main, serveThread } = scripts.load(path.join(__dirname, 'language-server.js')) as typeof import('./node');
if (isMainThread) main(__filename, scripts.keep);
else serveThread(scripts);
