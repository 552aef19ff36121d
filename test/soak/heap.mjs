// Preloaded into a server under test: at a signal it collects memory, and writes what is left to the file that MCALC_HEAP names.
import { appendFileSync } from 'node:fs';
import process from 'node:process';

process.on('SIGUSR2', () => {
  globalThis.gc();
  globalThis.gc();
  appendFileSync(process.env.MCALC_HEAP, `${process.memoryUsage().heapUsed}\n`);
});
