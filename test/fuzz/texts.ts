/** The texts that mutations start from: every example of the project, every fence of its documentation, every case of the corpus. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const read = (file: string): string => readFileSync(file, 'utf8');
const inFolder = (folder: string): readonly string[] => readdirSync(folder).sort().map((f) => path.join(folder, f));

const FENCE = /^( *)```([\w-]*)\n([\s\S]*?)^ *```$/gm;

/** mcalc texts below `root`, each once. */
export function exampleTexts(root: string): readonly string[] {
  const texts = new Set<string>();
  for (const file of inFolder(path.join(root, 'examples'))) if (file.endsWith('.mcalc')) texts.add(read(file));
  for (const file of inFolder(path.join(root, 'docs'))) {
    if (!file.endsWith('.md')) continue;
    for (const fence of read(file).matchAll(FENCE)) if (fence[2] === 'mcalc') texts.add(fence[3] ?? '');
  }
  for (const file of inFolder(path.join(root, 'test/data/corpus'))) {
    for (const { mcalc } of JSON.parse(read(file)) as readonly { readonly mcalc?: unknown }[]) {
      if (typeof mcalc === 'string') texts.add(mcalc);
      else if (Array.isArray(mcalc)) texts.add(mcalc.join('\n'));
    }
  }
  return [...texts];
}

/** What earlier runs found; see test/fuzz-failures/README.md. */
export const failureTexts = (root: string): readonly { readonly file: string; readonly text: string }[] =>
  inFolder(path.join(root, 'test/fuzz-failures')).filter((f) => f.endsWith('.txt')).map((file) => ({ file: path.basename(file), text: read(file) }));
