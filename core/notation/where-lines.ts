/** Definitions of names as lines of text. */
import { printText } from '../syntax/print';
import type { WhereName } from './readable';
import type { Session } from './session';

/** The shared definitions, then those of one form alone. */
export const whereLines = (session: Session, own: readonly WhereName[]): readonly string[] => [...session.where(), ...own].map((d) => `${d.name} = ${printText(d.tree)}`);
