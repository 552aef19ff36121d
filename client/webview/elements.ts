/** Elements of the page, in one line each. */

export type Attributes = Readonly<Record<string, string>>;

export function make(name: string, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLElement {
  const made = make('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** A table with a caption; the first cell of each row is its heading. */
export function table(head: readonly string[], rows: readonly (readonly (string | Node)[])[], caption: string, attributes: Attributes = {}): HTMLElement {
  return make('table', attributes, make('caption', {}, caption),
    make('thead', {}, make('tr', {}, ...head.map((words) => make('th', { scope: 'col' }, words)))),
    make('tbody', {}, ...rows.map((cells) => make('tr', {}, ...cells.map((cell, i) => (i === 0 ? make('th', { scope: 'row' }, cell) : make('td', {}, cell)))))));
}
