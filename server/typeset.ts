/** LaTeX to a picture. The only file that imports MathJax, and imported lazily: it is two thirds of the parcel. */
import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js';
import { TeX } from 'mathjax-full/js/input/tex.js';
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js';
import 'mathjax-full/js/input/tex/base/BaseConfiguration.js';
import 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import { mathjax } from 'mathjax-full/js/mathjax.js';
import { SVG } from 'mathjax-full/js/output/svg.js';

/** A whole `<svg>` element and its size in CSS pixels. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}
export type Typeset = (latex: string, colour: string) => Picture | undefined;

/** Looks right beside the text of a hover. */
const PIXELS_PER_EX = 8;
const CACHE_SIZE = 500;
/** A longer formula would take seconds to draw, and be too large for a hover anyway. */
const MAX_LATEX = 4000;

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const page = mathjax.document('', {
  InputJax: new TeX({ packages: ['base', 'ams', 'boldsymbol'] }),
  OutputJax: new SVG({ fontCache: 'local' }),
});

const pictures = new Map<string, Picture | undefined>();

function draw(latex: string): Picture | undefined {
  if (latex.length > MAX_LATEX) return undefined;
  page.clear();
  const element = adaptor.innerHTML(page.convert(latex, { display: true, em: 18, ex: 9, containerWidth: 80 * 18 }));
  if (element.includes('data-mml-node="merror"')) return undefined;
  const size = /^<svg[^>]*? width="([\d.]+)ex" height="([\d.]+)ex"/.exec(element);
  if (!size) return undefined;
  const width = Math.max(1, Math.ceil(Number(size[1]) * PIXELS_PER_EX));
  const height = Math.max(1, Math.ceil(Number(size[2]) * PIXELS_PER_EX));
  const svg = element
    .replace(/ width="[\d.]+ex" height="[\d.]+ex"/, ` width="${width}" height="${height}"`)
    .replace(/^(<svg[^>]*?) style="[^"]*"/, '$1');
  return { svg, width, height };
}

/** The picture of a displayed formula in one colour (any CSS colour, or `currentColor`); undefined where the LaTeX has an error or is too long. */
export const typeset: Typeset = (latex, colour) => {
  let picture = pictures.get(latex);
  if (picture === undefined && !pictures.has(latex)) {
    const oldest = pictures.size >= CACHE_SIZE ? pictures.keys().next() : undefined;
    if (oldest && !oldest.done) pictures.delete(oldest.value);
    picture = draw(latex);
    pictures.set(latex, picture);
  }
  return picture && { ...picture, svg: picture.svg.replaceAll('currentColor', colour) };
};
