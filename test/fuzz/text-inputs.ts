/** Input number i of the text fuzzer. The same examples and numbers give the same inputs on every machine. */
import { randomFrom, type Random } from './random';

export type TextKind = 'prefix' | 'deletion' | 'bytes' | 'words' | 'mutation';
export interface TextInput { readonly kind: TextKind; readonly text: string }

const WORDS = [
  ...'()[]{}^*/\\\'.,;:=+-|#@$&~ \n\r\t', 'x', 'A', 'f', 'X', 'n', 'i', '12', '1e', '==', '->', '>=', '∂', '∇', 'Σ', '‖', 'ᵀ', '⁻¹', '⁻', '²', '⊗', '⊕', '.*', './', '.^', '∈', 'R', 'dim ', 'check ', 'set ', 'assume ',
  'matrix', 'matrix(m, n)', 'vector(n)', 'scalar ', ' : ', 'sum(', 'i = 1:n', 'dF/dX', '\ud83d', '\u200b', '\uff08', 'in ', '√', '×', '.T', 'd²', '_', 'grad(f, x)', 'jacobian(', 'hessian(f, x)', 'inv(', 'tr(', 'diag(',
  'norm(', 'I', 'I(n)', 'e(1)', 'E(1, 2)', '[1, 2]', '[:, 1]', 'posdef', 'symmetric', '^-1', '^(1/2)', '^T', ' = ', '\n\n', '# c\n',
] as const;

/** The whole part that is enumerated comes first, then random kinds in turn. */
export function textInputs(examples: readonly string[]): { readonly enumerated: number; readonly at: (i: number) => TextInput } {
  const starts: number[] = [0];
  for (const e of examples) starts.push((starts.at(-1) ?? 0) + 2 * e.length + 1);
  const enumerated = starts.at(-1) ?? 0;
  const listed = (i: number): TextInput => {
    let [low, high] = [0, examples.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= i) low = middle; else high = middle;
    }
    const text = examples[low] ?? '';
    const k = i - (starts[low] ?? 0);
    return k <= text.length ? { kind: 'prefix', text: text.slice(0, k) } : { kind: 'deletion', text: text.slice(0, k - text.length - 1) + text.slice(k - text.length) };
  };
  return { enumerated, at: (i) => (i < enumerated ? listed(i) : random(examples, i)) };
}

function random(examples: readonly string[], i: number): TextInput {
  const r = randomFrom(i);
  const kind = r.below(10);
  if (kind < 2) return { kind: 'bytes', text: bytes(r) };
  if (kind < 5) return { kind: 'words', text: Array.from({ length: 1 + r.below(60) }, () => r.pick(WORDS)).join(r.chance(0.3) ? ' ' : '') };
  return { kind: 'mutation', text: mutated(examples, r) };
}

/** Bytes read as UTF-8, or any UTF-16 units. */
function bytes(r: Random): string {
  const length = r.below(120);
  if (r.chance(0.5)) return new TextDecoder().decode(Uint8Array.from({ length }, () => (r.chance(0.7) ? 32 + r.below(95) : r.below(256))));
  return Array.from({ length }, () => String.fromCharCode(r.chance(0.6) ? 32 + r.below(95) : r.below(65536))).join('');
}

/** A text with parts of it taken out, doubled, exchanged or replaced, in words, lines or characters. */
export function mutated(examples: readonly string[], r: Random): string {
  let text = r.pick(examples);
  if (r.chance(0.15)) text += `\n${r.pick(examples)}`;
  for (let k = 1 + r.below(5); k > 0; k--) {
    const units = text.match(r.pick([/[^\n]*\n?/g, /\w+|\s|[^\w\s]/gu, /[\s\S]/g])) ?? [];
    if (units.length === 0) return text;
    const at = r.below(units.length);
    const other = r.below(units.length);
    switch (r.below(6)) {
      case 0: units.splice(at, 1 + r.below(3)); break;
      case 1: units.splice(at, 0, units[other] ?? ''); break;
      case 2: { const one = units[at] ?? ''; units[at] = units[other] ?? ''; units[other] = one; break; }
      case 3: units[at] = r.pick(WORDS); break;
      case 4: units.splice(at, 0, r.pick(WORDS)); break;
      default: units.splice(at, 0, (r.pick(examples).match(/[^\n]*\n?/g) ?? [''])[0] ?? '');
    }
    text = units.join('');
  }
  return text;
}
