/** Turns the server's SVG text into elements: parsed, checked against a list of what MathJax draws, and free of style attributes. */

const ELEMENTS = new Set(['svg', 'g', 'path', 'rect', 'use', 'defs', 'text', 'line', 'title']);
const ATTRIBUTES = new Set(['viewBox', 'width', 'height', 'd', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'transform', 'id', 'fill', 'stroke', 'stroke-width',
  'font-size', 'font-family', 'preserveAspectRatio', 'href', 'xlink:href', 'xmlns', 'xmlns:xlink', 'data-mml-node', 'data-c']);

function clean(element: Element): void {
  for (const child of [...element.children]) {
    if (ELEMENTS.has(child.localName)) clean(child);
    else child.remove();
  }
  for (const { name, value } of [...element.attributes]) {
    const isForeignLink = name.endsWith('href') && !value.startsWith('#');
    if (!ATTRIBUTES.has(name) || isForeignLink) element.removeAttribute(name);
  }
}

/** The picture with its words for a screen reader; the words alone where there is no picture. */
export function picture(svg: string, words: string): Element {
  const parsed = svg === '' ? undefined : new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (parsed?.localName !== 'svg') {
    const code = document.createElement('code');
    code.textContent = words;
    return code;
  }
  clean(parsed);
  parsed.setAttribute('role', 'img');
  parsed.setAttribute('aria-label', words);
  const drawn = document.importNode(parsed, true);
  // A wide formula shrinks to the panel, but never below what can be read: the style sheet sets how far.
  if (drawn instanceof SVGElement) drawn.style.setProperty('--natural', `${parseFloat(drawn.getAttribute('width') ?? '0')}px`);
  return drawn;
}
