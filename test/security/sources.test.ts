/** What the product's sources may reach: no sockets, no other programs, no text run as code, no HTML from strings. */
import { describe, expect, test } from 'vitest';
import { importsOf, productFiles, textOf } from '../architecture/sources';

/** Each with the files that may use it, and why. */
const MODULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:node:)?(?:net|http|https|http2|tls|dgram|dns|inspector|cluster|repl)(?:\/|$)/, []],
  // The command line and the server start from the code caches of their own scripts.
  [/^(?:node:)?vm$/, ['server/code-cache.ts']],
  // `mcalc lsp` starts the server that lies beside it, and nothing else.
  [/^(?:node:)?child_process$/, ['cli/lsp.ts']],
];
const WORDS: readonly (readonly [string, RegExp, readonly string[]])[] = [
  // In a browser the extension's own scripts come from where VS Code keeps them, and from nowhere else.
  ['requests over the network', /\b(?:fetch|importScripts)\s*\(|\bnew\s+(?:XMLHttpRequest|WebSocket|EventSource)\b|\bsendBeacon\b/, ['client/browser.ts']],
  // Verification and `eval` run the program that the generator has written, from nodes and checked identifiers.
  ['text run as code', /\bnew Function\b|(?<![\w.'`])eval\s*\(/, ['core/ide/run.ts']],
  // MathJax's adaptor has a function of that name, which reads.
  ['HTML from strings', /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b/, ['server/typeset.ts']],
  ['full trust', /isTrusted\s*[:=]\s*true|supportHtml\s*[:=]\s*true/, []],
];

describe('sources', () => {
  test.each(MODULES)('import %s nowhere else', (pattern, allowed) => {
    const found = productFiles.filter((file) => importsOf(file).some((one) => !one.isType && pattern.test(one.specifier)));
    expect(found).toEqual(allowed);
  });
  test.each(WORDS)('have %s nowhere else', (_, pattern, allowed) => {
    expect(productFiles.filter((file) => pattern.test(textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''))).sort()).toEqual(allowed);
  });
  test('trust Markdown with at most three named commands', () => {
    const lists = productFiles.flatMap((file) => [...textOf(file).matchAll(/enabledCommands:\s*\[([^\]]*)\]/g)].map((found) => found[1] ?? ''));
    expect(lists.length).toBeGreaterThan(0);
    for (const list of lists) {
      const commands = list.split(',').map((one) => one.trim()).filter((one) => one !== '');
      expect(commands.length).toBeLessThanOrEqual(3);
      expect(commands.every((one) => /^'mcalc\.\w+'$/.test(one))).toBe(true);
    }
  });
});

describe('the page of the panel', () => {
  const html = textOf('client/derivation.ts');
  test('allows nothing but one script with a nonce and our style sheet', () => {
    const policies = productFiles.flatMap((file) => [...textOf(file).matchAll(/`(default-src [^`]*)`/g)].map((found) => found[1] ?? ''));
    expect(policies.map((policy) => policy.split('; ').sort())).toEqual([["base-uri 'none'", "default-src 'none'", "form-action 'none'", "script-src 'nonce-${key}'", 'style-src ${source}']]);
    expect(html).toContain('http-equiv="Content-Security-Policy" content="${policy}"');
  });
  test('is the only one, with one script, which bears the nonce', () => {
    const pages = productFiles.filter((file) => /<html|createWebviewPanel|registerWebviewViewProvider/.test(textOf(file)));
    expect(pages).toEqual(['client/derivation.ts']);
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="${key}" src="${script}">']);
  });
});
