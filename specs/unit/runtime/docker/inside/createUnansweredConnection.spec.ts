import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createUnansweredConnection } from '../../../../../src/runtime/docker/inside/createUnansweredConnection';

test('a connection attempt in a cut network stays pending until it is given up', async () => {
  const { socket, connected } = createUnansweredConnection();
  const outcomes: string[] = [];
  connected.then(
    () => outcomes.push('connected'),
    () => outcomes.push('given up'),
  );
  socket.write('GET / HTTP/1.1');
  await setImmediate();
  expect(outcomes).toEqual([]);
  socket.destroy();
  await setImmediate();
  expect(outcomes).toEqual(['given up']);
});
