/** What the editor features ask of the engine. Injected, so that they can be tested without it and so that its weight is loaded where it is used. */
import type { Program, ProgramRequest } from '../algebra/program';
import type { Presentation } from '../notation/presentation';
import type { Diagnostic } from '../syntax/diagnostic';

export interface Refusal { readonly refused: Diagnostic }
export type Presented = Presentation | Refusal;

/** Plain data: what a presentation depends on and nothing else, so that it can be derived in another thread. */
export interface ToDerive {
  /** Equal keys have equal presentations, but for their places. */
  readonly key: string;
  readonly program: Program;
  readonly request: ProgramRequest;
}

export interface Engine {
  /** Every notation of a request, or why there is none. Total. */
  readonly present: (program: Program, request: ProgramRequest) => Presented;
}

export const isRefusal = (presented: Presented): presented is Refusal => 'refused' in presented;
