/** What the derivation panel shows: every notation of a request and its steps, each as text and as a picture in the text's own colour. */
import { askedAt, askedById, type Asked } from '../core/ide/derivation';
import { isRefusal } from '../core/ide/engine';
import { leadOf, type Lead } from '../core/ide/lead';
import { FORM_NAMES, type Alternative, type FormName, type Presentation, type Written } from '../core/notation/presentation';
import { derived } from './deriving';
import { inLines } from './formula';
import { runWork, type Work } from './guard';
import { openOf, type Handler, type Open } from './handler';
import { typesetterOf } from './hover';
import { fields, position, text } from './params';
import { DERIVATION, PICTURES, type DerivationResult, type DerivationStep, type PicturesResult, type WrittenWithPicture } from './protocol';
import type { Session } from './session';
import { inQuotes } from './quoting';
import { offsetAt } from './text';
import type { Typeset } from './typeset';
import { NoThread } from './verifying';

const LABELS: Readonly<Record<FormName, string>> = {
  differential: 'Differential', directional: 'Directional', gradient: 'Gradient', components: 'Components', index: 'Index', vec: 'Jacobian', tensor: 'Tensor', value: 'Value',
};

/** Characters that a tab has room for. */
const MOST_IN_TAB = 32;
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A tab has room for a name; what else an alternative's label says stands below its formula. `vec, term by term` is of the tab named Jacobian. */
export function tabLabel({ label, form }: Pick<Alternative, 'label' | 'form'>): { readonly label: string; readonly words: string } {
  if (isSameForm({ label, form })) return { label: LABELS[form] + label.slice(form.length), words: '' };
  const [, name = label, words = ''] = /^([^:(]+?)(?:: | (?=\())(.+)$/s.exec(label) ?? [];
  return name.length <= MOST_IN_TAB ? { label: capital(name), words: capital(words) } : { label: `${LABELS[form]}, otherwise`, words: capital(label) };
}

/** Nothing but another way to write the form of that name. */
const isSameForm = ({ label, form }: Pick<Alternative, 'label' | 'form'>): boolean => label.startsWith(`${form},`);

/** What fits a panel at half of a usual window; a narrower one shrinks the picture. */
const PANEL_WIDTH = 620;

/** The texts are the form's own, to be copied; the picture says what it is of, too. */
const picture = (written: Written, typeset: Typeset | undefined, lead?: Lead): WrittenWithPicture => {
  const drawn = lead ? `${lead.latex} = ${written.latex}` : written.latex;
  return { text: written.text, unicode: written.unicode, latex: written.latex, svg: (typeset && inLines(drawn, 'currentColor', typeset, PANEL_WIDTH)?.svg) ?? '' };
};

/** The panel of a derivation. Each picture may take some ten milliseconds, so there is a pause after each. */
function* shown({ id, title, part }: Asked, presented: Presentation, typeset: Typeset | undefined): Work<DerivationResult> {
  const { program } = part.compiled;
  const { best } = presented;
  const tabs: DerivationResult['tabs'][number][] = [];
  for (const name of [best, ...FORM_NAMES.filter((one) => one !== best)]) {
    const form = presented.forms[name];
    if (form) tabs.push({ name, label: LABELS[name], ...picture(form, typeset, leadOf(program, presented, name)) });
    yield;
  }
  for (const [i, a] of presented.alternatives.entries()) {
    const { label, words } = tabLabel(a);
    tabs.push({ name: `${a.form}-${i + 1}`, label, ...(words !== '' && { words }), ...picture(a, typeset, isSameForm(a) ? leadOf(program, presented, a.form) : undefined) });
    yield;
  }
  const where: WrittenWithPicture[] = [];
  for (const w of presented.where) {
    where.push(picture(w, typeset));
    yield;
  }
  const steps: DerivationStep[] = [];
  for (const step of presented.steps) {
    steps.push({
      rule: step.condition === undefined ? step.rule : `${step.rule} (${step.condition})`, ...picture(step, typeset),
      ...(step.source !== undefined && { source: step.source }),
      ...(step.where && { where: step.where.filter((d) => !presented.where.some((w) => w.text === d)) }),
    });
    yield;
  }
  return { title, id, tabs, where, notes: presented.notes, steps };
}

/** The request that the params ask for, at a place or with an id. */
export function askedFor(session: Session, params: unknown): (Open & { readonly asked: Asked }) | undefined {
  const { uri, id, position: at } = fields(params);
  const open = openOf(session, { textDocument: { uri } });
  if (!open) return undefined;
  const asked = id === undefined ? askedAt(open.analysis, offsetAt(open.document, position(at))) : askedById(open.analysis, text(id, 'id'));
  return asked && { ...open, asked };
}

export const derivations: readonly Handler[] = [
  {
    method: PICTURES, capability: {},
    async handle(session, params, token): Promise<PicturesResult | null> {
      const found = askedFor(session, params);
      if (!found) return null;
      const { document, asked } = found;
      const job = session.verifying.pictures({ text: document.text, languageId: document.languageId, id: asked.id });
      const listening = token.onCancellationRequested(job.cancel);
      try {
        return await job.result ?? null;
      } catch (error) {
        // A panel without pictures is better than none.
        if (error instanceof NoThread) return null;
        throw error;
      } finally {
        listening.dispose();
      }
    },
  },
  {
    method: DERIVATION, capability: {},
    async handle(session, params, token): Promise<DerivationResult | null> {
      const found = askedFor(session, params);
      if (!found) return null;
      const { analysis, asked } = found;
      await derived(session, found, asked.part, asked.request, 'asked', token);
      const presented = analysis.present(asked.part, asked.request);
      if (isRefusal(presented)) return { title: asked.title, id: asked.id, tabs: [], where: [], notes: [inQuotes(presented.refused.message)], steps: [] };
      const typeset = await typesetterOf(session);
      return runWork(shown(asked, presented, typeset), session.runtime, token);
    },
  },
];
