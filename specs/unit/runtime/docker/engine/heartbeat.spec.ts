import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Docker } from '../../../../../src/runtime/docker/engine/docker';
import { watchHeartbeat } from '../../../../../src/runtime/docker/engine/heartbeat';
import type { RuntimeError } from '../../../../../src/runtime/runtimeError';

const pace = { everyMs: 1, answerMaxMs: 20 };

interface Asked {
  readonly abortSignal: AbortSignal;
}

/** Returns an engine with these responses in order, the last of which repeats. */
function engine(...answers: ((asked: Asked) => Promise<readonly { readonly Id: string }[]>)[]) {
  let asked = 0;
  const listContainers = (options: Asked) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return answer?.(options);
  };
  return { docker: { listContainers } as unknown as Docker, asked: () => asked };
}

const answers = async () => [{ Id: 'a1' }];
const refuses = () => Promise.reject(new Error('connect ECONNREFUSED'));
const stalls = ({ abortSignal }: Asked) =>
  new Promise<never>((_, reject) => abortSignal.addEventListener('abort', () => reject(new Error('aborted'))));

test('reports exited containers in each beat', async () => {
  const { docker } = engine(answers);
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    const heartbeat = watchHeartbeat(docker, 'run', {
      pace,
      onExited(id) {
        told.push(id);
        if (told.length < 2) return;
        heartbeat.stop();
        resolve();
      },
      onLost: () => {},
    });
  });
  expect(told).toEqual(['a1', 'a1']);
});

test('reports an engine once that keeps the connection open without a response', async () => {
  const { docker } = engine(answers, stalls);
  const losses: RuntimeError[] = [];
  await new Promise<void>((resolve) => {
    watchHeartbeat(docker, 'run', {
      pace,
      onExited: () => {},
      onLost(error) {
        losses.push(error);
        resolve();
      },
    });
  });
  expect(losses).toEqual([
    expect.objectContaining({
      message:
        'container engine: has not responded for 0.02s on an open connection. Check whether it or its disk is overloaded',
      cause: expect.objectContaining({ message: 'aborted' }),
    }),
  ]);
});

test('leaves a closed connection to the event stream, and retries', async () => {
  const { docker } = engine(refuses, answers);
  const losses: RuntimeError[] = [];
  const told = await new Promise<string>((resolve) => {
    const heartbeat = watchHeartbeat(docker, 'run', {
      pace,
      onExited(id) {
        heartbeat.stop();
        resolve(id);
      },
      onLost: (error) => losses.push(error),
    });
  });
  expect(told).toBe('a1');
  expect(losses).toEqual([]);
});

test('stops its requests once it is stopped', async () => {
  const { docker, asked } = engine(answers);
  watchHeartbeat(docker, 'run', { pace, onExited: () => {}, onLost: () => {} }).stop();
  await sleep(10);
  expect(asked()).toBe(0);
});
