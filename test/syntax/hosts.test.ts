/** A text says the same in a file, in a fence, in a fence of a list, in a block comment and in a line comment, and each thing said stands at its place in the host. */
import { expect, test } from 'vitest';
import { resolve } from '../../core/algebra/resolve';
import { CODES } from '../../core/syntax/codes';
import { parse } from '../../core/syntax/parse';
import { regions, toHost } from '../../core/syntax/regions';
import constructs from './constructs.json';

const indented = (text: string, by: string): string => text.split('\n').map((line) => by + line).join('\n');
const HOSTS: readonly (readonly [name: string, language: string, wrap: (text: string) => string])[] = [
  ['a fence', 'markdown', (t) => `# Title\n\n\`\`\`mcalc\n${t}\n\`\`\`\nafter\n`],
  ['a fence in a list', 'markdown', (t) => `- item\n\n  \`\`\`mcalc\n${indented(t, '  ')}\n  \`\`\`\n`],
  ['a block comment', 'typescript', (t) => `const before = 1;\n/**\n * @mcalc\n${indented(t, ' * ')}\n */\nconst after = 2;\n`],
  ['a line comment', 'typescript', (t) => `// @mcalc ${t}\nlet after = 1;\n`],
];
const read = (text: string) => {
  const { diagnostics, requests, claims, definitions, variables } = resolve(parse(text));
  return { places: [...diagnostics, ...requests, ...claims].map((one) => one.range), said: [diagnostics.map((d) => [d.code, d.message, text.slice(d.range.start, d.range.end)]), requests.map((r) => [r.of, r.kind, r.wrt]), claims.length, [...definitions.keys()], [...variables.keys()]] };
};
const TEXTS = [...new Set([...constructs.map(([, text]) => text ?? ''), ...constructs.map(([, text]) => (text ?? '').replaceAll('; ', '\n')), ...CODES.map((c) => c.example)])].filter((t) => !t.includes('*/') && !t.includes('@mcalc') && !t.includes('```'));

test.each(HOSTS)('%s', (name, language, wrap) => {
  const texts = name === 'a line comment' ? TEXTS.filter((t) => !t.includes('\n')) : TEXTS;
  expect(texts.length).toBeGreaterThan(60);
  for (const text of texts) {
    const host = wrap(text);
    const [region, ...more] = regions(host, language);
    expect(more, text).toEqual([]);
    if (!region) throw new Error(`no region in ${host}`);
    const { said, places } = read(region.text);
    expect(said, text).toEqual(read(text).said);
    for (const { start, end } of places) {
      const here = region.text.slice(start, end);
      if (!here.includes('\n')) expect(host.slice(toHost(region, start), toHost(region, end)), text).toBe(here);
    }
  }
});
