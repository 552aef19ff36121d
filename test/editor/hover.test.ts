/** Hovers: the derivative typeset in the theme's colour, with its words, and a line to copy. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, eventually, hoverAt, openFile, placeOf } from './window';

const RIDGE = `X : matrix(m, n)
y : vector(m)
lambda : scalar positive
f(w) = norm(X*w - y)^2 + lambda * w'w
grad(f, w)
`;

/** The pictures of a hover: alternative text, and the SVG. */
function pictures(markdown: string): readonly { readonly alt: string; readonly svg: string }[] {
  return [...markdown.matchAll(/!\[([^\]]*)\]\(data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)/g)]
    .map(([, alt = '', data = '']) => ({ alt, svg: Buffer.from(data, 'base64').toString('utf8') }));
}

async function setTheme(name: string, kind: vscode.ColorThemeKind): Promise<void> {
  await vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
  await eventually(`the theme ${name}`, () => vscode.window.activeColorTheme.kind === kind);
}

suite('hover', () => {
  suiteSetup(async () => { await api(); });
  teardown(closeAll);

  test('a request shows its derivative as a picture with words, and as text to copy', async () => {
    const { document } = await openFile('hover.mcalc', RIDGE);
    const markdown = await eventually('a picture in the hover', async () => {
      const found = await hoverAt(document, placeOf(document, 'grad'));
      return pictures(found).length > 0 && found;
    });
    const [picture] = pictures(markdown);
    assert.ok(picture);
    assert.match(picture.svg, /^<svg [\s\S]*<path/);
    assert.ok(picture.alt.length > 5, `the alternative text is "${picture.alt}"`);
    assert.match(markdown, /X'/);
    assert.match(markdown, /lambda/);
    assert.ok(markdown.length < 100_000);
  });

  test('a definition shows its shape', async () => {
    const { document } = await openFile('shape.mcalc', 'X : matrix(m, n)\nF = X * X\'\n');
    const markdown = await eventually('a hover', async () => await hoverAt(document, placeOf(document, 'F')) || undefined);
    assert.match(markdown, /matrix\(m, m\)|m\s*×\s*m/);
  });

  test('an operator shows what it does', async () => {
    const { document } = await openFile('operator.mcalc', 'A : matrix(n, n) invertible\nf = logdet(A)\n');
    const markdown = await eventually('a hover', async () => await hoverAt(document, placeOf(document, 'logdet')) || undefined);
    assert.match(markdown, /logdet/);
  });

  test('a comment in TypeScript has the same hover', async () => {
    const { document } = await openFile('hover.ts', '// @mcalc X : matrix(m, n); a : vector(m); f = a\' * X * X\' * a; grad(f, X)\nexport const one = 1;\n');
    const markdown = await eventually('a picture', async () => {
      const found = await hoverAt(document, placeOf(document, 'grad'));
      return pictures(found).length > 0 && found;
    });
    assert.match(markdown, /X/);
  });

  test('the colour follows the theme, all four kinds', async () => {
    const before = vscode.workspace.getConfiguration('workbench').get<string>('colorTheme');
    const colours = new Set<string>();
    try {
      for (const [name, kind] of [
        ['Dark Modern', vscode.ColorThemeKind.Dark], ['Light Modern', vscode.ColorThemeKind.Light],
        ['Default High Contrast', vscode.ColorThemeKind.HighContrast], ['Default High Contrast Light', vscode.ColorThemeKind.HighContrastLight],
      ] as const) {
        await setTheme(name, kind);
        const { document } = await openFile('theme.mcalc', RIDGE);
        const colour = await eventually(`a new colour in ${name}`, async () => {
          const [picture] = pictures(await hoverAt(document, placeOf(document, 'grad')));
          const found = /(?:fill|stroke|color)[=:]\s*"?(#[0-9a-fA-F]{3,6})/.exec(picture?.svg ?? '')?.[1];
          return found !== undefined && !colours.has(found) && found;
        });
        colours.add(colour);
      }
    } finally {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', before, vscode.ConfigurationTarget.Global);
    }
    assert.equal(colours.size, 4);
  });
});
