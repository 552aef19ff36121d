/** What the derivation panel shows: every notation of a request and its steps, each as text and as a picture in the text's own colour. */
import { askedAt, askedById } from '../core/ide/derivation';
import { isRefusal } from '../core/ide/engine';
import { leadOf, type Lead } from '../core/ide/lead';
import { FORM_NAMES, type FormName, type Written } from '../core/notation/presentation';
import { openOf, type Handler } from './handler';
import { typesetterOf } from './hover';
import { fields, position, text } from './params';
import { DERIVATION, type DerivationResult, type DerivationStep, type WrittenWithPicture } from './protocol';
import { offsetAt } from './text';
import type { Typeset } from './typeset';

const LABELS: Readonly<Record<FormName, string>> = {
  differential: 'Differential', directional: 'Directional', gradient: 'Gradient', components: 'Components', index: 'Index', vec: 'Jacobian', tensor: 'Tensor', value: 'Value',
};

/** The texts are the form's own, to be copied; the picture says what it is of, too. */
const picture = (written: Written, typeset: Typeset | undefined, lead?: Lead): WrittenWithPicture => {
  const drawn = lead ? `${lead.latex} = ${written.latex}` : written.latex;
  return { text: written.text, unicode: written.unicode, latex: written.latex, svg: typeset?.(drawn, 'currentColor')?.svg ?? '' };
};

export const derivations: readonly Handler[] = [
  {
    method: DERIVATION, capability: {},
    async handle(session, params): Promise<DerivationResult | null> {
      const { uri, id, position: at } = fields(params);
      const open = openOf(session, { textDocument: { uri } });
      if (!open) return null;
      const { document, analysis } = open;
      const asked = id === undefined ? askedAt(analysis, offsetAt(document, position(at))) : askedById(analysis, text(id, 'id'));
      if (!asked) return null;
      const presented = analysis.present(asked.part, asked.request);
      if (isRefusal(presented)) return { title: asked.title, tabs: [], where: [], notes: [presented.refused.message], steps: [] };
      const typeset = await typesetterOf(session);
      const best = presented.best;
      const { program } = asked.part.compiled;
      const names = [best, ...FORM_NAMES.filter((name) => name !== best)];
      return {
        title: asked.title,
        tabs: [
          ...names.flatMap((name) => {
            const form = presented.forms[name];
            return form ? [{ name, label: LABELS[name], ...picture(form, typeset, leadOf(program, presented, name)) }] : [];
          }),
          ...presented.alternatives.map((a, i) => ({ name: `${a.form}-${i + 1}`, label: a.label, ...picture(a, typeset) })),
        ],
        where: presented.where.map((w) => picture(w, typeset)),
        notes: presented.notes,
        steps: presented.steps.map((step): DerivationStep => ({
          rule: step.condition === undefined ? step.rule : `${step.rule} (${step.condition})`, ...picture(step, typeset),
          ...(step.source !== undefined && { source: step.source }),
        })),
      };
    },
  },
];
