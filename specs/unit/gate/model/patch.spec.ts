import { expect, test } from '@jest/globals';
import { asYAML } from '../../../../src/gate/model/patch';

test('returns a strategic merge patch with all changes', () => {
  const path = ['containers', { name: 'web' }, 'lifecycle', 'preStop', 'sleep', 'seconds'];
  const more = [
    { path: ['containers', { name: 'web' }, 'resources', 'limits', 'memory'], value: '64Mi' },
    { path: ['containers', { name: 'proxy' }, 'livenessProbe', 'timeoutSeconds'], value: 2 },
    { path: ['terminationGracePeriodSeconds'], value: 13 },
  ];
  expect(asYAML({ path, value: 3, found: { kind: 'gracePeriod', tookMs: 2_400, seconds: 3 }, more })).toBe(`spec:
  containers:
    - name: web
      lifecycle:
        preStop:
          sleep:
            seconds: 3
      resources:
        limits:
          memory: 64Mi
    - name: proxy
      livenessProbe:
        timeoutSeconds: 2
  terminationGracePeriodSeconds: 13
`);
});
