/** The code in the documentation: its fences, with the line each starts at. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pages } from '../../scripts/docs.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
export const textOf = (page: string): string => readFileSync(path.join(root, page), 'utf8');
export const PAGES: readonly string[] = pages();

export interface Fence { readonly page: string; readonly line: number; readonly language: string; readonly text: string }

/** Indented fences are those of list items. */
export function fencesOf(page: string, text = textOf(page)): readonly Fence[] {
  return [...text.matchAll(/^( *)```([\w-]*)\n([\s\S]*?)^ *```$/gm)].map((m) => ({
    page, line: text.slice(0, m.index).split('\n').length, language: m[2] ?? '', text: (m[3] ?? '').split('\n').map((l) => l.slice(m[1]?.length ?? 0)).join('\n'),
  }));
}

/** What a fence says about itself: a comment `# MC3001` at the end of a line promises that code there. */
export const promised = (text: string): readonly string[] =>
  text.split('\n').flatMap((line, i) => [...line.matchAll(/#.*?\b(MC\d{4})\b/g)].map((m) => `${i + 1} ${m[1] ?? ''}`));
