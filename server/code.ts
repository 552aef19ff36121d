/** Generated code, made from the analysis of a document in whichever thread: pure, and the only file of this room that imports the generator. */
import { generateModule } from '../core/codegen/generate';
import { frameworkFits } from '../core/codegen/test-options';
import { LANGUAGES } from '../core/codegen/targets';
import type { Analysis } from '../core/ide/analysis';
import { askedById } from '../core/ide/derivation';
import { generate } from '../core/ide/generate';
import { blockEdits, blockOf, blocksOf, editedBlocks } from '../core/ide/generated';
import { generationInput } from '../core/ide/generation';
import { moduleFile, moduleName, moduleTests, testFileName } from '../core/ide/module-file';
import type { CodeAsked, CodeGiven, CodeKind } from './codeProtocol';
import { nameOf } from './text';

const NONE = { text: '', refused: [] };

const MAKERS: { readonly [K in CodeKind]: (analysis: Analysis, asked: CodeAsked[K]) => CodeGiven[K] } = {
  module(analysis, { name }) {
    const { module, text, refused } = moduleFile(analysis, name);
    return { text: module.functions.length === 0 ? '' : text, refused, functions: module.functions };
  },

  request(analysis, { id }) {
    const asked = askedById(analysis, id);
    if (!asked) return NONE;
    const input = generationInput(asked.part.compiled.program, asked.request);
    if ('refused' in input) return { text: '', refused: [input.refused.message] };
    const made = generateModule([input]);
    return { text: made.functions.length === 0 ? '' : made.text, refused: made.refused.map((r) => `${r.name}, ${r.kind}: ${r.reason}`) };
  },

  functions: (analysis, { part }) => generate(analysis, analysis.parts.slice(part, part + 1), 'typescript').module.functions,

  blocks(analysis, { wanted, target }) {
    const blocks = blocksOf(analysis.text);
    const parts = analysis.parts.filter((part, i) => wanted.includes(i) || blockOf(analysis, part, blocks) !== undefined);
    const { module, codes, refused } = generate(analysis, parts, target);
    const written = codes.filter((c) => c.functions.length > 0);
    return { edits: blockEdits(analysis, module, written), refused: refused.map((r) => r.message), edited: editedBlocks(analysis, written).map((b) => b.mark.start) };
  },

  files(analysis, { uri: source, target, framework }) {
    const made = moduleFile(analysis, nameOf(source), target);
    if (made.module.functions.length === 0) return { files: [], refused: made.refused };
    const uri = moduleName(source, target);
    const base = uri.slice(0, -LANGUAGES[target].extension.length - 1);
    // A framework of another language says that tests are wanted: then the one that comes with Python, or with Node.
    const fitting = framework === undefined || frameworkFits(framework, target) ? framework : target === 'numpy' ? 'unittest' : 'node';
    const tests = fitting ? moduleTests(made, nameOf(target === 'javascript' || target === 'numpy' ? uri : base), fitting, target) : undefined;
    return { files: [{ uri, text: made.text }, ...(tests === undefined ? [] : [{ uri: testFileName(uri), text: tests }])], refused: made.refused };
  },
};

/** What is asked for of a document's code. */
export const codeOf = <K extends CodeKind>(analysis: Analysis, kind: K, asked: CodeAsked[K]): CodeGiven[K] => MAKERS[kind](analysis, asked);
