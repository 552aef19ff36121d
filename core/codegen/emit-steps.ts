/** The lines of a plan's steps: one an operation, with its formula as a comment. */
import { isOne, isScalar, mulDim, type Dim, type Shape } from '../algebra/dim';
import { CannotGenerate } from './cannot-generate';
import { createCells, repeatedCells, type CellWriter, type Scope } from './cells';
import { emitKernel, type KernelContext } from './emit-kernels';
import { addTransposed, asColumn, isDiagonalMatrix, isFlat } from './entry-loops';
import type { Expr, Leaf } from './expr';
import { isFactorOfSymmetric, isNumberOne, type Facts } from './facts';
import { bandLines } from './emit-band';
import { productLines } from './emit-product';
import { readsAcross } from './orientation';
import { createFixedLines } from './fixed-lines';
import { formula } from './formula';
import { accumulated, outsOf, readsOf, type Memory } from './memory';
import { transcendental } from './maps';
import type { Names } from './names';
import { takeOne, wishesFor } from './naming';
import type { KernelStep, LoopStep, ProductStep, ReduceStep, ScalarStep, SolveStep, Step } from './plan';
import { mayVanish } from './weigh';

export type Helper = 'scratch' | 'scratchIndex' | 'result' | 'expectShape' | 'expectSize' | 'expectNumber' | 'expectIndex' | 'expectFactor';
export interface Surroundings {
  /** Names of the function's own: locals never hide them. */
  readonly names: Names;
  readonly facts: Facts;
  /** What a parameter is called. */
  readonly parameter: (name: string) => string;
  readonly size: (d: Dim) => string;
  readonly use: (kernel: string) => string;
  readonly kernelExists: (kernel: string) => boolean;
  readonly helper: (name: Helper) => string;
  /** A person's name for a value: of a definition, or undefined. */
  readonly known: (e: Expr) => string | undefined;
  readonly outName: string;
}

export interface StepWriter {
  /** Lines for these steps; declarations of their arrays go into `declarations` where given, else before first use. */
  write(steps: readonly Step[], declarations?: string[]): string[];
  readonly cells: (into: string[], body: Expr, i: string, j: string) => CellWriter;
  /** A scalar's text; lines that it needs go before. */
  readonly scalar: (e: Expr, into: string[]) => string;
  readonly nameOf: (name: string, local: boolean) => string;
  readonly local: (wish: string) => string;
}

const factor = (text: string): string => (/^[\p{ID_Continue}.$[\]]+$/u.test(text) ? text : `(${text})`);
/** A matrix is written out beside its factor where that is short. */
const LONG_NAME = 24;
const indent = (lines: readonly string[]): string[] => lines.map((l) => `  ${l}`);

