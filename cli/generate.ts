/** `mcalc generate`: code for every request, printed, written beside the formulas or into a folder, or only compared. */
import path from 'node:path';
import type { ManifestFunction, ManifestTogether, Target } from '../core/codegen/generation';
import { LANGUAGES, TARGETS } from '../core/codegen/targets';
import { frameworkFits, type Framework } from '../core/codegen/test-options';
import { generate as generateParts } from '../core/ide/generate';
import { blockEdits, editedBlocks } from '../core/ide/generated';
import { isEdited, isGenerated, moduleFile, moduleName, moduleTests, testFileName } from '../core/ide/module-file';
import { EXIT, fail, Stop, usage } from './exit';
import { diagnosticsOf, readSource, report, type Source } from './files';
import type { Flags } from './main';
import { print, say } from './output';
import { inWords, shownName } from './system-errors';
import { Changed, makeFolder, textAt, writeWhole } from './write';

const FRAMEWORKS: readonly Framework[] = ['vitest', 'jest', 'mocha', 'node', 'unittest', 'pytest'];
const SCRIPTS: Readonly<Record<string, Target>> = { typescript: 'typescript', typescriptreact: 'typescript', javascript: 'javascript', javascriptreact: 'javascript' };

interface OutFile { readonly path: string; readonly text: string; readonly role?: 'test' }
interface Output { readonly files: readonly OutFile[]; readonly functions: readonly ManifestFunction[]; readonly together: readonly ManifestTogether[]; readonly refused: readonly string[] }

export function generate(files: readonly string[], flags: Flags): number {
  const target = (flags.target ?? 'typescript') as Target;
  if (!TARGETS.includes(target)) usage(`mcalc generate: --target takes ${TARGETS.join(', ')}, not ${target}`);
  const framework = flags.tests as Framework | undefined;
  if (framework !== undefined && !FRAMEWORKS.includes(framework)) usage(`mcalc generate: --tests takes ${FRAMEWORKS.join(', ')}, not ${framework}`);
  const sources = files.map(readSource);
  if (sources.map((source) => report(source, diagnosticsOf(source))).includes(true)) return EXIT.failed;
  const outputs = sources.map((source) => {
    const script = SCRIPTS[source.analysis.languageId];
    const output = script ? inPlace(source, script, flags) : beside(source, target, framework);
    for (const r of output.refused) say(`${source.file}: warning: no code for ${r}`);
    if (output.functions.length === 0) fail(`${source.file}: nothing to generate; ask for a derivative on a line of its own, such as grad(f, x)`);
    // `-` is standard output, as it is standard input among the files; never a folder of that name.
    const folder = typeof flags.out === 'string' ? flags.out : source.file !== '-' && (script || flags.check === true) ? path.dirname(source.file) : '-';
    return { output, folder, source };
  });
  const places = outputs.flatMap(({ output, folder }) => (folder === '-' ? [] : output.files.map((f) => path.resolve(folder, f.path))));
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice !== undefined) usage(`mcalc generate: two of the files make ${twice}; generate them into different folders`);
  if (flags.json === true) {
    print(`${JSON.stringify({ files: outputs.flatMap(({ output }) => output.files), functions: outputs.flatMap(({ output }) => output.functions), together: outputs.flatMap(({ output }) => output.together) }, null, 2)}\n`);
    return EXIT.ok;
  }
  return Math.max(...outputs.map(({ output, folder, source }) => settle(output, folder, source, flags)));
}

/** Prints, writes or compares what one file gave. */
function settle(output: Output, folder: string, source: Source, flags: Flags): number {
  if (folder === '-') {
    if (flags.check === true) usage('mcalc generate: --check compares with files; name their folder with --out');
    print(output.files.map((f) => f.text).join('\n'));
    return EXIT.ok;
  }
  return flags.check === true ? compare(output, folder) : write(output, folder, source, flags.force === true);
}

