/** Hover as Markdown: shape, the derivatives typeset, conditions, and a line of mcalc to copy. */
import { MarkupKind, type Hover as LspHover } from 'vscode-languageserver';
import { isRefusal } from '../core/ide/engine';
import { hover, type Derivative, type Hover } from '../core/ide/hover';
import type { Presentation } from '../core/notation/presentation';
import { derived } from './deriving';
import { escapeMarkdown, fence, formula, MAX_MARKDOWN, messageMarkdown } from './formula';
import { runWork, type Work } from './guard';
import { inDocument, type Handler } from './handler';
import { fields, position } from './params';
import { SHOW_DERIVATION, type ColorThemeKind } from './protocol';
import type { Session } from './session';
import { offsetAt, rangeAt } from './text';
import type { Typeset } from './typeset';

export interface Dress {
  readonly typeset: Typeset | undefined;
  readonly theme: ColorThemeKind;
  readonly scale: number;
  readonly uri: string;
  /** The client runs the command links of its own server's hovers. */
  readonly linksDerivations: boolean;
}

const NAMES: Readonly<Record<Presentation['best'], string>> = {
  differential: 'differential', directional: 'directional derivative', gradient: 'gradient', components: 'component matrices', index: 'index notation', vec: 'Jacobian', tensor: 'tensor', value: 'value',
};

function link(title: string, dress: Dress, id: string): string {
  const args = encodeURIComponent(JSON.stringify([dress.uri, id])).replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'));
  return `[${title}](command:${SHOW_DERIVATION}?${args} "Show the derivation, step by step")`;
}

function* derivativeText(derivative: Derivative, dress: Dress, room: number): Work<string> {
  const { presented, title } = derivative;
  if (isRefusal(presented)) return `**${escapeMarkdown(title)}** is not derived: ${messageMarkdown(presented.refused.message)}`;
  const best = presented.forms[presented.best];
  if (!best) return '';
  const copy = [`${best.text}`, ...presented.where.map((w, i) => `${i === 0 ? '# where ' : '#       '}${w.text}`)].join('\n');
  const notes = presented.notes.map((note) => `- ${messageMarkdown(note)}`).join('\n');
  const links = dress.linksDerivations && derivative.id !== undefined ? link('Derivation', dress, derivative.id) : '';
  const heading = `**${escapeMarkdown(title)}** · ${NAMES[presented.best]}${links === '' ? '' : ` · ${links}`}`;
  const fixed = [heading, fence(copy), notes].filter((s) => s !== '');
  let left = room - fixed.join('\n\n').length - 100;
  const drawn: string[] = [];
  for (const [i, written] of [best, ...presented.where].entries()) {
    const text = formula(written, i === 0 ? derivative.lead : undefined, dress.typeset, dress.theme, left, dress.scale);
    left -= text.length;
    drawn.push(text);
    yield;
  }
  return [heading, ...drawn, fence(copy), ...(notes === '' ? [] : [notes])].join('\n\n');
}

/** The whole hover, never longer than MAX_MARKDOWN, with a pause after each picture. */
function* hoverMarkdown(found: Hover, dress: Dress): Work<string> {
  const head = [fence(found.signature), ...found.paragraphs].join('\n\n');
  let text = head;
  for (const derivative of found.derivatives) {
    const share = MAX_MARKDOWN - text.length - 8;
    const drawn = yield* derivativeText(derivative, dress, share);
    const plain = drawn.length <= share ? drawn : yield* derivativeText(derivative, { ...dress, typeset: undefined }, share);
    if (plain === '') continue;
    if (plain.length > share) return `${text}\n\n---\n\nThe derivative is too long for a hover; open the derivation.`;
    text += `\n\n---\n\n${plain}`;
  }
  return text;
}

/** The hover for a client that shows no Markdown: the same lines, bare. */
export function hoverText(found: Hover): string {
  const bare = (text: string): string => text.replace(/`/g, '');
  const derivatives = found.derivatives.flatMap(({ presented, title, lead }) => {
    if (isRefusal(presented)) return [`${title}: ${presented.refused.message}`];
    const best = presented.forms[presented.best];
    return best ? [`${lead?.unicode ?? title} = ${best.unicode}`, ...presented.where.map((w) => `where ${w.unicode}`), best.text, ...presented.notes] : [];
  });
  return [found.signature, ...found.paragraphs.map(bare), ...derivatives].join('\n');
}

/** Of what most formulas are made: the first one that is drawn takes ten times as long as the next. */
const FIRST_FORMULA = '\\nabla_{w} f = 2\\,X^{\\top}\\left(X w - y\\right)';

/** Loaded and warm: who waits for the other thread meanwhile does not wait for this as well. A hover without pictures is better than none. */
export async function typesetterOf(session: Session): Promise<Typeset | undefined> {
  try {
    const typeset = await session.runtime.loadTypesetter();
    typeset(FIRST_FORMULA, 'currentColor');
    return typeset;
  } catch (error) {
    session.report(error);
    return undefined;
  }
}

export const hovers: readonly Handler[] = [
  inDocument('textDocument/hover', { hoverProvider: true }, async (open, session, params, token): Promise<LspHover | null> => {
    const { document, analysis } = open;
    const found = await runWork(hover(analysis, offsetAt(document, position(fields(params).position))), session.runtime, token, async ({ part, request }) => {
      const deriving = derived(session, open, part, request, 'asked', token);
      // The typesetter is loaded while the other thread derives.
      if (session.client.typesetHover) await typesetterOf(session);
      await deriving;
    });
    if (!found) return null;
    const at = rangeAt(document, found.range);
    if (!session.client.markdown) return { range: at, contents: { kind: MarkupKind.PlainText, value: hoverText(found) } };
    const needsPictures = session.client.typesetHover && found.derivatives.length > 0;
    const typeset = needsPictures ? await typesetterOf(session) : undefined;
    const value = await runWork(hoverMarkdown(found, { typeset, theme: session.theme, scale: session.scale, uri: document.uri, linksDerivations: session.client.isOwn }), session.runtime, token);
    return { range: at, contents: { kind: MarkupKind.Markdown, value } };
  }),
];
