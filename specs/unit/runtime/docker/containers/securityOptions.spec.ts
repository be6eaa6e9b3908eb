import { expect, test } from '@jest/globals';
import type { Container, Pod, PodSecurityContext, SecurityContext } from '../../../../../src/manifest/model';
import { securityOptions } from '../../../../../src/runtime/docker/containers/securityOptions';
import type { ImageConfig } from '../../../../../src/runtime/docker/images/images';
import { verifyRunAsNonRoot } from '../../../../../src/runtime/runAsNonRoot';

const web: Container = { name: 'web', image: 'shop/web:1', imagePullPolicy: 'IfNotPresent' };

const podOf = (securityContext: PodSecurityContext): Pod => ({
  metadata: { name: 'checkout', namespace: 'shop', uid: '7' },
  spec: { restartPolicy: 'Always', initContainers: [], containers: [web], securityContext },
});

const optionsOf = (own: SecurityContext, pod: PodSecurityContext = {}, image: ImageConfig = {}) =>
  securityOptions(podOf(pod), { ...web, securityContext: own }, image);

test('leaves user and privileges to the image and the engine by default', () => {
  expect(optionsOf({})).toEqual({ HostConfig: {} });
});

test('uses the user of the container, or that of the pod if it is not set', () => {
  expect(optionsOf({ runAsUser: 0 }, { runAsUser: 1000, runAsGroup: 3000 })).toMatchObject({ User: '0:3000' });
  expect(optionsOf({}, { runAsUser: 1000 })).toMatchObject({ User: '1000' });
});

test('combines runAsGroup with the user of the image', () => {
  expect(optionsOf({ runAsGroup: 3000 }, {}, { user: 'node:node' })).toMatchObject({ User: 'node:3000' });
  expect(optionsOf({ runAsGroup: 3000 })).toMatchObject({ User: '0:3000' });
});

test('adds the group of the volumes to the supplemental groups', () => {
  expect(optionsOf({}, { fsGroup: 2000, supplementalGroups: [4000, 0] })).toEqual({
    HostConfig: { GroupAdd: ['2000', '4000', '0'] },
  });
});

test('drops and adds privileges of a container', () => {
  const capabilities = { drop: ['ALL'], add: ['NET_BIND_SERVICE'] };
  expect(optionsOf({ capabilities, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false })).toEqual({
    HostConfig: {
      CapAdd: ['NET_BIND_SERVICE'],
      CapDrop: ['ALL'],
      ReadonlyRootfs: true,
      SecurityOpt: ['no-new-privileges'],
    },
  });
  expect(optionsOf({ privileged: true, allowPrivilegeEscalation: true })).toEqual({ HostConfig: { Privileged: true } });
});

const WHICH = '(pod: "checkout_shop(7)", container: web)';

test.each<[why: string, own: SecurityContext, pod: PodSecurityContext, image: ImageConfig, error: string | undefined]>([
  ['root is allowed', {}, {}, { user: '0' }, undefined],
  ['the container allows it', { runAsNonRoot: false }, { runAsNonRoot: true }, {}, undefined],
  ['the image has no user', { runAsNonRoot: true }, {}, {}, 'container has runAsNonRoot and image will run as root'],
  [
    'the image has user 0',
    {},
    { runAsNonRoot: true },
    { user: '0:1' },
    'container has runAsNonRoot and image will run as root',
  ],
  ['the image has another user', { runAsNonRoot: true }, {}, { user: '1000:0' }, undefined],
  [
    'the image names its user',
    { runAsNonRoot: true },
    {},
    { user: 'node' },
    'container has runAsNonRoot and image has non-numeric user (node), cannot verify user is non-root',
  ],
  ['the pod names another user', { runAsNonRoot: true }, { runAsUser: 1000 }, { user: 'node' }, undefined],
  [
    'the container names root',
    { runAsUser: 0 },
    { runAsNonRoot: true },
    {},
    "container's runAsUser breaks non-root policy",
  ],
])('checks runAsNonRoot: %s', (_, own, pod, image, error) => {
  const verdict = verifyRunAsNonRoot(podOf(pod), { ...web, securityContext: own }, image.user);
  expect(verdict).toEqual(error && { message: `${error} ${WHICH}`, failure: { kind: 'runAsNonRoot' } });
});
