/** The derivation panel's page: tabs for the notations, the steps one by one, pictures, and copying. Knows nothing of VS Code but its messages. */
import type { DerivationResult, DerivationStep, DerivationTab, PicturesResult, WrittenWithPicture } from '../../server/protocol';
import { button, make } from './elements';
import type { CopyFormat, FromPage, ToPage } from './messages';
import { pictures } from './pictures';
import { picture } from './picture';

declare const acquireVsCodeApi: () => {
  readonly postMessage: (message: FromPage) => void;
  readonly getState: () => { readonly tab?: string } | undefined;
  readonly setState: (state: { readonly tab?: string }) => void;
};

const host = acquireVsCodeApi();
const root = document.getElementById('derivation') ?? document.body;

type TextFormat = Exclude<CopyFormat, 'svg' | 'typescript'>;

function copyText(written: WrittenWithPicture, format: TextFormat): string {
  switch (format) {
    case 'mcalc': return written.text;
    case 'latex': return written.latex;
    case 'markdown': return `$$\n${written.latex}\n$$`;
  }
}

function copyButtons(written: WrittenWithPicture): HTMLElement {
  const buttons = ([['mcalc', 'mcalc'], ['latex', 'LaTeX'], ['markdown', 'Markdown']] as const).map(([format, label]) =>
    button(label, () => { host.postMessage({ type: 'copy', text: copyText(written, format), format }); }, { 'aria-label': `Copy as ${label}` }));
  buttons.push(button('TypeScript', () => { host.postMessage({ type: 'copyCode' }); }, { 'aria-label': 'Copy as TypeScript' }));
  return make('div', { class: 'copy' }, 'Copy ', ...buttons);
}

function formula(written: WrittenWithPicture): HTMLElement {
  return make('div', { class: 'formula', tabindex: '0' }, picture(written.svg, written.unicode));
}

function tabPanel(tab: DerivationTab): HTMLElement {
  return make('div', {}, formula(tab), ...(tab.words === undefined ? [] : [make('p', { class: 'words' }, tab.words)]),
    make('pre', { class: 'text', tabindex: '0' }, tab.text), copyButtons(tab));
}

