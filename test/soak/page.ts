/** The page docs/reliability.md, from the figures of the last runs. */
import type { Figure } from './figure';

export interface Run { readonly title: string; readonly date: string; readonly scale: number; readonly seed: number; readonly machine?: string; readonly figures: readonly Figure[] }
export type Runs = Readonly<Record<string, Run>>;
/** Why a bar is missed, by the beginning of the figure's name; a missed bar without a word here is said to be open. */
export type Reasons = Readonly<Record<string, string>>;
export interface Found { readonly what: string; readonly by: string; readonly held: string }

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @param waiting instruments that have no figures yet */
export function reliabilityPage(runs: Runs, found: readonly Found[], reasons: Reasons, waiting: readonly string[] = []): string {
  const reason = (what: string): string => Object.entries(reasons).find(([start]) => what.startsWith(start))?.[1] ?? 'not explained yet';
  const tables = Object.entries(runs).map(([name, run]) => [
    `## ${run.title}`, '',
    `\`npm run soak -- --only ${name}\`, last run ${run.date}${run.scale === 1 ? '' : ` at ${run.scale} of the full length`}, seed ${run.seed}${run.machine === undefined ? '' : `; ${run.machine}`}.`, '',
    '| figure | bar | seen | |', '| --- | --- | --- | --- |',
    ...run.figures.map((one) => `| ${cell(one.what)} | ${cell(one.bar)} | ${cell(one.seen)} | ${one.isMet ? 'met' : `**not met**: ${cell(reason(one.what))}`} |`), '',
  ].join('\n'));
  return `# Reliability

What has been done to break mcalc, with what came of it. The figures are those of the last run of each instrument (\`npm run soak\`, Node 20, two shared cores); a shorter run of each is part of \`npm test\`. Times are of the machine that they were taken on.

${tables.join('\n')}${waiting.length === 0 ? '' : `
## Without figures yet

${waiting.map((title) => `- ${title}`).join('\n')}
`}
## What was found, and what holds it now

| found | by | held by |
| --- | --- | --- |
${found.map((one) => `| ${cell(one.what)} | ${cell(one.by)} | ${cell(one.held)} |`).join('\n')}
`;
}
