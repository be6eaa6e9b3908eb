import { describe, expect, test } from '@jest/globals';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import { patchedSpec } from './timeline/patchSpec';

const pod = applyDefaults({
  metadata: { name: 'web' },
  spec: {
    activeDeadlineSeconds: 60,
    containers: [
      { name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }], livenessProbe: { exec: { command: ['live'] } } },
      { name: 'proxy', image: 'proxy:1' },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
  },
});

describe('patchedSpec', () => {
  test('merges containers, their variables and volumes by name', () => {
    const spec = patchedSpec(pod, {
      containers: [
        { name: 'web', image: 'web:2', env: [{ name: 'B', value: '2' }] },
        { name: 'extra', image: 'extra:1' },
      ],
      volumes: [{ name: 'more', emptyDir: {} }],
    });
    expect(spec.containers.map(({ name, image }) => `${name} ${image}`)).toEqual([
      'web web:2',
      'proxy proxy:1',
      'extra extra:1',
    ]);
    expect(spec.containers[0]?.env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
    expect(spec.volumes?.map(({ name }) => name)).toEqual(['data', 'more']);
  });

  test('merges maps, replaces other lists, and removes values that are null', () => {
    const spec = patchedSpec(pod, {
      activeDeadlineSeconds: null,
      tolerations: [{ key: 'a', operator: 'Exists' }],
      containers: [{ name: 'web', livenessProbe: { periodSeconds: 5, exec: { command: ['other'] } } }],
    });
    expect(spec).not.toHaveProperty('activeDeadlineSeconds');
    expect(spec.containers[0]?.livenessProbe).toMatchObject({
      periodSeconds: 5,
      failureThreshold: 3,
      exec: { command: ['other'] },
    });
  });

  test('completes the result like the API server', () => {
    expect(patchedSpec(pod, { terminationGracePeriodSeconds: -5 }).terminationGracePeriodSeconds).toBe(1);
    expect(patchedSpec(pod, { hostNetwork: true }).containers[0]?.imagePullPolicy).toBe('IfNotPresent');
    expect(() => patchedSpec(pod, { graceSeconds: 5 })).toThrow('patchSpec.spec.graceSeconds: unknown field');
    expect(() => patchedSpec(pod, { activeDeadlineSeconds: 'soon' })).toThrow('must be an integer');
  });
});
