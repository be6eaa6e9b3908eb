import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { ListenerSamples, type LookForListeners } from '../../../../src/agent/pod/listenerSamples';
import { CREATED } from '../../../../src/clock/instant';

const LISTENERS = { source: 'runtime', kind: 'ListenersSeen', at: CREATED, container: 'web' };
const REFUSED = 'dial tcp 10.0.0.2:8080: connect: connection refused';

function looksWith(look: LookForListeners) {
  const told: unknown[] = [];
  const looks = new ListenerSamples(look, { now: () => CREATED, note: (event) => told.push(event) });
  const refuse = async (output = REFUSED) => {
    looks.onProbe('web', output);
    await turn();
  };
  return { told, refuse };
}

describe('ListenerSamples', () => {
  test('reports the listeners after a refused probe, and again if they change', async () => {
    const found = [[], [], ['127.0.0.1:8080']];
    const { told, refuse } = looksWith(async () => found.shift());
    for (let time = 0; time < 3; time += 1) await refuse();
    expect(told).toEqual([
      { ...LISTENERS, addresses: [] },
      { ...LISTENERS, addresses: ['127.0.0.1:8080'] },
    ]);
  });

  test('takes no sample if the probe got a response', async () => {
    const { told, refuse } = looksWith(async () => ['0.0.0.0:80']);
    await refuse('HTTP probe failed with statuscode: 500');
    expect(told).toEqual([]);
  });

  test('reports nothing if the container has exited or the engine denies the sample', async () => {
    const gone = looksWith(async () => undefined);
    await gone.refuse();
    const refused = looksWith(() => Promise.reject(new Error('denied')));
    await refused.refuse();
    expect([gone.told, refused.told]).toEqual([[], []]);
  });
});
