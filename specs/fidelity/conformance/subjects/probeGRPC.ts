import { type handleUnaryCall, Server, ServerCredentials } from '@grpc/grpc-js';
import { dialGRPC } from '../../../../src/probes/grpc/dial';
import { HEALTH_CHECK } from '../../../../src/probes/grpc/health';
import { judgeGRPC } from '../../../../src/probes/grpc/judge';
import { userAgent } from '../../../../src/probes/version';
import { realLimit } from '../../../pace';
import { resultOf } from './outcome';
import { freePort, type Listening, listen, plainHTTP, silent, tlsOnly } from './servers';
import { durationMs, oneOf, type Subject, type Words, wordsOf } from './words';

/** Source: grpc/health/v1/health.proto `ServingStatus`. */
const SERVING_STATUS = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;

export const probeGRPC: Readonly<Record<string, Subject>> = {
  'probe.grpc.run': async (given) => {
    const known = ['host', 'listenPort', 'listening', 'port', 'server', 'service', 'status', 'takes', 'timeout'];
    const words = wordsOf('given', given, known);
    await using server = await serverOf(words);
    const target = {
      host: String(words.host ?? '127.0.0.1'),
      port: Number(words.port ?? server?.port ?? (await freePort())),
      service: String(words.service ?? ''),
    };
    const timeoutMs = durationMs('timeout', words.timeout ?? '1s');
    const answer = await dialGRPC(target, { timeoutMs: realLimit(timeoutMs), userAgent: userAgent('probe', '1.36') });
    return resultOf(judgeGRPC(answer, target, timeoutMs));
  },
};

async function serverOf(words: Words): Promise<Listening | undefined> {
  const { listening, listenPort, server, status } = words;
  if (listening === false) return undefined;
  const port = Number(listenPort ?? 0);
  const speaks = server ?? (status === undefined ? 'nothing' : 'grpc');
  switch (oneOf('server', speaks, ['grpc', 'plain-http', 'tls', 'nothing'])) {
    case 'grpc':
      return grpcServer(port, words);
    case 'plain-http':
      return listen(plainHTTP(), port);
    case 'tls':
      return listen(tlsOnly(), port);
    case 'nothing':
      return listen(silent(), port);
  }
}

/** Starts a health server that encodes its bytes itself, so that it shares no code with the subject. */
async function grpcServer(port: number, { status, takes }: Words): Promise<Listening> {
  const serving = oneOf('status', status ?? 'SERVING', SERVING_STATUS);
  const answer = Buffer.from([8, SERVING_STATUS.indexOf(serving)]);
  const takesMs = takes === undefined ? 0 : realLimit(durationMs('takes', takes));
  const bytes = (message: Buffer) => message;
  const check: handleUnaryCall<Buffer, Buffer> = (_call, reply) => {
    setTimeout(() => reply(null, answer), takesMs).unref();
  };
  const server = new Server();
  const definition = {
    path: HEALTH_CHECK,
    requestStream: false as const,
    responseStream: false as const,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  server.addService({ Check: definition }, { Check: check });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });
  return {
    port: bound,
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
    },
  };
}