/** @param later arrays that are multiplied in what is written after the steps */
export function createStepWriter(allSteps: readonly Step[], memory: Memory, s: Surroundings, later: ReadonlySet<Leaf> = new Set()): StepWriter {
  const values = new Map<string, Expr>();
  for (const step of allSteps) {
    outsOf(step).forEach((leaf, part) => { values.set(leaf.name, (step.kind === 'kernel' ? step.parts[part] : undefined) ?? step.value); });
  }
  const given = new Map<string, string>();
  const declared = new Set<string>();
  const byValue = new Map<number, string>();

  const called = (e: Expr): string | undefined => s.known(e) ?? (e.kind === 'leaf' ? nameOf(e.name, e.local) : byValue.get(e.id));
  const nameLeaf = (leaf: Leaf): string => {
    if (!leaf.local) return s.parameter(leaf.name);
    const root = memory.rootOf(leaf);
    const key = root.name;
    const old = given.get(key);
    if (old !== undefined) return old;
    // Steps that share memory are one array to a reader: it bears the name of the last that a person has named, else of the last.
    const chain = [...leafByName.values()].filter((l) => memory.rootOf(l) === root).flatMap((l) => values.get(l.name) ?? []);
    const final = [...chain].reverse().find((v) => s.known(v) !== undefined) ?? values.get(leaf.name) ?? leaf;
    const place = memory.placeOf(root);
    const name = typeof place === 'string' ? (place === 'out' ? s.outName : place) : takeOne(s.names, wishesFor(final, s.facts, called));
    given.set(key, name);
    return name;
  };
  const nameOf = (name: string, local: boolean): string => {
    if (!local) return s.parameter(name);
    const leaf = leafByName.get(name);
    return leaf ? nameLeaf(leaf) : name;
  };
  const leafByName = new Map<string, Leaf>();
  for (const step of allSteps) for (const l of outsOf(step)) leafByName.set(l.name, l);
  const text = (e: Expr): string => formula(e, (n, local) => (local ? nameOf(n, true) : n), (x) => byValue.get(x.id));
  /** In terms of parameters and definitions alone. */
  const source = (e: Expr): string => formula(e, (n) => n, (x) => (x.kind === 'leaf' ? undefined : s.known(x)));
  const length = (x: Shape): string => s.size(mulDim(x.rows, x.cols));

  const declare = (leaf: Leaf, into: string[]): string => {
    const root = memory.rootOf(leaf);
    const name = nameLeaf(leaf);
    const value = values.get(leaf.name);
    if (value) present(value, name);
    const place = memory.placeOf(root);
    if (declared.has(root.name) || typeof place === 'string') return name;
    declared.add(root.name);
    const integer = value?.kind === 'call' && value.op === 'lu' && value.part === 1;
    into.push(`const ${name} = ${s.helper(integer ? 'scratchIndex' : 'scratch')}(${place ?? 0}, ${length(leaf.shape)});`);
    return name;
  };
  /** An array holds this value from here on, and no longer what it held. */
  const present = (value: Expr, name: string): void => {
    for (const [id, held] of byValue) if (held === name) byValue.delete(id);
    byValue.set(value.id, name);
  };
  /** The name of a stored operand; transposed vectors are the same in memory. */
  const data = (e: Expr): string => {
    if (e.kind === 'leaf') return nameLeaf(e);
    if (e.kind === 'transpose' && e.arg.kind === 'leaf') return nameLeaf(e.arg);
    const lines: string[] = [];
    return scalar(e, lines);
  };
  const local = (wish: string): string => s.names.take(wish);
  /** Short names within one block, which may hide nothing and be used again in the next. */
  const blockNames = (): ((wish: string) => string) => {
    const used = new Set<string>();
    return (wish) => {
      let name = wish;
      for (let k = 2; used.has(name) || s.names.has(name); k++) name = `${wish}${k}`;
      used.add(name);
      return name;
    };
  };

  /** `hoisted` names what is taken out of an expression: for the whole function where no loop stands around `into`. */
  const scopeFor = (into: string[], block: (wish: string) => string, hoisted = block): Scope => ({
    nameOf, size: s.size, use: s.use,
    hoist: (t) => { const name = hoisted('t'); into.push(`const ${name} = ${t};`); return name; },
    total: (arg) => reduceTotal(arg, into, block),
    dot: (a, b) => `${s.use('dot')}(${data(a)}, ${data(b)}, ${length(a.shape)})`,
  });
  const scalar = (e: Expr, into: string[], block = blockNames()): string => createCells(scopeFor(into, block, local))(e, '0', '0').text;

  /** Loops over the entries of a shape around what `inner` writes. */
  const overEntries = (shape: Shape, body: Expr, into: string[], block: (wish: string) => string, inner: (cell: CellWriter, e: Expr, i: string, j: string, lines: string[]) => string, comment: string, isHalf = false): void => {
    const flat = !isHalf && isFlat(body, shape) && !isOne(shape.rows) && !isOne(shape.cols);
    const e = flat ? asColumn(body) : body;
    const rows = flat ? length(shape) : s.size(shape.rows);
    const cols = flat ? '1' : s.size(shape.cols);
    const i = rows === '1' ? '0' : block('i');
    const j = cols === '1' ? '0' : block(rows === '1' ? 'i' : 'j');
    const lines: string[] = [];
    const { name: before, settled } = createFixedLines();
    const cell = createCells({ ...scopeFor(lines, block, i === '0' && j === '0' ? local : block), ...(i === '0' || j === '0' ? {} : { before: { index: j, name: before } }) }, repeatedCells(e, i, j));
    const last = inner(cell, e, i, j, lines);
    const { fixed, lines: body_ } = settled(block, [...lines, last]);
    const loop = (name: string, size: string, content: readonly string[], note: string): string[] => {
      const head = `for (let ${name} = 0; ${name} ${size.startsWith('= ') ? '<' : '< '}${size}; ${name}++)`;
      const [single] = content;
      if (content.length === 1 && single !== undefined && !single.startsWith('for')) return [`${head} ${single}${note}`];
      return [`${head} {${note}`, ...indent(content), '}'];
    };
    const note = comment === '' ? '' : ` // ${comment}`;
    if (i === '0' && j === '0') into.push(...body_.map((l, k) => (k === 0 ? l + note : l)));
    else if (j === '0') into.push(...loop(i, rows, body_, note));
    else if (i === '0') into.push(...loop(j, cols, body_, note));
    else into.push(...loop(i, rows, [...fixed, ...loop(j, isHalf ? `= ${i}` : cols, body_, '')], note));
  };

  const reduceTotal = (arg: Expr, into: string[], block: (wish: string) => string): string => {
    if (arg.kind === 'leaf' || (arg.kind === 'transpose' && arg.arg.kind === 'leaf')) return `${s.use('sum')}(${data(arg)}, ${length(arg.shape)})`;
    if (arg.kind === 'times') {
      const [p, q] = arg.powers;
      if (arg.powers.length === 1 && p && p.exponent.n === 2n && p.exponent.d === 1n && isStored(p.base)) return `${s.use('dot')}(${data(p.base)}, ${data(p.base)}, ${length(arg.shape)})`;
      if (arg.powers.length === 2 && p && q && [p, q].every((x) => x.exponent.n === 1n && x.exponent.d === 1n && isStored(x.base)) && (p.base.kind === q.base.kind || isVector(arg.shape)))
        return `${s.use('dot')}(${data(p.base)}, ${data(q.base)}, ${length(arg.shape)})`;
    }
    const name = s.names.take('s');
    into.push(`let ${name} = 0;`);
    overEntries(arg.shape, arg, into, block, (cell, e, i, j) => `${name} += ${cell(e, i, j).text};`, '');
    return name;
  };
  const isStored = (e: Expr): boolean => e.kind === 'leaf' || (e.kind === 'transpose' && e.arg.kind === 'leaf');
  const isVector = (x: Shape): boolean => isOne(x.rows) || isOne(x.cols);

  const write = (steps: readonly Step[], declarations?: string[]): string[] => {
    const lines: string[] = [];
    for (const step of steps) {
      const head = declarations ?? lines;
      switch (step.kind) {
        case 'product': writeProduct(step, lines, head); break;
        case 'loop': writeLoop(step, lines, head); break;
        case 'solve': writeSolve(step, lines, head); break;
        case 'kernel': writeKernel(step, lines, head); break;
        case 'reduce': writeReduce(step, lines, head); break;
        case 'scalar': writeScalar(step, lines); break;
      }
    }
    return lines;
  };

  const writeScalar = (step: ScalarStep, lines: string[]): void => {
    const before: string[] = [];
    const value = scalar(step.body, before);
    lines.push(...before);
    const named = /^s\d*$/.exec(value) && before.some((l) => l === `let ${value} = 0;`);
    const comment = ` // ${text(step.body)}`;
    if (named) {
      const at = lines.lastIndexOf(`let ${value} = 0;`);
      lines[at] = `let ${value} = 0;${comment}`;
      given.set(memory.rootOf(step.out).name, value);
      byValue.set(step.value.id, value);
      return;
    }
    const name = nameLeaf(step.out);
    byValue.set(step.value.id, name);
    lines.push(`const ${name} = ${value};${comment.slice(4).replace(/ /g, '') === value.replace(/ /g, '') ? '' : comment}`);
    if (mayVanish(step.body)) lines.push(`if (${name} === 0) throw new Error(${JSON.stringify(`${text(step.body)} is too small for a number`)});`);
  };

  const writeLoop = (step: LoopStep, lines: string[], head: string[]): void => {
    const block = blockNames();
    const { body, out } = step;
    if (step.accumulate) {
      const base = accumulated(body, out);
      if (base) { writeAccumulate(step, base, lines, head, block); return; }
    }
    const name = declare(out, head);
    const comment = `${name} = ${text(body)}`;
    if (body.kind === 'transpose' && body.arg.kind === 'leaf' && !isVector(body.shape)) {
      lines.push(`${s.use('transpose')}(${data(body.arg)}, ${name}, ${s.size(body.arg.shape.rows)}, ${s.size(body.arg.shape.cols)}); // ${comment}`);
      return;
    }
    const mirrored = addTransposed(body);
    if (mirrored) {
      const alpha = scalar(mirrored.alpha, lines);
      lines.push(`${s.use('addTranspose')}(${data(mirrored.leaf)}, ${name}, ${s.size(body.shape.rows)}, ${alpha}); // ${comment}`);
      return;
    }
    if (body.kind === 'zeros') { lines.push(cleared(name, length(body.shape))); return; }
    if (isDiagonalMatrix(body)) {
      lines.push(`${cleared(name, length(body.shape))} // ${comment}`);
      writeDiagonal(name, body, '=', lines, block, '');
      return;
    }
    // Half of the entries of a symmetric array where each costs more than a store.
    const isHalf = !isVector(body.shape) && transcendental(body) && s.facts.isSymmetric(body);
    overEntries(body.shape, body, lines, block, (cell, e, i, j) => `${place(name, e.shape, i, j)} = ${isHalf ? `${place(name, e.shape, j, i)} = ` : ''}${cell(e, i, j).text};`, comment, isHalf);
  };
  /** Scratch may be longer than what it holds; the result is not. */
  const cleared = (name: string, entries: string): string => (name === s.outName ? `${name}.fill(0);` : `${name}.fill(0, 0, ${entries});`);
  const place = (name: string, shape: Shape, i: string, j: string): string => {
    if (isOne(shape.cols)) return `${name}[${i}]`;
    if (isOne(shape.rows)) return `${name}[${j}]`;
    return `${name}[${factor(i)} * ${factor(s.size(shape.cols))} + ${j}]`;
  };
  const writeDiagonal = (name: string, body: Expr, op: string, lines: string[], block: (wish: string) => string, note: string): void => {
    const i = block('i');
    const inner: string[] = [];
    const cell = createCells(scopeFor(inner, block));
    const value = cell(body, i, i).text;
    const n = s.size(body.shape.rows);
    const statement = `${name}[${i} * ${factor(`${n} + 1`)}] ${op} ${value};`;
    if (inner.length === 0) lines.push(`for (let ${i} = 0; ${i} < ${n}; ${i}++) ${statement}${note}`);
    else lines.push(`for (let ${i} = 0; ${i} < ${n}; ${i}++) {${note}`, ...indent([...inner, statement]), '}');
  };
  const writeAccumulate = (step: LoopStep, base: Leaf, lines: string[], head: string[], block: (wish: string) => string): void => {
    const { body, out } = step;
    const inPlace = memory.rootOf(out) === memory.rootOf(base);
    const baseName = nameLeaf(base);
    const comment = text(body);
    const name = declare(out, head);
    const terms = body.kind === 'sum' ? body.terms : [{ coefficient: body, arg: body }];
    const own = terms.find((t) => t.arg === base);
    const rest: Expr | undefined = body.kind === 'sum' && terms.length > 1 ? { ...body, terms: terms.filter((t) => t.arg !== base) } : undefined;
    const scaled = own && !isNumberOne(own.coefficient);
    if (!inPlace || (scaled && rest)) {
      if (step.diagonal && rest) {
        copyInto(name, base, own?.coefficient, lines, block);
        writeDiagonal(name, rest, '+=', lines, block, ` // ${name} = ${comment}`);
        return;
      }
      overEntries(body.shape, body, lines, block, (cell, e, i, j) => `${place(name, e.shape, i, j)} = ${cell(e, i, j).text};`, `${name} = ${comment}`);
      return;
    }
    const note = `${name} = ${comment.replace(baseName, name)}`;
    if (!rest) {
      const before: string[] = [];
      const c = own ? scalar(own.coefficient, before) : '1';
      const factorName = /Math\.| \/ /.test(c) ? local('c') : c;
      if (factorName !== c) before.push(`const ${factorName} = ${c};`);
      lines.push(...before, `for (let i = 0; i < ${length(out.shape)}; i++) ${name}[i] *= ${factorName}; // ${note}`);
      return;
    }
    if (step.diagonal) { writeDiagonal(name, rest, '+=', lines, block, ` // ${note}`); return; }
    overEntries(rest.shape, rest, lines, block, (cell, e, i, j) => `${place(name, e.shape, i, j)} += ${cell(e, i, j).text};`, note);
  };
  const copyInto = (name: string, from: Expr, by: Expr | undefined, lines: string[], block: (wish: string) => string): void => {
    const i = block('i');
    const before: string[] = [];
    const text_ = by && !isNumberOne(by) ? scalar(by, before) : '';
    const c = text_ === '' ? '' : text_ === '-1' ? '-' : `${factor(text_)} * `;
    lines.push(...before, `for (let ${i} = 0; ${i} < ${length(from.shape)}; ${i}++) ${name}[${i}] = ${c}${data(from)}[${i}];`);
  };

  const writeReduce = (step: ReduceStep, lines: string[], head: string[]): void => {
    const name = declare(step.out, head);
    const block = blockNames();
    const rows = s.size(step.body.shape.rows);
    const cols = s.size(step.body.shape.cols);
    const i = block('i');
    const j = block('j');
    const inner: string[] = [];
    const isAlong = (step.along === 'rows') === readsAcross(step.body) <= 0;
    const { name: before, settled } = createFixedLines();
    const index = (step.along === 'rows') === isAlong ? j : i;
    const cell = createCells({ ...scopeFor(inner, block), before: { index, name: before } }, repeatedCells(step.body, i, j))(step.body, i, j).text;
    const comment = `${name} = ${step.along === 'rows' ? 'rowsum' : 'colsum'}(${text(step.body)})`;
    // The inner loop runs along memory: it adds up one entry, or adds one row to all of them.
    const [kept, summed] = step.along === 'rows' ? [[i, rows], [j, cols]] as const : [[j, cols], [i, rows]] as const;
    const turn = (k: readonly [string, string], body: readonly string[], note = ''): readonly string[] => {
      const head = `for (let ${k[0]} = 0; ${k[0]} < ${k[1]}; ${k[0]}++)`;
      return body.length === 1 && note === '' ? [`${head} ${body[0]}`] : [`${head} {${note}`, ...indent(body), '}'];
    };
    const sum = isAlong ? block('s') : '';
    const { fixed, lines: added } = settled(block, [...inner, isAlong ? `${sum} += ${cell};` : `${name}[${kept[0]}] += ${cell};`]);
    if (isAlong) lines.push(...turn(kept, [...fixed, `let ${sum} = 0;`, ...turn(summed, added), `${name}[${kept[0]}] = ${sum};`], ` // ${comment}`));
    else lines.push(`${cleared(name, kept[1])} // ${comment}`, `for (let ${summed[0]} = 0; ${summed[0]} < ${summed[1]}; ${summed[0]}++) {`, ...indent([...fixed, ...turn(kept, added)]), '}');
  };

  const writeProduct = (step: ProductStep, lines: string[], head: string[]): void => {
    const name = declare(step.out, head);
    const scalars: string[] = [];
    const [alpha, beta] = [scalar(step.alpha, scalars), scalar(step.beta, scalars)];
    lines.push(...scalars);
    lines.push(...productLines(step, {
      name, alpha, beta, data, size: s.size, use: s.use, exists: s.kernelExists, formula: text, factor: factorText, added: step.add ? nameLeaf(step.add) : '',
      band: (comment) => bandLines(step, comment, { block: blockNames(), size: s.size, cell: createCells(scopeFor([], blockNames())), place: (i, j) => place(name, step.out.shape, i, j) }),
    }));
  };
  const factorText = (e: Expr): string => { const t = text(e); return / [+-] /.test(t) ? `(${t})` : t; };

  const writeSolve = (step: SolveStep, lines: string[], head: string[]): void => {
    const block = blockNames();
    const { right } = step;
    const leaf = right.kind === 'leaf' ? right : right.kind === 'transpose' && right.arg.kind === 'leaf' && isVector(right.shape) ? right.arg : undefined;
    const inPlace = leaf !== undefined && memory.rootOf(step.out) === memory.rootOf(leaf);
    const rightText = text(right);
    const matrix = nameLeaf(step.matrix);
    const name = declare(step.out, head);
    if (!inPlace || !isNumberOne(step.alpha)) {
      if (leaf) copyInto(name, leaf, step.alpha, lines, block);
      else if (right.kind === 'transpose' && right.arg.kind === 'leaf' && isNumberOne(step.alpha)) lines.push(`${s.use('transpose')}(${data(right)}, ${name}, ${s.size(right.arg.shape.rows)}, ${s.size(right.arg.shape.cols)});`);
      else {
        const before: string[] = [];
        const c = isNumberOne(step.alpha) ? '' : `${factor(scalar(step.alpha, before))} * `;
        lines.push(...before);
        overEntries(right.shape, right, lines, block, (cell, e, i, j) => `${place(name, e.shape, i, j)} = ${c}${cell(e, i, j).text};`, '');
      }
    }
    const n = s.size(step.matrix.shape.rows);
    const q = s.size(right.shape.cols);
    const of = sourceOf(step.matrix);
    const factored = byValue.get(of.id) ?? s.known(of) ?? text(of);
    const mark = { lower: matrix, lowerT: `${matrix}'`, upper: matrix, upperT: `${matrix}'`, cholesky: factored.length <= LONG_NAME ? factored : `${matrix}*${matrix}'`, lu: factored, luT: `${/[ *]/.test(factored) ? `(${factored})` : factored}'` }[step.factor];
    const kernel = { lower: 'solveLower', lowerT: 'solveLowerT', upper: 'solveUpper', upperT: 'solveUpperT', cholesky: 'choleskySolve', lu: 'luSolve', luT: 'luSolveT' }[step.factor].replace(/^luSolveT?$/, (k) => (isSymmetricFactor(step.matrix) ? 'symmetricSolve' : k));
    const pivots = step.pivots ? `${nameLeaf(step.pivots)}, ` : '';
    lines.push(`${s.use(kernel)}(${matrix}, ${pivots}${name}, ${n}, ${q}); // ${name} = ${isNumberOne(step.alpha) ? '' : `${factorText(step.alpha)}*`}inv(${mark})*${/ [+-] /.test(rightText) ? `(${rightText})` : rightText}`);
  };
  const isSymmetricFactor = (e: Expr): boolean => e.kind === 'leaf' && isFactorOfSymmetric(s.facts, values.get(e.name));
  const sourceOf = (leaf: Leaf): Expr => {
    const v = values.get(leaf.name);
    return v?.kind === 'call' && v.args[0] ? v.args[0] : leaf;
  };
  /** Factors that only the determinant needs may be those of a singular matrix. */
  const lenient = (factors: Leaf): boolean =>
    allSteps.every((x) => !(x.kind === 'solve' && x.matrix === factors) && !(x.kind === 'kernel' && x.op !== 'luDeterminant' && x.args.some((arg) => arg === factors)));
  const writeKernel = (step: KernelStep, lines: string[], head: string[]): void => {
    const before: string[] = [];
    const c: KernelContext = {
      name: nameLeaf, data: (e) => (isScalar(e.shape) && e.kind !== 'leaf' ? scalar(e, before) : data(e)), size: s.size, use: s.use, helper: s.helper, formula: text, source,
      declare: (l) => declare(l, head), local: blockNames(), kernelExists: s.kernelExists,
      isSingularAllowed: (k) => lenient(k.out), lenientFor: (e) => e.kind === 'leaf' && lenient(e), isRead: (l) => later.has(l) || allSteps.some((x) => readsOf(x).has(l)), isReadTwice: (l) => later.has(l) || allSteps.filter((x) => readsOf(x).has(l)).length > 1, scalarName: (l) => nameLeaf(l), cleared, symmetric: isSymmetricFactor,
      rowFunction: (body) => {
        const [block, inner]: [(wish: string) => string, string[]] = [blockNames(), []];
        const [t, i] = [block('t'), block('i')];
        const value = createCells(scopeFor(inner, block), repeatedCells(body, i, '0'))(body, i, '0').text;
        return [...inner, value].map((line) => line.replace(/\bdot__\b/g, t)).concat(t, i);
      },
    };
    const made = emitKernel(step, c);
    if (!made) throw new CannotGenerate(`no kernel for ${step.op}`);
    if (!byValue.has(step.value.id)) byValue.set(step.value.id, nameLeaf(step.out));
    lines.push(...before, ...made);
  };

  return {
    write, nameOf, local,
    scalar: (e, into) => scalar(e, into),
    cells: (into, body, i, j) => createCells(scopeFor(into, blockNames()), repeatedCells(body, i, j)),
  };
}