/** Tabs by the usual keys: arrows move and choose, Home and End go to the ends. */
function tabs(all: readonly DerivationTab[]): HTMLElement {
  const panel = make('div', { role: 'tabpanel', id: 'panel' });
  const choose = (i: number, focus: boolean): void => {
    const chosen = all[i];
    if (!chosen) return;
    buttons.forEach((made, j) => {
      made.setAttribute('aria-selected', String(i === j));
      made.tabIndex = i === j ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', `tab-${chosen.name}`);
    panel.replaceChildren(tabPanel(chosen));
    host.setState({ tab: chosen.name });
    if (focus) buttons[i]?.focus();
  };
  const buttons = all.map((tab, i) => {
    const made = button(tab.label, () => { choose(i, false); }, { role: 'tab', id: `tab-${tab.name}`, 'aria-controls': 'panel' });
    made.addEventListener('keydown', (event) => {
      const next = { ArrowRight: (i + 1) % all.length, ArrowLeft: (i + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      choose(next, true);
    });
    return made;
  });
  const kept = host.getState()?.tab;
  choose(Math.max(0, all.findIndex((tab) => tab.name === kept)), false);
  return make('section', { 'aria-label': 'Notations' }, make('div', { role: 'tablist', 'aria-label': 'Notation' }, ...buttons), panel);
}

function step(one: DerivationStep, i: number): HTMLElement {
  const rule = make('p', { class: 'rule' }, make('span', { class: 'number' }, `${i + 1}`), one.rule);
  if (one.source !== undefined && one.source !== '') rule.append(make('cite', {}, one.source));
  return make('li', {}, rule, formula(one), ...(one.where ?? []).map((d) => make('p', { class: 'where' }, 'where ', make('code', {}, d))));
}

/** How many steps stand open before anybody asks for more. */
const FIRST_STEPS = 3;

/** The steps unfold one at a time, or all together; `open` of them stand there at once. */
function steps(all: readonly DerivationStep[], open: number): HTMLElement {
  const list = make('ol', {});
  const next = button('Next step', () => {
    unfold(1);
    list.lastElementChild?.scrollIntoView({ block: 'nearest' });
  });
  const rest = button('All steps', () => { unfold(all.length); });
  const row = make('div', { class: 'unfold' }, next, rest);
  const unfold = (count: number): void => {
    const from = list.children.length;
    all.slice(from, from + count).forEach((one, i) => { list.append(step(one, from + i)); });
    row.hidden = list.children.length === all.length;
  };
  unfold(Math.min(open, all.length));
  return make('section', { 'aria-labelledby': 'steps' }, make('h2', { id: 'steps' }, 'Step by step'), list, row);
}

/** The id of the derivation that stands in the page, and what its pictures show. */
let standing: string | undefined;
let pictured: string | undefined;

/** The same formula again, edited: who reads it keeps the place, the open steps, and the former pictures until the new ones come. */
function draw(derivation: DerivationResult): void {
  const again = standing === derivation.id;
  standing = derivation.id;
  const place = again ? window.scrollY : 0;
  const open = again ? root.querySelectorAll('ol > li').length : 0;
  const allOpen = open > 0 && root.querySelector<HTMLElement>('.unfold')?.hidden === true;
  const former = again ? [...document.getElementById('pictures')?.childNodes ?? []] : [];
  if (former.length === 0) pictured = undefined;
  const parts: HTMLElement[] = [make('h1', {}, derivation.title)];
  if (derivation.tabs.length > 0) parts.push(tabs(derivation.tabs));
  if (derivation.where.length > 0) {
    parts.push(make('section', { 'aria-labelledby': 'where' }, make('h2', { id: 'where' }, 'Where'), ...derivation.where.map(formula)));
  }
  if (derivation.notes.length > 0) {
    parts.push(make('section', { 'aria-labelledby': 'notes' }, make('h2', { id: 'notes' }, derivation.tabs.length > 0 ? 'Conditions and notes' : 'Why it is not derived'),
      make('ul', {}, ...derivation.notes.map((note) => make('li', {}, note)))));
  }
  if (derivation.steps.length > 0) parts.push(steps(derivation.steps, allOpen ? derivation.steps.length : Math.max(open, FIRST_STEPS)));
  if (derivation.tabs.length > 0) parts.push(make('div', { id: 'pictures', 'aria-busy': 'true' }, ...(former.length > 0 ? former : [make('p', { class: 'waiting' }, 'Drawing the pictures…')])));
  root.replaceChildren(...parts);
  window.scrollTo(0, place);
}

/** The pictures of the derivation that is shown; they come later, for they take arithmetic. Those that stand there already are left alone. */
function drawPictures(result: PicturesResult | undefined): void {
  const place = document.getElementById('pictures');
  if (!place) return;
  place.removeAttribute('aria-busy');
  const key = JSON.stringify(result) as string | undefined;
  if (key !== undefined && key === pictured) return;
  pictured = key;
  place.replaceChildren(...(result ? pictures(result, (svg) => { host.postMessage({ type: 'copy', text: svg, format: 'svg' }); }) : []));
}

const SAID_MS = 2000;
let silence: ReturnType<typeof setTimeout> | undefined;

/** A word in the corner, for eyes and screen readers, for a moment. */
function say(text: string): void {
  const place = document.getElementById('said');
  if (!place) return;
  place.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { place.textContent = ''; }, SAID_MS);
}

window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  const message = event.data;
  switch (message.type) {
    case 'show': draw(message.derivation); break;
    case 'pictures': drawPictures(message.pictures); break;
    case 'empty':
      standing = undefined;
      root.replaceChildren(make('p', { class: 'empty' }, message.reason));
      break;
    case 'said': say(message.text); return;
  }
  host.postMessage({ type: 'drawn', text: root.innerText });
});
host.postMessage({ type: 'ready' });
