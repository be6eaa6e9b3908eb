import { expect, test } from '@jest/globals';
import { type EngineStep, failedByConfig, failedByEngine } from '../../../src/runtime/failedStart';
import type { StartFailure } from '../../../src/timeline/causes';

const NO_PROGRAM =
  'OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: ';

test.each<[EngineStep, string, StartFailure['kind'] | undefined]>([
  ['pull', 'manifest for shop:2 not found: manifest unknown: manifest unknown', 'imageMissing'],
  ['pull', 'manifest unknown', 'imageMissing'],
  ['pull', "pull access denied for shop, repository does not exist or may require 'docker login'", 'imageMissing'],
  ['pull', 'requested access to the resource is denied: access denied', 'imageMissing'],
  ['pull', 'No such image: shop:2', 'imageMissing'],
  ['pull', 'write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'diskFull'],
  ['pull', 'Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: i/o timeout', undefined],
  ['inspect', 'write /var/lib/docker: disk quota exceeded', 'diskFull'],
  ['inspect', 'layer does not exist', undefined],
  ['create', 'mkdir /var/lib/docker/overlay2/1-init: no space left on device', 'diskFull'],
  ['create', 'No such image: shop:2', undefined],
  ['start', `${NO_PROGRAM}"serve": executable file not found in $PATH`, 'programMissing'],
  ['start', `${NO_PROGRAM}"/bin/serve": stat /bin/serve: no such file or directory`, 'programMissing'],
  ['start', `${NO_PROGRAM}"/etc/hosts": permission denied`, 'programMissing'],
  ['start', 'crun: executable file `serve` not found in $PATH: No such file or directory', 'programMissing'],
  ['start', 'mkdir /run/containerd/1: no space left on device', 'diskFull'],
  ['start', 'driver failed programming external connectivity: port is already allocated', undefined],
])('classifies a failed %s: %s', (step, message, kind) => {
  expect(failedByEngine(step, message)).toStrictEqual({ message, ...(kind && { failure: { kind } }) });
});

test('returns the kind of the missing object', () => {
  expect(failedByConfig({ error: 'secret "x" not found', missing: 'Secret' })).toStrictEqual({
    message: 'secret "x" not found',
    failure: { kind: 'configMissing', object: 'Secret' },
  });
  expect(failedByConfig({ error: 'unsupported fieldPath: status.phase' })).toStrictEqual({
    message: 'unsupported fieldPath: status.phase',
  });
});
