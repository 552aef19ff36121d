/** A server and a client in one process, joined by two streams. */
import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { Engine } from '../../core/ide/engine';
import { engine as realEngine } from '../../server/engine';
import { nodeRuntime } from '../../server/nodeRuntime';
import type { Runtime, VerifierPort } from '../../server/runtime';
import { startServer } from '../../server/start';
import { answerJob } from '../../server/verifier';
import type { FromVerifier } from '../../server/verifierProtocol';
import { connect, type Peer } from './peer';

/** The verifier in this thread, so that the tests need no bundle. */
function inProcess(): VerifierPort {
  let listen: (message: FromVerifier) => void = () => undefined;
  let isEnded = false;
  return {
    post: (message) => void answerJob(message).then((reply) => { if (!isEnded) listen(reply); }),
    onMessage: (l) => { listen = l; },
    onFailure: () => undefined,
    terminate: () => { isEnded = true; },
  };
}

export function serve(engine: Engine = realEngine, changes: Partial<Runtime> = {}): Peer {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(connection, { ...nodeRuntime('unused'), startVerifier: inProcess, ...changes }, engine);
  connection.listen();
  return connect(down, up);
}
