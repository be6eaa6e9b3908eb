import { Duplex } from 'node:stream';
import { expect, test } from '@jest/globals';
import { dialHTTP } from '../../../../src/probes/http/dial';

test('dialHTTP times out while its connection from inside the pod is still pending', async () => {
  const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const connection = { socket, connected: new Promise<void>(() => {}) };
  const request = { url: 'http://10.0.0.1:8080/healthz', headers: {} };
  const answer = await dialHTTP(request, { timeoutMs: 50, connectInside: async () => connection });
  expect(answer).toMatchObject({ kind: 'Failed', message: expect.stringContaining('Client.Timeout exceeded') });
  expect(socket.destroyed).toBe(true);
});
