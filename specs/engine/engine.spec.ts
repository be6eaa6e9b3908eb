import { afterEach, expect, test } from '@jest/globals';
import { findEngine } from '../../src/runtime/docker/engine/engine';

const { DOCKER_HOST } = process.env;
afterEach(() => {
  if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
});

test('findEngine lists the searched addresses and explains how to start an engine', async () => {
  delete process.env.DOCKER_HOST;
  const silent = () => Promise.reject(new Error('Could not find a working container runtime strategy'));
  await expect(findEngine(silent)).rejects.toMatchObject({
    name: 'RuntimeError',
    message: expect.stringMatching(
      /^container engine: none answers at .*\. Start Docker, Podman, .* or point DOCKER_HOST at one$/,
    ),
    cause: expect.objectContaining({ message: 'Could not find a working container runtime strategy' }),
  });
});
