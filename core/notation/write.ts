/** A tree in its three spellings. */
import { printLatex } from '../syntax/latex';
import { printText } from '../syntax/print';
import type { Expr } from '../syntax/tree';
import { printUnicode } from '../syntax/unicode';
import { lazily } from './lazy';
import type { Written } from './presentation';

export const write = (tree: Expr): Written => lazily<Written>({ text: () => printText(tree), unicode: () => printUnicode(tree), latex: () => printLatex(tree) });