function beside(source: Source, target: Target, framework: Framework | undefined): Output {
  const base = source.file === '-' ? 'formulas.mcalc' : path.basename(source.file);
  const made = moduleFile(source.analysis, base, target);
  const name = moduleName(base, target);
  // Bundling test runners resolve a bare name; plain Node and tsc want the compiled file's.
  if (framework && !frameworkFits(framework, target)) usage(`mcalc generate: for ${target} --tests takes ${FRAMEWORKS.filter((f) => frameworkFits(f, target)).join(', ')}, not ${framework}`);
  const imported = target === 'javascript' || target === 'numpy' ? name : framework === 'node' ? name.replace(/\.ts$/, '.js') : name.replace(/\.ts$/, '');
  const tests = framework && moduleTests(made, imported, framework, target);
  const testName = testFileName(name);
  return { files: [{ path: name, text: made.text }, ...(tests === undefined ? [] : [{ path: testName, text: tests, role: 'test' as const }])], functions: made.module.functions, together: made.module.together, refused: made.refused };
}

/** Blocks below the comments of a TypeScript or JavaScript file; nothing outside them is touched. */
function inPlace(source: Source, fallback: Target, flags: Flags): Output {
  const target = fallback === 'typescript' && flags.target !== undefined ? (flags.target as Target) : fallback;
  if (!LANGUAGES[target].flat) usage(`mcalc generate: ${target} makes a file of its own; keep the formulas in an .mcalc file`);
  const { module, codes, refused } = generateParts(source.analysis, source.analysis.parts, target);
  const written = codes.filter((c) => c.functions.length > 0);
  const [edited] = editedBlocks(source.analysis, written);
  if (edited && flags.force !== true && flags.check !== true) return fail(`${source.file}:${lineOf(source.text, edited.mark.start)}: this generated code was edited by hand and is left as it is; --force overwrites it`);
  let text = source.text;
  for (const e of [...blockEdits(source.analysis, module, written)].sort((a, b) => b.range.start - a.range.start)) {
    text = text.slice(0, e.range.start) + e.text + text.slice(e.range.end);
  }
  return { files: [{ path: path.basename(source.file), text }], functions: module.functions, together: module.together, refused: refused.map((r) => r.message) };
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|\r|\n/).length;

function compare(output: Output, folder: string): number {
  let stale = false;
  for (const f of output.files) {
    const file = path.join(folder, f.path);
    const standing = textAt(file);
    if (standing === f.text) continue;
    stale = true;
    say(`${file}:1:1: error: ${standing === undefined ? 'is missing' : isEdited(standing) ? 'was edited by hand' : 'is stale'}; run mcalc generate [MC5001]`);
  }
  return stale ? EXIT.failed : EXIT.ok;
}

/** Files of other origin, and those that someone edited, are left alone. */
function write(output: Output, folder: string, source: Source, force: boolean): number {
  try {
    makeFolder(folder);
    for (const f of output.files) {
      const file = path.join(folder, f.path);
      if (isGenerated(f.text)) writeModule(file, f.text, force);
      else writeScript(file, f.text, source, force);
      say(shownName(file));
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`${shownName(folder)}: cannot be written: ${inWords(error)}`, EXIT.usage);
  }
  return EXIT.ok;
}

/** How often another process may write the same module first; each time, what it wrote is looked at anew. */
const ROUNDS = 100;

function writeModule(file: string, text: string, force: boolean): void {
  for (let round = 1; ; round++) {
    const standing = textAt(file);
    if (standing !== undefined && !isGenerated(standing)) fail(`${file}: was not generated by mcalc and is left as it is; move it, or choose another folder with --out`);
    if (standing !== undefined && standing !== text && isEdited(standing) && !force) fail(`${file}: was edited by hand and is left as it is; --force overwrites it`);
    try {
      writeWhole(file, text, { text: standing });
      return;
    } catch (error) {
      if (!(error instanceof Changed) || round === ROUNDS) throw error;
    }
  }
}

/** A script with its blocks of code: over the text that was read, or as a new file. */
function writeScript(file: string, text: string, source: Source, force: boolean): void {
  if (path.resolve(file) === path.resolve(source.file)) { writeWhole(file, text, source); return; }
  const standing = textAt(file);
  if (standing !== undefined && standing !== text && !force) fail(`${file}: stands there already and is left as it is; --force overwrites it`);
  writeWhole(file, text, { text: standing });
}
