import { expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { Simulation } from '../../../../src/pod/simulated/simulation';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import { s, story } from '../../../fidelity/kubelet/scenarios';

const KIND = 'FailedToRetrieveImagePullSecret';

function played(kubernetesVersion: string, app: AppScript, secrets = {}): Simulation {
  const spec = {
    imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }, {}],
    containers: [{ name: 'web', image: 'web:1' }],
  };
  const pod = applyDefaults({ metadata: { name: 'web', namespace: 'shop', uid: '7' }, spec });
  const simulation = new Simulation(pod, app, { kubernetesVersion }, { found: { configMaps: {}, secrets } });
  simulation.advance(s(20));
  return simulation;
}

const message = (names: string) =>
  `Unable to retrieve some image pull secrets (${names}); attempting to pull the image may not succeed.`;

test('reports missing imagePullSecrets at each sync before 1.37', () => {
  const pod = played('1.36', { web: [{ at: '5s', exit: 1, run: 1 }] });
  const [first, ...more] = pod.timeline.of(KIND);
  expect(first).toMatchObject({ at: 0, type: 'Warning', message: message('registry, mirror') });
  expect(more.some(({ at }) => at === s(5))).toBe(true);
  expect(story(pod, KIND, 'Pulling', 'Pulled')[0]).toBe(`0 ${KIND}`);
});

test('reports missing imagePullSecrets only after a failed pull since 1.37', () => {
  expect(played('1.37', { web: [{ at: '5s', exit: 1, run: 1 }] }).timeline.of(KIND)).toEqual([]);
  const refused = played('1.37', { web: [{ at: '0s', imagePull: 'fails' }] });
  expect(story(refused, KIND, 'Pulling', 'BackOff').slice(0, 4)).toEqual([
    '0 web Pulling',
    `0 ${KIND}`,
    '0 web BackOff',
    '10 web Pulling',
  ]);
});

test('reports only missing imagePullSecrets', () => {
  const pod = played('1.36', {}, { registry: {} });
  expect(pod.timeline.of(KIND)[0]).toMatchObject({ message: message('mirror') });
  expect(played('1.36', {}, { registry: {}, mirror: {} }).timeline.of(KIND)).toEqual([]);
});
