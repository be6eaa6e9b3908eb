import { describe, expect, test } from '@jest/globals';
import { createPod } from '../../../../src/kubelet';
import { drawChance, drawJitter, drawRun, newEffects, recordEvent } from '../../../../src/kubelet/effects/effects';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { containerNamed } from '../../../../src/manifest/model';
import { s } from '../../../fidelity/kubelet/scenarios';

const { state } = createPod(
  applyDefaults({
    metadata: { name: 'web' },
    spec: { initContainers: [{ name: 'setup', image: 'a:1' }], containers: [{ name: 'app', image: 'web:1' }] },
  }),
);

function recorded(...[kind, message, name]: readonly [Parameters<typeof recordEvent>[1], string, string?]) {
  const out = newEffects(state, s(3));
  const container = name === undefined ? undefined : containerNamed(state.pod.spec, name);
  recordEvent(out, kind, message, container && { container });
  return out.events[0];
}

describe('recordEvent', () => {
  test('contains the field path of the container', () => {
    expect(recorded('Started', 'Container started', 'app')).toMatchObject({
      at: s(3),
      container: 'app',
      fieldPath: 'spec.containers{app}',
      type: 'Normal',
    });
    expect(recorded('Started', 'Container started', 'setup')).toMatchObject({
      fieldPath: 'spec.initContainers{setup}',
    });
  });

  test('contains no container for an event of the pod', () => {
    expect(recorded('FailedMount', 'no volume')).not.toHaveProperty('container');
  });

  test('records a warning for a start back-off, and a normal event for a pull back-off', () => {
    const typeOf = (delayed: 'start' | 'pull') => {
      const out = newEffects(state, s(3));
      recordEvent(out, 'BackOff', 'Back-off', { delayed });
      return out.events[0];
    };
    expect(typeOf('start')).toMatchObject({ type: 'Warning', delayed: 'start' });
    expect(typeOf('pull')).toMatchObject({ type: 'Normal', delayed: 'pull' });
  });
});

test('drawRun returns each run number once', () => {
  const out = newEffects({ ...state, nextRun: 7 }, s(0));
  expect([drawRun(out), drawRun(out), out.nextRun]).toEqual([7, 8, 9]);
});

test('drawChance returns the same numbers from the same state', () => {
  const [one, other] = [newEffects(state, s(0)), newEffects(state, s(0))];
  const drawn = [drawChance(one), drawChance(one)];
  expect([drawChance(other), drawChance(other)]).toEqual(drawn);
  expect(drawn[0]).not.toBe(drawn[1]);
});

test('drawJitter returns factors from 1 to 1 plus the share, and 1 for share 0', () => {
  const out = newEffects(state, s(0));
  const factors = Array.from({ length: 100 }, () => drawJitter(out, 0.5));
  expect(factors.every((factor) => factor >= 1 && factor < 1.5)).toBe(true);
  const { random } = out;
  expect(drawJitter(out, 0)).toBe(1);
  expect(out.random).toBe(random);
});
