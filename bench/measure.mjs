// Interleaved timing: every candidate of a case is sampled in every round, in rotating order, so that a slow spell of the machine meets all alike.
import process from 'node:process';

/** CPU time of a sample: long enough for the clock, short enough for many rounds. `MCALC_BENCH_SAMPLE_MS` sets another. */
const SAMPLE_NS = Number(process.env.MCALC_BENCH_SAMPLE_MS ?? 8) * 1e6;
const MOST_SECONDS_A_CASE = 10;

const cpu = () => {
  const u = process.cpuUsage();
  return (u.user + u.system) * 1000;
};

/** A candidate in this process: `runs` holds one closure for each set of arguments, called in turn, so that nothing is specialised to one. */
export const inProcess = (name, runs, before = () => undefined) => ({
  name,
  value: () => { before(); return runs[0](); },
  sample(turns) {
    before();
    const start = cpu();
    for (let k = 0; k < turns; k++) runs[k % runs.length]();
    return (cpu() - start) / turns;
  },
});

/** Calls, and nanoseconds, of the warm-up: V8's last compiler takes small functions after some ten thousand calls. */
const WARM_TURNS = process.env.MCALC_BENCH_SAMPLE_MS === '0' ? 1 : 30000, WARM_NS = 2e8;

/** Turns a sample, after a warm-up that lets V8 compile. */
async function calibrate(candidate) {
  let turns = 1;
  let each = await candidate.sample(3);
  each = await candidate.sample(Math.max(1, Math.min(WARM_TURNS, Math.floor(WARM_NS / Math.max(each, 10)))));
  for (let k = 0; k < 24; k++) {
    const total = each * turns;
    if (total >= SAMPLE_NS) break;
    turns = Math.max(turns + 1, Math.min(turns * 8, Math.ceil((SAMPLE_NS * 1.1) / Math.max(each, 10))));
    each = await candidate.sample(turns);
  }
  return { turns, each };
}

const sorted = (list) => [...list].sort((a, b) => a - b);
export const quantile = (list, q) => {
  const s = sorted(list);
  const at = (s.length - 1) * q;
  const low = Math.floor(at);
  return s[low] + (s[Math.min(low + 1, s.length - 1)] - s[low]) * (at - low);
};

/**
 * Times all candidates; the first one is what the others are compared with. Gives nanoseconds (medians) and ratios to the first
 * one: the median over rounds of the ratio within a round, with its quartiles.
 */
export async function measure(candidates, rounds) {
  const plans = [];
  for (const c of candidates) plans.push({ c, ...(await calibrate(c)), times: [] });
  const perRound = plans.reduce((sum, p) => sum + p.each * p.turns, 0) / 1e9;
  const count = Math.max(3, Math.min(rounds, Math.floor(MOST_SECONDS_A_CASE / perRound)));
  for (let round = 0; round < count; round++) {
    for (let k = 0; k < plans.length; k++) {
      const p = plans[(k + round) % plans.length];
      p.times.push(await p.c.sample(p.turns));
    }
  }
  const [base] = plans;
  return plans.map(({ c, times }) => {
    const ratios = times.map((t, k) => t / base.times[k]);
    return { name: c.name, ns: quantile(times, 0.5), ratio: quantile(ratios, 0.5), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75), rounds: count };
  });
}

/** The largest difference of two results, relative to the largest entry. */
export function difference(a, b) {
  const flat = (x) => (typeof x === 'number' ? [x] : x);
  const [p, q] = [flat(a), flat(b)];
  if (p.length !== q.length) return Infinity;
  let size = 0, worst = 0;
  for (let i = 0; i < p.length; i++) {
    size = Math.max(size, Math.abs(q[i]));
    const d = Math.abs(p[i] - q[i]);
    worst = d > worst || Number.isNaN(d) ? d : worst;
  }
  return Number.isNaN(worst) ? Infinity : size === 0 ? worst : worst / size;
}
