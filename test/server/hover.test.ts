import { afterEach, describe, expect, test } from 'vitest';
import { MAX_MARKDOWN } from '../../server/formula';
import type { CodeResult, DerivationResult, PicturesResult } from '../../server/protocol';
import { serve } from './memory';
import type { Peer } from './peer';

const URI = 'file:///work/h.mcalc';
const RIDGE = "X : matrix(m, n)\ny : vector(m)\nlambda : scalar positive\nf(w) = norm(X*w - y)^2 + lambda * w'w\ngrad(f, w)\n";
const POLAR = "dim m >= n\nX : matrix(m, n)\nF = X * (X' * X)^(-1/2)\njacobian(F, X)\n";
let peer: Peer | undefined;
afterEach(() => peer?.dispose());

interface Hover { readonly contents: { readonly kind: string; readonly value: string } }
async function open(text: string, options?: object, capabilities: object = {}): Promise<Peer> {
  peer = serve();
  await peer.start(capabilities, options);
  await peer.open(URI, text);
  return peer;
}
const hover = (p: Peer, line: number, character: number): Promise<Hover> => p.request<Hover>('textDocument/hover', { textDocument: { uri: URI }, position: { line, character } });
const TYPESET = { colorTheme: 'dark', typesetHover: true };
const pictures = (value: string): readonly { readonly alt: string; readonly svg: string }[] =>
  [...value.matchAll(/!\[((?:[^\]\\]|\\.)*)\]\(data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)\|width=\d+,height=\d+\)/g)].map(([, alt = '', data = '']) => ({ alt, svg: Buffer.from(data, 'base64').toString('utf8') }));

describe('hovers of derivatives', () => {
  test('a picture with its words, the text to copy, and a link to the derivation', async () => {
    const { value } = (await hover(await open(RIDGE, TYPESET), 4, 1)).contents;
    const [picture] = pictures(value);
    expect(picture?.svg).toMatch(/^<svg [\s\S]*<path/);
    expect(picture?.svg).toContain('#d4d4d4');
    expect(picture?.alt).toMatch(/^∇_w f = /);
    const copy = /```mcalc\n(.*X'.*)\n```/.exec(value)?.[1] ?? '';
    expect(copy).toContain('lambda');
    const link = /\(command:mcalc\.showDerivation\?([^ ]+) /.exec(value)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(link))).toEqual([URI, 'request:grad(f,w)']);
  });

  test('a picture is as large as the text around it, before and after the font changes', async () => {
    const size = async (p: Peer): Promise<readonly number[]> => /width=(\d+),height=(\d+)\)/.exec((await hover(p, 4, 1)).contents.value)?.slice(1).map(Number) ?? [];
    const p = await open(RIDGE, { ...TYPESET, fontSize: 14 });
    const [width = 0, height = 0] = await size(p);
    expect(width).toBeGreaterThan(100);
    await p.notify('mcalc/colorTheme', { kind: 'dark', fontSize: 28 });
    expect(await size(p)).toEqual([2 * width, 2 * height]);
    for (const fontSize of ['28', -1, null, 0]) {
      await p.notify('mcalc/colorTheme', { kind: 'dark', fontSize });
      expect(await size(p)).toEqual([width, height]);
    }
    p.dispose();
    expect(await size(await open(RIDGE, { ...TYPESET, fontSize: 7 }))).toEqual([Math.round(width / 2), Math.round(height / 2)]);
  });

  test('what is to be copied is read again without an error', async () => {
    const p = await open(POLAR, TYPESET);
    const { value } = (await hover(p, 3, 1)).contents;
    const copy = [...value.matchAll(/```mcalc\n([\s\S]*?)\n```/g)].at(-1)?.[1] ?? '';
    await p.open('file:///work/again.mcalc', `${POLAR}${copy.replace(/^# (?:where|     ) /gm, '')}\n`.split('\n').map((l) => l).join('\n'));
    const published = await p.next<{ uri: string; diagnostics: { severity: number }[] }>('textDocument/publishDiagnostics', (d) => d.uri.endsWith('again.mcalc'));
    expect(published.diagnostics.filter((d) => d.severity === 1)).toEqual([]);
  });

  test('the colour follows the theme', async () => {
    const p = await open(RIDGE, TYPESET);
    const colours = new Set<string>();
    for (const kind of ['dark', 'light', 'hcDark', 'hcLight']) {
      await p.notify('mcalc/colorTheme', { kind });
      colours.add(/fill="(#[0-9a-f]{6})"/.exec(pictures((await hover(p, 4, 1)).contents.value)[0]?.svg ?? '')?.[1] ?? '');
    }
    expect(colours.size).toBe(4);
    expect([...colours].every((c) => c.startsWith('#'))).toBe(true);
  });

  test('Unicode for a client that shows no pictures, plain text for one that shows no Markdown', async () => {
    const plain = (await hover(await open(RIDGE), 4, 1)).contents;
    expect(plain.value).not.toContain('data:image');
    expect(plain.value).not.toContain('command:');
    expect(plain.value).toMatch(/```\n∇_w f = .*ᵀ.*\n```/);
    peer?.dispose();
    const bare = (await hover(await open(RIDGE, undefined, { textDocument: { hover: { contentFormat: ['plaintext'] } } }), 4, 1)).contents;
    expect(bare.kind).toBe('plaintext');
    expect(bare.value).not.toMatch(/[`*]{2}/);
    expect(bare.value).toContain('∇_w f = ');
  });

  test('the longest are within the limit, and whole', async () => {
    const text = `A, B, C, D : matrix(n, n) invertible\nf = ${Array.from({ length: 24 }, (_, i) => `tr(${['A', 'B', 'C', 'D'][i % 4]}*inv(A*B + ${i + 2}*C*D)*B)`).join(' + ')}\ngrad(f, A)\n`;
    const { value } = (await hover(await open(text, TYPESET), 2, 1)).contents;
    expect(value.length).toBeLessThanOrEqual(MAX_MARKDOWN);
    expect(value.split('```').length % 2).toBe(1);
    expect((value.match(/data:image/g) ?? []).length).toBe(pictures(value).length);
  });

  test('a refusal shows its code as code, and the panel has no backticks', async () => {
    const p = await open("S : matrix(n, n) posdef\nA : matrix(n, n)\nx, t : vector(n)\nf = sum(x'*inv(S + t[i]*A*A')*x, i = 1:n)\ngrad(f, x)\n", TYPESET);
    const { value } = (await hover(p, 4, 1)).contents;
    expect(value).toContain('**grad\\(f, x\\)** is not derived: a finite sum over an inverse');
    expect(value).toContain("(`S + x*x'`)".replace('(', '\\(').replace(')', '\\)'));
    expect(value).not.toContain('\\`');
    const { notes, tabs } = await p.request<DerivationResult>('mcalc/derivation', { uri: URI, position: { line: 4, character: 0 } });
    expect(tabs).toEqual([]);
    expect(notes.join('')).toContain("(“S + x*x'”)");
  });

  test('a refusal says why', async () => {
    const { value } = (await hover(await open('A : matrix(n, n) symmetric\nQ = eigvecs(A)\nG = svdu(A)*Q\njacobian(G, A)\n', TYPESET), 3, 1)).contents;
    expect(value).toMatch(/jacobian/);
  });

  test('document text cannot add links or pictures', async () => {
    const { value } = (await hover(await open('x : vector(n)\nf = x[1] # [a](command:evil) ![b](http://c)\ngrad(f, x)\n', TYPESET), 1, 0)).contents;
    expect(value).not.toContain('command:evil');
    expect(value.match(/command:/g)?.length ?? 0).toBe(value.match(/command:mcalc\.showDerivation/g)?.length ?? 0);
  });
});

