/** The small private functions that generated code shares: scratch memory, results, checks; and scalar functions that no kernel is for. */
import type { Helper } from './emit-steps';

export interface PrivateSource { readonly text: string; readonly uses: readonly string[]; readonly state?: string }

export const HELPERS: Readonly<Record<Helper, PrivateSource>> = {
  scratch: {
    state: 'const slots: Float64Array[] = [];',
    uses: [],
    text: `/** Memory that is kept from call to call and only grows. */
function scratch(slot: number, length: number): Float64Array {
  let a = slots[slot];
  if (a === undefined || a.length < length) slots[slot] = a = new Float64Array(length);
  return a;
}
`,
  },
  scratchIndex: {
    state: 'const indexSlots: Int32Array[] = [];',
    uses: [],
    text: `function scratchIndex(slot: number, length: number): Int32Array {
  let a = indexSlots[slot];
  if (a === undefined || a.length < length) indexSlots[slot] = a = new Int32Array(length);
  return a;
}
`,
  },
  result: {
    uses: [],
    text: `/** \`out\` if it was given and fits, else a new array. It shares no memory with \`read\`, and is none of the others. */
function result(out: Float64Array | undefined, length: number, read: Float64Array[], ...others: Float64Array[]): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (!(out instanceof Float64Array) && (out as Float64Array).BYTES_PER_ELEMENT !== 8) throw new TypeError('out must be a Float64Array');
  if (out.length !== length) throw new RangeError(\`out has \${out.length} entries, expected \${length}\`);
  for (const a of others) if (a === out) throw new Error('out must not be an input, nor share memory with one');
  if (read.length === 0) return out;
  const memory = out.buffer;
  for (const a of read) {
    if (a.buffer !== memory) continue;
    const apart = out.byteOffset + out.byteLength <= a.byteOffset || a.byteOffset + a.byteLength <= out.byteOffset;
    if (!apart) throw new Error('out must not be an input, nor share memory with one');
  }
  return out;
}
`,
  },
  expectShape: {
    uses: [],
    text: `/** Of another realm (a frame, a test's sandbox) it is no \`instanceof\`, which is the faster question. */
function expectShape(name: string, a: Float64Array, rows: number, cols: number, shape: string): void {
  if (!(a instanceof Float64Array) && (a as Float64Array).BYTES_PER_ELEMENT !== 8) throw new TypeError(\`\${name} must be a Float64Array\`);
  if (a.length === rows * cols && rows >= 1 && cols >= 1) return;
  const sizes = cols === 1 ? rows : rows + ' x ' + cols;
  throw new RangeError(\`\${name} has \${a.length} entries, expected \${shape}\${String(sizes) === shape ? '' : ' = ' + sizes}\`);
}
`,
  },
  expectSize: {
    uses: [],
    text: `function expectSize(name: string, size: number): void {
  if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(\`dims.\${name} is \${size}, expected a whole number of at least 1\`);
}
`,
  },
  expectNumber: {
    uses: [],
    text: `function expectNumber(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(\`\${name} must be a number\`);
}
`,
  },
  expectIndex: {
    uses: [],
    text: `function expectIndex(name: string, index: number, size: number): void {
  if (!(Number.isInteger(index) && index >= 1 && index <= size)) throw new RangeError(\`\${name} is \${index}, expected a whole number from 1 to \${size}\`);
}
`,
  },
  expectFactor: {
    uses: [],
    text: `function expectFactor(column: number, message: string): void {
  if (column !== -1) throw new Error(\`\${message} (column \${column + 1})\`);
}
`,
  },
};

/** Divided differences (f(a) - f(b)) / (a - b), accurate also where a and b are close. */
export const SCALAR_FUNCTIONS: Readonly<Record<string, PrivateSource>> = {
  dividedExp: {
    uses: [],
    text: `/** (exp(a) - exp(b)) / (a - b), and exp(a) where they are equal. */
function dividedExp(a: number, b: number): number {
  const h = 0.5 * (a - b);
  const ratio = Math.abs(h) < 1e-3 ? 1 + (h * h) / 6 * (1 + (h * h) / 20) : Math.sinh(h) / h;
  return Math.abs(h) < 300 ? Math.exp(0.5 * (a + b)) * ratio : (Math.exp(a) - Math.exp(b)) / (a - b);
}
`,
  },
  reciprocalGap: {
    uses: [],
    text: `/** 1 / (b - a), and 0 where they are equal. */
function reciprocalGap(a: number, b: number): number {
  return a === b ? 0 : 1 / (b - a);
}
`,
  },
  dividedLog: {
    uses: [],
    text: `/** (log(a) - log(b)) / (a - b), and 1 / a where they are equal. */
function dividedLog(a: number, b: number): number {
  const r = (a - b) / b;
  return r === 0 ? 1 / a : Math.log1p(r) / (r * b);
}
`,
  },
  dividedPower: {
    uses: [],
    text: `/** (a^p - b^p) / (a - b), and p * a^(p - 1) where they are equal. */
function dividedPower(a: number, b: number, p: number): number {
  if (!(a > 0 && b > 0)) return a === b ? p * Math.pow(a, p - 1) : (Math.pow(a, p) - Math.pow(b, p)) / (a - b);
  const r = (a - b) / b;
  return r === 0 ? p * Math.pow(a, p - 1) : Math.pow(b, p - 1) * (Math.expm1(p * Math.log1p(r)) / r);
}
`,
  },
};
