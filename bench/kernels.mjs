// Single kernels beside LAPACK and ml-matrix: how long, how exact, and the share of the machine's peak that products reach.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { posdef, random, regular } from './draw.mjs';
import { difference, inProcess, measure } from './measure.mjs';
import { scalarPeak, SCALAR_FLOPS, vectorPeak, VECTOR_FLOPS } from './peak.mjs';

const kernelFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../core/numeric/kernels');

/** All kernels of the product as one module. */
async function loadKernels() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mcalc-kernels-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const entry = path.join(folder, 'all.ts'), file = path.join(folder, 'all.mjs');
  writeFileSync(entry, readdirSync(kernelFolder).map((f) => `export * from ${JSON.stringify(path.join(kernelFolder, f))};`).join('\n'));
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: file, logLevel: 'error' });
  return import(pathToFileURL(file).href);
}

/** Rows: name, how ours and ml-matrix's are called, and the result that is compared (what differs by signs is not). */
const rowsOf = (K, ml) => {
  const M = ml?.Matrix;
  const cubic = (f) => ({ n }) => f * n ** 3;
  return [
    { id: 'kernel-multiply', title: 'product', sizes: [16, 64, 256, 500], flops: cubic(2), ours: ({ A, B }, n) => { const C = new Float64Array(n * n); return () => { K.multiply(A, B, C, n, n, n); return C; }; }, ml: M && (({ A, B }, n) => { const a = M.from1DArray(n, n, A), b = M.from1DArray(n, n, B); return () => a.mmul(b); }) },
    { id: 'kernel-cholesky', title: 'Cholesky', sizes: [16, 64, 128], flops: cubic(1 / 3), ours: ({ S }, n) => { const L = new Float64Array(n * n); return () => { K.cholesky(S, L, n); return L; }; }, ml: M && (({ S }, n) => { const s = M.from1DArray(n, n, S); return () => new ml.CholeskyDecomposition(s).lowerTriangularMatrix; }) },
    { id: 'kernel-lu-solve', title: 'LU solve, one right side', sizes: [16, 64, 128], flops: cubic(2 / 3), ours: ({ A, x }, n) => { const F = new Float64Array(n * n), p = new Int32Array(n), X = new Float64Array(n); return () => { K.lu(A, F, p, n); X.set(x); K.luSolve(F, p, X, n, 1); return X; }; }, ml: M && (({ A, x }, n) => { const a = M.from1DArray(n, n, A), b = M.columnVector(x); return () => new ml.LuDecomposition(a).solve(b); }) },
    { id: 'kernel-inverse', title: 'inverse', sizes: [16, 64, 128], flops: cubic(2), ours: ({ A }, n) => { const F = new Float64Array(n * n), p = new Int32Array(n), X = new Float64Array(n * n); return () => { K.lu(A, F, p, n); K.luInverse(F, p, X, n); return X; }; }, ml: M && (({ A }, n) => { const a = M.from1DArray(n, n, A); return () => ml.inverse(a); }) },
    { id: 'kernel-eig-sym', title: 'symmetric eigenvalues and vectors', sizes: [5, 16, 64, 128], flops: cubic(9), value: true, ours: ({ S }, n) => { const Q = new Float64Array(n * n), d = new Float64Array(n); return () => { K.eigSym(S, d, Q, n); return d; }; }, ml: M && (({ S }, n) => { const s = M.from1DArray(n, n, S); return () => Float64Array.from(new ml.EigenvalueDecomposition(s, { assumeSymmetric: true }).realEigenvalues).sort(); }) },
    { id: 'kernel-svd', title: 'singular values and vectors', sizes: [16, 64, 128], flops: cubic(22), ours: ({ A }, n) => { const U = new Float64Array(n * n), d = new Float64Array(n), V = new Float64Array(n * n); return () => { K.svd(A, U, d, V, n, n); return d; }; }, ml: M && (({ A }, n) => { const a = M.from1DArray(n, n, A); return () => Float64Array.from(new ml.SingularValueDecomposition(a).diagonal); }) },
    { id: 'kernel-schur', title: 'real Schur form', sizes: [16, 64], flops: cubic(25), unchecked: true, ours: ({ A }, n) => { const U = new Float64Array(n * n), T = new Float64Array(n * n); return () => { K.schur(A, U, T, n); return T; }; } },
    { id: 'kernel-sylvester', title: 'A*X + X*B = C', sizes: [16, 64], flops: cubic(60), ours: ({ A, S, B }, n) => { const X = new Float64Array(n * n); return () => { K.sylvester(A, S, B, X, n, n); return X; }; } },
    { id: 'kernel-expm', title: 'exp(A)', sizes: [16, 64], flops: cubic(30), ours: ({ A }, n) => { const X = new Float64Array(n * n); return () => { K.expm(A, X, n); return X; }; } },
    { id: 'kernel-sqrtm', title: 'A^(1/2)', sizes: [16, 64], flops: cubic(30), ours: ({ A }, n) => { const X = new Float64Array(n * n); return () => { K.sqrtm(A, X, n); return X; }; } },
    { id: 'kernel-logm', title: 'log(A)', sizes: [16, 64], flops: cubic(80), ours: ({ A }, n) => { const X = new Float64Array(n * n); return () => { K.logm(A, X, n); return X; }; } },
  ];
};

/** Measures them; each row has the times of ours, ml-matrix's, scipy's, and GFLOP/s of ours. */
export async function kernels({ found, python, rounds }) {
  const K = await loadKernels();
  const out = [];
  const vector = vectorPeak();
  const peaks = await measure([
    { name: 'scalar peak', ...inProcess('scalar peak', [() => scalarPeak(1e5)]) }, { name: 'f64x2 peak', ...inProcess('f64x2 peak', [() => vector(1e5)]) },
  ], rounds);
  const gflops = { scalar: (SCALAR_FLOPS * 1e5) / peaks[0].ns, vector: (VECTOR_FLOPS * 1e5) / peaks[1].ns };
  console.log(`peaks: ${gflops.scalar.toFixed(1)} GFLOP/s scalar, ${gflops.vector.toFixed(1)} f64x2`);
  for (const row of rowsOf(K, found.mlMatrix)) {
    for (const n of row.sizes) {
      const sets = [1, 2].map((seed) => { const r = random(seed); return { A: regular(r, n), S: posdef(r, n), B: r.array(n * n), x: r.array(n) }; });
      const list = [inProcess('ours', sets.map((v) => row.ours(v, n)))];
      if (row.ml) list.push(inProcess('ml-matrix', sets.map((v) => row.ml(v, n))));
      if (python) list.push(...(await python.candidates(row.id, sets, { n })));
      const base = list[0].value();
      const kept = [];
      for (const c of list) {
        const r = await c.value();
        const off = row.unchecked ? 0 : difference(typeof r?.to1DArray === 'function' ? r.to1DArray() : r, base);
        if (off < 1e-8) kept.push(c); else console.log(`  ${row.title} ${n}: ${c.name} is off by ${off.toExponential(1)} and left out`);
      }
      const times = await measure(kept, rounds);
      console.log(`${row.title}, n = ${n}: ${times.map((t) => `${t.name} ${(t.ns / 1000).toFixed(1)} µs (${t.ratio.toFixed(2)})`).join(', ')}; ${(row.flops({ n }) / times[0].ns).toFixed(2)} GFLOP/s`);
      out.push({ title: row.title, n, times, gflops: row.flops({ n }) / times[0].ns });
    }
  }
  return { peaks: gflops, rows: out };
}
