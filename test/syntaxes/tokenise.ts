/** Runs our TextMate grammars outside of an editor, with small stand-ins for the languages that they are injected into. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

const root = path.resolve(import.meta.dirname, '../..');
const file = (name: string): string => readFileSync(path.join(root, 'syntaxes', name), 'utf8');

/** Comments as TypeScript's own grammar scopes them; the rest of the language does not matter here. */
const script = (scopeName: string): string => JSON.stringify({
  scopeName,
  patterns: [
    { name: 'comment.block.documentation.ts', begin: '/\\*\\*(?!/)', end: '\\*/' },
    { name: 'comment.block.ts', begin: '/\\*', end: '\\*/' },
    { name: 'comment.line.double-slash.ts', begin: '//', end: '(?=$)' },
    { name: 'storage.type.ts', match: '\\bconst\\b' },
  ],
});
/** As VS Code's own injection for JSDoc has it: each line's star is taken away by a `while`. */
const jsdoc = JSON.stringify({
  scopeName: 'jsdoc.injection', injectionSelector: 'L:comment.block.documentation',
  patterns: [{ begin: '(?<=/\\*\\*)([^*]|\\*(?!/))*$', while: '(^|\\G)\\s*\\*(?!/)(?=([^*]|[*](?!/))*$)', patterns: [{ match: '@\\w+', name: 'storage.type.class.jsdoc' }] }],
});
const markdown = JSON.stringify({ scopeName: 'text.html.markdown', patterns: [{ name: 'markup.bold.markdown', match: '\\*\\*[^*]+\\*\\*' }] });

const grammars: Readonly<Record<string, string>> = {
  'source.mcalc': file('mcalc.tmLanguage.json'),
  'mcalc.comment.injection': file('comment.tmLanguage.json'),
  'mcalc.comment.line': file('comment-line.tmLanguage.json'),
  'mcalc.comment.start': file('comment-start.tmLanguage.json'),
  'mcalc.markdown.injection': file('markdown.tmLanguage.json'),
  'source.ts': script('source.ts'),
  'source.js': script('source.js'),
  'jsdoc.injection': jsdoc,
  'text.html.markdown': markdown,
};
const injections: Readonly<Record<string, string[]>> = { 'source.ts': ['mcalc.comment.injection', 'mcalc.comment.line', 'mcalc.comment.start'], 'source.js': ['jsdoc.injection', 'mcalc.comment.injection', 'mcalc.comment.line', 'mcalc.comment.start'], 'text.html.markdown': ['mcalc.markdown.injection'] };

const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
const onigLib = oniguruma.loadWASM({ data: wasm }).then((): textmate.IOnigLib => ({
  createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text) => new oniguruma.OnigString(text),
}));
const registry = new textmate.Registry({
  onigLib,
  loadGrammar: async (scope) => {
    const text = grammars[scope];
    return text === undefined ? null : textmate.parseRawGrammar(text, `${scope}.json`);
  },
  getInjections: (scope) => injections[scope],
});

export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

export async function tokenise(scope: string, text: string): Promise<readonly Token[]> {
  const grammar = await registry.loadGrammar(scope);
  if (!grammar) throw new Error(`no grammar ${scope}`);
  const found: Token[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const token of result.tokens) found.push({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes });
  }
  return found;
}
