/** As much of XML and of XML Schema as the reports and the schema of JUnit reports use: elements, their children in any number, attributes, patterns. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** What stands directly in it, without the space around it. */
  readonly text: string;
}

const unescaped = (text: string): string => text.replace(/&#(\d+);/g, (_, c: string) => String.fromCodePoint(Number(c)));

/** All elements, parents first. @throws Error where the text is not well-formed */
export function elements(xml: string): readonly Element[] {
  const all: Element[] = [];
  const open: { name: string; attributes: Record<string, string>; children: Element[]; text: string }[] = [];
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8" ?\?>\s*/, '').replace(/<!--[\s\S]*?-->/g, '');
  while (rest.trim() !== '' || open.length > 0) {
    const before = /^(?:[^<>&]|&#\d+;)*/.exec(rest)?.[0] ?? '';
    rest = rest.slice(before.length);
    const inside = open.at(-1);
    if (inside) inside.text += unescaped(before).trim();
    const tag = /^<(\/?)([a-zA-Z:-]+)((?:\s+[a-zA-Z:]+="(?:[^"<&]|&#\d+;)*")*)\s*(\/?)>/.exec(rest);
    if (!tag) throw new Error(`not well-formed: ${rest.slice(0, 80)}`);
    rest = rest.slice(tag[0].length);
    const [, closes, name = '', attributes = '', empty] = tag;
    if (closes === '/') { if (open.pop()?.name !== name) throw new Error(`</${name}>`); continue; }
    const element = { name, text: '', children: [], attributes: Object.fromEntries([...attributes.matchAll(/\s([a-zA-Z:]+)="([^"]*)"/g)].map((m) => [m[1] ?? '', unescaped(m[2] ?? '')])) };
    all.push(element);
    inside?.children.push(element);
    if (empty !== '/') open.push(element);
  }
  return all;
}

interface Attribute { readonly name: string; readonly required: boolean; readonly pattern: RegExp | undefined }
interface ElementType { readonly attributes: readonly Attribute[]; readonly children: ReadonlySet<string>; readonly isText: boolean }
export type Schema = ReadonlyMap<string, ElementType>;

/** Elements by name; the names of children, since in this schema each may stand any number of times in any order. */
export function readSchema(text: string): Schema {
  const [root] = elements(text);
  if (root?.name !== 'xs:schema') throw new Error('no schema');
  const patterns = new Map(root.children.filter((e) => e.name === 'xs:simpleType').map((e) => [e.attributes.name, e.children[0]?.children[0]?.attributes.value ?? '']));
  const named = new Map(root.children.filter((e) => e.name === 'xs:complexType').map((e) => [e.attributes.name, e]));
  const below = (e: Element, name: string): readonly Element[] => e.children.flatMap((c) => [...(c.name === name ? [c] : []), ...below(c, name)]);
  return new Map(root.children.filter((e) => e.name === 'xs:element').map((e) => {
    const type = e.children[0] ?? named.get(e.attributes.type);
    const attributes = type ? below(type, 'xs:attribute').map((a): Attribute => {
      const pattern = patterns.get(a.attributes.type ?? '');
      return { name: a.attributes.name ?? '', required: a.attributes.use === 'required', pattern: pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`) };
    }) : [];
    const children = new Set(type ? below(type, 'xs:element').map((c) => c.attributes.ref ?? c.attributes.name ?? '') : []);
    return [e.attributes.name ?? '', { attributes, children, isText: e.attributes.type === 'xs:string' || type?.attributes.mixed === 'true' }];
  }));
}

/** What of the document the schema does not allow. */
export function faults(schema: Schema, document: readonly Element[]): readonly string[] {
  return document.flatMap((e) => {
    const type = schema.get(e.name);
    if (!type) return [`<${e.name}> is no element`];
    const known = new Map(type.attributes.map((a) => [a.name, a]));
    return [
      ...Object.entries(e.attributes).flatMap(([name, value]) => { const a = known.get(name); return !a ? [`${e.name} has no ${name}`] : a.pattern && !a.pattern.test(value) ? [`${e.name} ${name}="${value}"`] : []; }),
      ...type.attributes.filter((a) => a.required && e.attributes[a.name] === undefined).map((a) => `${e.name} lacks ${a.name}`),
      ...e.children.filter((c) => !type.children.has(c.name)).map((c) => `<${c.name}> in <${e.name}>`),
      ...(e.text !== '' && !type.isText ? [`text in <${e.name}>`] : []),
    ];
  });
}
