import { expect, jest, test } from '@jest/globals';
import { type HandledBy, handle } from '../../../../src/agent/process/handlers';

/** Creates an agent with one pod that has only the given members. */
function agentWith(pod: object): HandledBy {
  return {
    pod: (key: string) => {
      if (key !== 'shop') throw new Error(`pod ${key} has been removed`);
      return pod;
    },
  } as unknown as HandledBy;
}

test('runs a request on the pod that it names, and replies with the result', async () => {
  const exec = jest.fn(async (container: string, argv: readonly string[]) => [container, ...argv]);
  const asked = { key: 'shop', container: 'web', argv: ['ls', '-l'] };
  expect(await handle(agentWith({ actions: { exec } }), { kind: 'Exec', asked })).toEqual(['web', 'ls', '-l']);
});

test('replies null after a request without a result has finished', async () => {
  const steps: string[] = [];
  const freeze = async () => {
    await null;
    steps.push('frozen');
  };
  const asked = { key: 'shop', container: 'web' };
  expect(await handle(agentWith({ actions: { freeze } }), { kind: 'Freeze', asked })).toBeNull();
  expect(steps).toEqual(['frozen']);
});

test('rejects for a pod that has been removed', async () => {
  const asked = { key: 'gone', detail: 'a note' };
  await expect(handle(agentWith({}), { kind: 'Note', asked })).rejects.toThrow('pod gone has been removed');
});
