/** The manifest keeps the conventions of VS Code, and everything that it names is there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, root, textOf } from './sources';

interface Command { readonly command: string; readonly title: string; readonly category?: string; readonly enablement?: string }
interface Setting { readonly scope?: string; readonly markdownDescription?: string; readonly type?: string; readonly default?: unknown; readonly enum?: readonly string[]; readonly enumDescriptions?: readonly string[] }
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly completionEvents: readonly string[]; readonly media: { readonly markdown?: string; readonly image?: Readonly<Record<string, string>> } }[] }[];
    readonly languages: readonly { readonly configuration: string; readonly icon: { readonly light: string; readonly dark: string } }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly problemPatterns: readonly { readonly regexp: string }[];
  };
}
const manifest = JSON.parse(textOf('package.json')) as Manifest;
const { contributes } = manifest;
const there = (file: string): boolean => existsSync(path.join(root, file));

describe('manifest', () => {
  test('names only files that exist', () => {
    const named = [
      manifest.icon,
      ...contributes.languages.flatMap((language) => [language.configuration, language.icon.light, language.icon.dark]),
      ...contributes.grammars.map((grammar) => grammar.path),
      ...contributes.snippets.map((snippet) => snippet.path),
      ...contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps.flatMap(({ media }) => (media.markdown === undefined ? Object.values(media.image ?? {}) : [media.markdown]))),
    ];
    expect(named.filter((file) => !there(file))).toEqual([]);
  });
  test('pins every version', () => {
    const loose = Object.entries(manifest.devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });
  test('asks for the VS Code that its types describe', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });
  test('starts only where mcalc can be', () => {
    expect(manifest.activationEvents.filter((event) => event === '*' || event === 'onStartupFinished')).toEqual([]);
  });
});

describe('commands', () => {
  test('stand under one category with our prefix', () => {
    expect(contributes.commands.filter((one) => one.category !== 'Matrix Calculus' || !one.command.startsWith('mcalc.'))).toEqual([]);
  });
  test('of the menus are declared', () => {
    const declared = new Set(contributes.commands.map((one) => one.command));
    expect(Object.values(contributes.menus).flat().map((entry) => entry.command).filter((command) => !declared.has(command))).toEqual([]);
  });
  test('are each registered by the client', () => {
    const client = filesBelow('client').filter((file) => file.endsWith('.ts')).map(textOf).join('\n') + textOf('server/protocol.ts');
    expect(contributes.commands.filter((one) => !client.includes(`'${one.command}'`))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  test('has steps that complete by what is done, each of which somebody reports', () => {
    const client = filesBelow('client').filter((file) => file.endsWith('.ts')).map(textOf).join('\n');
    const firsts = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ completionEvents }) => completionEvents.map((event) => /^onContext:mcalc\.did\.(\w+)$/.exec(event)?.[1])));
    expect(firsts.map((names) => names.length)).toEqual([1, 1, 1, 1]);
    expect(firsts.flat().filter((name) => name === undefined || !client.includes(`did('${name}')`))).toEqual([]);
  });
});

describe('settings', () => {
  const settings = Object.entries(contributes.configuration.properties);
  test('are at most a dozen', () => expect(settings.length).toBeLessThanOrEqual(12));
  test.each(settings)('%s is documented, scoped and has a default', (name, setting) => {
    expect(name).toMatch(/^mcalc\.[a-zA-Z.]+$/);
    expect(setting.markdownDescription?.length).toBeGreaterThan(20);
    expect(['resource', 'window', 'language-overridable', 'machine-overridable']).toContain(setting.scope);
    expect(setting).toHaveProperty('default');
    expect(setting.enumDescriptions?.length).toBe(setting.enum?.length);
  });
  test.each(settings)('%s is read by someone', (name) => {
    const key = name.replace(/^mcalc\./, '');
    // The language client itself reads the trace setting.
    if (key === 'trace.server') return;
    const readers = ['client', 'server'].flatMap(filesBelow).filter((file) => file.endsWith('.ts')).map(textOf);
    const [section, last] = [key.slice(0, key.lastIndexOf('.')), key.slice(key.lastIndexOf('.') + 1)];
    expect(readers.some((text) => text.includes(`'${key}'`) || (text.includes(section) && new RegExp(`\\b${last}\\b`).test(text)))).toBe(true);
  });
});

describe('problem matcher', () => {
  test('of GitHub is the one of VS Code', () => {
    const github = JSON.parse(textOf('docs/problem-matcher.json')) as { problemMatcher: { pattern: { regexp: string; code: number }[] }[] };
    expect(github.problemMatcher[0]?.pattern[0]).toMatchObject({ regexp: contributes.problemPatterns[0]?.regexp, file: 1, line: 2, column: 3, severity: 4, message: 5, code: 6 });
  });
  const pattern = new RegExp(contributes.problemPatterns[0]?.regexp ?? '$^');
  test('reads a message of the command line', () => {
    expect(pattern.exec('examples/a.mcalc:3:9: error: m×n and k×n do not fit [MC3001]')?.slice(1)).toEqual(['examples/a.mcalc', '3', '9', 'error', 'm×n and k×n do not fit', 'MC3001']);
  });
  test('and nothing else', () => expect(pattern.test('F: verified, 3 points')).toBe(false));
});