describe('the derivation', () => {
  test('has every notation, the best one first, and its steps', async () => {
    const p = await open(POLAR, TYPESET);
    const result = await p.request<DerivationResult>('mcalc/derivation', { uri: URI, id: 'request:jacobian(F,X)' });
    expect(result.title).toBe('jacobian(F, X)');
    const names = result.tabs.map((t) => t.name);
    expect(names[0]).toBe('vec');
    for (const name of ['differential', 'directional', 'components', 'index', 'tensor']) expect(names).toContain(name);
    expect(result.tabs.every((t) => t.text !== '' && t.unicode !== '' && t.latex !== '')).toBe(true);
    expect(result.tabs[0]?.svg).toContain('currentColor');
    expect(result.steps.length).toBeGreaterThan(1);
    expect(result.steps.every((s) => s.rule !== '')).toBe(true);
  });
  test('at a position, and nothing where there is none', async () => {
    const p = await open(RIDGE, TYPESET);
    expect(await p.request<DerivationResult>('mcalc/derivation', { uri: URI, position: { line: 3, character: 0 } })).toMatchObject({ title: '∂f/∂w' });
    expect(await p.request('mcalc/derivation', { uri: URI, position: { line: 0, character: 0 } })).toBeNull();
    expect(await p.request('mcalc/derivation', { uri: 'file:///other', position: { line: 0, character: 0 } })).toBeNull();
  });
});

describe('what the panel asks for beyond', () => {
  test('the data of the pictures, of written and unwritten requests', async () => {
    const p = await open(POLAR, TYPESET);
    const pictures = await p.request<PicturesResult>('mcalc/pictures', { uri: URI, id: 'request:jacobian(F,X)' });
    expect(pictures.matrix?.values.length).toBeGreaterThan(10);
    expect(pictures.plans.map((plan) => plan.kind)).toContain('jacobian');
    const unwritten = await p.request<PicturesResult>('mcalc/pictures', { uri: URI, position: { line: 2, character: 0 } });
    expect(unwritten.taylor?.seen).toBeGreaterThan(1.9);
    expect(await p.request('mcalc/pictures', { uri: 'file:///other', id: 'x' })).toBeNull();
  });

  test('the code of one request, and of the document', async () => {
    const p = await open(POLAR, TYPESET);
    const one = await p.request<CodeResult>('mcalc/code', { uri: URI, id: 'request:jacobian(F,X)' });
    expect(one.text).toContain('export function jacobianFByX(');
    const all = await p.request<CodeResult>('mcalc/code', { uri: URI });
    expect(all.text).toMatch(/^\/\/ Generated by mcalc from /);
  });
});
