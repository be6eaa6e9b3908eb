import { describe, expect, test } from '@jest/globals';
import type { Instant } from '../../../src/clock/instant';
import { createPod, type Observation, step } from '../../../src/kubelet';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import { s } from './scenarios';

const RESULTS = { S: 'Success', F: 'Failure' } as const;

/** Returns the results of a liveness probe with one attempt each second: S, F, or U for an attempt without a result. */
function simulateProbes(letters: string) {
  const livenessProbe = { httpGet: { port: 8080 }, periodSeconds: 1, failureThreshold: 2 };
  const containers = [{ name: 'app', image: 'web:1', livenessProbe }];
  let { state } = createPod(applyDefaults({ metadata: { name: 'web' }, spec: { containers } }));
  const events: string[] = [];
  const left = [...letters];
  const see = (seen: Observation, at: Instant): void => {
    const taken = step(state, seen, at);
    state = taken.state;
    for (const event of taken.events) {
      if (event.kind === 'ProbeFinished') events.push(`${event.result} ${event.run}`);
      if (event.kind === 'Killing') events.push('Killing');
      if (event.kind === 'Unhealthy') events.push('Unhealthy');
    }
    for (const command of taken.commands) {
      if (command.kind !== 'RunProbe') continue;
      const letter = left.shift();
      const { run } = command;
      if (letter === 'U') see({ kind: 'ProbeUnjudged', run }, at);
      else if (letter) see({ kind: 'ProbeAnswered', run, outcome: { result: RESULTS[letter as 'S'], output: '' } }, at);
    }
  };
  see({ kind: 'Woken' }, s(0));
  see({ kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' }, s(0));
  see({ kind: 'ImageInspected', container: 'app', present: true }, s(0));
  see({ kind: 'ContainerCreated', container: 'app', id: 'c' }, s(0));
  see({ kind: 'ContainerStarted', id: 'c' }, s(0));
  for (let second = 1; second < letters.length + 5; second += 1) see({ kind: 'Woken' }, s(second));
  return { events, left };
}

describe('ProbeUnjudged', () => {
  test('omits an attempt from the timeline, and keeps the time of the next one', () => {
    expect(simulateProbes('SUS')).toEqual({ events: ['Success 1', 'Success 1'], left: [] });
  });

  test('interrupts a series of failures, so that earlier ones do not count', () => {
    const { events } = simulateProbes('FUF');
    expect(events).toEqual(['Failure 1', 'Unhealthy', 'Failure 1', 'Unhealthy']);
    expect(simulateProbes('FUFF').events).toContain('Killing');
  });
});
