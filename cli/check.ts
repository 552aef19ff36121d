/** `mcalc check`: shapes, claims and requests; a line for each. */
import { EXIT } from './exit';
import { diagnosticsOf, readSource, report } from './files';
import type { Flags } from './main';
import { chosenRequests } from './requests';
import { reportText, type Outcome } from './reports';
import { reportKind, verified } from './verify';

export async function check(files: readonly string[], flags: Flags): Promise<number> {
  const kind = reportKind(flags, 'check');
  const outcomes: Outcome[] = [];
  let failed = false;
  for (const file of files) {
    const source = readSource(file);
    if (report(source, diagnosticsOf(source))) { failed = true; continue; }
    for (const chosen of chosenRequests(source, {})) outcomes.push(await verified(source, chosen, flags));
  }
  process.stdout.write(reportText(kind, outcomes));
  return failed || outcomes.some((o) => o.failed) ? EXIT.failed : EXIT.ok;
}
