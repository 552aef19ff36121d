/**
 * What `mcalc` runs first: loads the command line and the engine beside it, from V8's code cache. Compiling the engine's text takes
 * longer than a short command does; the first command that needs the engine leaves the cache behind, once it has printed.
 */
import path from 'node:path';
import { openScripts } from '../server/code-cache';
import { codeFolder } from './code-folder';

const beside = (file: string): string => path.join(__dirname, file);
// What Node itself offers; loading node:module for a require of its own costs more than the rest of this file.
const scripts = openScripts(codeFolder(process.env, process.platform), 'mcalc', beside('commands.js'), (id) => module.require(id));

process.once('exit', () => {
  if (!scripts.lacking().includes(beside('core.js'))) return;
  try {
    scripts.load(beside('warm.js'));
  } catch {
    // Half warm is a cache too.
  }
  scripts.keep();
});
scripts.load(beside('commands.js'));
