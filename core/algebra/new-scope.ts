/** Where a reading starts. */
import { diagnose } from '../syntax/codes';
import type { Diagnostic } from '../syntax/diagnostic';
import type { Dim } from './dim';
import { read } from './infer';
import { MAX_RESOLVE_DIAGNOSTICS } from './limits';
import { Pages } from './pages';
import type { Scope } from './scope';
import { createSolver } from './unify';

interface Start {
  readonly text: string;
  /** Whether what is right at a glance is read no further. */
  readonly glances: boolean;
  readonly equal: ReadonlyMap<string, Dim>;
}

/** A scope that knows nothing yet. What it reports goes to `diagnostics`, each thing once. */
export function newScope({ text, glances, equal }: Start, diagnostics: Diagnostic[]): Scope {
  const seen = new Set<string>();
  let failed = false;
  let listening = false;
  let heard = false;
  const names: Scope['names'] = new Map();
  return {
    text, names, unsettled: () => names.values(), dimensions: new Map(), facts: [], implied: [], sizes: new Map(), equal, solver: createSolver(), results: new Map(), shapesByKey: new Map(), glanced: new Map(), glances, read,
    defaults: [], choices: [], checks: [], shapes: new Pages(), open: [], clashing: new Set(), fresh: new Set(), freshSizes: new Set(), expanded: 0,
    listen: () => { listening = true; heard = false; return () => heard; },
    unlisten: () => { listening = false; },
    hasErrors: () => failed,
    restsOnOrder: false,
    hasErrorsByNow() {
      this.restsOnOrder = true;
      return failed;
    },
    isFull: () => diagnostics.length >= MAX_RESOLVE_DIAGNOSTICS,
    report: (code, message, range, extra) => {
      if (listening) { heard = true; return; }
      const key = `${code} ${range.start} ${range.end}`;
      if (seen.has(key) || diagnostics.length >= MAX_RESOLVE_DIAGNOSTICS) return;
      seen.add(key);
      // Sizes that were not found have names of the solver's.
      const d = diagnose(code, message.replace(/(?<!\w)\?\d+/g, '?'), range, extra);
      failed ||= d.severity === 'error';
      diagnostics.push(d);
    },
  };
}
