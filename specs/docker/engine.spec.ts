import { expect, test } from '@jest/globals';
import { findEngine } from '../../src/runtime/docker/engine';

test('says how an engine was looked for when none answers, and what to do', async () => {
  const silent = () => Promise.reject(new Error('Could not find a working container runtime strategy'));
  await expect(findEngine(silent)).rejects.toMatchObject({
    name: 'RuntimeError',
    message: expect.stringMatching(
      /^container engine: none answers at .*; start Docker, Podman, .* or point DOCKER_HOST at one$/,
    ),
    cause: expect.objectContaining({ message: 'Could not find a working container runtime strategy' }),
  });
});
