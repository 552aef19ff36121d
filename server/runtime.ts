/** What the server needs of the place it runs in: Node or a browser's worker. */
import type { Clock } from './guard';
import type { Typeset } from './typeset';
import type { FromVerifier, ToVerifier } from './verifierProtocol';

/** A running verifier: another thread, which may be ended at any time. */
export interface VerifierPort {
  readonly post: (message: ToVerifier) => void;
  readonly onMessage: (listen: (message: FromVerifier) => void) => void;
  readonly onFailure: (listen: (reason: string) => void) => void;
  readonly terminate: () => void;
}

export interface Runtime extends Clock {
  readonly version: string;
  /** The text of the nearest file of this name, in the folder of a document or above it; undefined where there is none, or no file system. */
  readonly readAbove: (uri: string, name: string) => Promise<string | undefined>;
  /** The text of a file that is not open; undefined where there is none, or no file system. */
  readonly readFile: (uri: string) => Promise<string | undefined>;
  /** Keeps the compiled code of what has been loaded and called so far, for the next start; does nothing where there is no place for it. */
  readonly keepCode: () => void;
  readonly loadTypesetter: () => Promise<Typeset>;
  /** @throws where threads are not to be had. */
  readonly startVerifier: () => VerifierPort;
}
