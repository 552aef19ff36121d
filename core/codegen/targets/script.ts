/** What the self-contained script targets share: flat arrays, kernels and small private functions once a module, below what is exported. */
import { kernelSources } from '../../numeric/kernel-sources';
import { emitFunction, type Module } from '../emit-function';
import type { FunctionKind } from '../generation';
import { createNames, identifier } from '../names';
import { inCode } from '../index-reads';
import { smallCall } from '../small-kernels';
import { HELPERS, SCALAR_FUNCTIONS, type PrivateSource } from '../preamble';
import type { ModuleWriter } from '../target';

export interface ScriptOptions {
  /** Whether types are written. */
  readonly typed: boolean;
  /** The last change to each text. */
  readonly finish: (text: string) => string;
  /** Private functions that stand for those of the same name. */
  readonly replaced?: Readonly<Record<string, PrivateSource>>;
  /** Kernels that the target does better without: what calls them has another way. */
  readonly without?: readonly string[];
  /** Names of its own that no function of the module may bear. */
  readonly reserved?: readonly string[];
  /** Declarations that the private functions need before theirs. */
  readonly state?: (needed: readonly string[]) => readonly string[];
}

/** A name that is called; a call without calls among its arguments. */
const CALLED = /(?<![\p{ID_Continue}$.])([\p{ID_Continue}$]+)\(/gu;
const CALL = /(?<![\p{ID_Continue}$.])([\p{ID_Continue}$]+)\(([^()]*)\)/gu;
const WORDS: Readonly<Record<FunctionKind, string>> = { value: '', gradient: 'gradient', jacobian: 'jacobian', hessian: 'hessian', jvp: 'jvp', vjp: 'vjp', hvp: 'hvp' };

/** `gradientFByX`, `hessianFByXAndY`, in the style of JavaScript. */
export function camelName(kind: FunctionKind, of: string, by: readonly string[]): string {
  const name = identifier(of);
  if (kind === 'value') return name;
  return `${WORDS[kind]}${name.charAt(0).toUpperCase()}${name.slice(1)}By${by.map((x) => identifier(x).replace(/^_*(.)/, (_, c: string) => c.toUpperCase())).join('And')}`;
}

export function openScript({ typed, finish, replaced = {}, without = [], reserved = [], state = () => [] }: ScriptOptions): ModuleWriter {
  const privates = new Map<string, PrivateSource>(Object.entries({ ...kernelSources, ...SCALAR_FUNCTIONS, ...HELPERS, ...replaced }));
  const names = createNames(privates.keys());
  for (const p of privates.values()) for (const [, name] of `${p.state ?? ''}\n${p.text}`.matchAll(/^(?:const|let) ([\p{ID_Continue}$]+)/gmu)) if (name !== undefined) names.reserve(name);
  for (const name of reserved) names.reserve(name);
  const needed: string[] = [];
  const need = (name: string): void => {
    if (needed.includes(name)) return;
    needed.push(name);
    for (const u of privates.get(name)?.uses ?? []) need(u);
  };
  /** Calls of private functions in the text, those with small sizes by kernels of their own; what the text calls is what the module needs. */
  const settled = (text: string): string => inCode(text, (code) => {
    const made = code.replace(CALL, (call, name: string, args: string) => {
      const small = privates.has(name) ? smallCall(name, args.split(', ')) : undefined;
      for (const [key, source] of small?.sources ?? []) if (!privates.has(key)) { privates.set(key, source); names.reserve(key); }
      return small ? `${small.name}(${small.args.join(', ')})` : call;
    });
    for (const [, name] of made.matchAll(CALLED)) if (name !== undefined && privates.has(name)) need(name);
    return made;
  });
  const module: Module = { use: (name) => name, kernelExists: (k) => privates.has(k) && !without.includes(k), helper: (name) => name, names, typed };
  return {
    names, functionName: camelName, finish,
    write(spec) {
      const made = emitFunction(spec, module);
      return { ...made, text: settled(made.text) };
    },
    surroundings() {
      const sources = needed.flatMap((n) => privates.get(n) ?? []);
      const states = [...new Set([...state(needed), ...sources.flatMap((p) => (p.state === undefined ? [] : [p.state]))])];
      return { above: '', below: [...(states.length > 0 ? [`${states.join('\n')}\n`] : []), ...sources.map((p) => p.text)].join('\n') };
    },
  };
}
