import { describe, expect, test } from '@jest/globals';
import type { FromAgent } from '../../../../src/agent/ipc/messages';
import { TestSide } from '../../../../src/agent/pod/testSide';
import { CREATED } from '../../../../src/clock/instant';
import type { Event } from '../../../../src/timeline/event';

const EXITED: Event = {
  source: 'runtime',
  kind: 'ContainerExited',
  at: CREATED,
  container: 'web',
  id: 'web-0',
  attempt: 0,
  exitCode: 1,
  reason: 'Error',
  message: 'no user hunter2',
};

function testSide() {
  const told: FromAgent[] = [];
  const side = new TestSide(
    'shop',
    (message) => told.push(message),
    (text) => text.replaceAll('hunter2', '***'),
    () => CREATED,
  );
  const write = (text: string) =>
    side.onWritten({ container: 'web', attempt: 0, stream: 'stdout', bytes: Buffer.from(text) });
  return { side, write, told };
}

describe('TestSide', () => {
  test('sends the last lines of a container before its exit, all without Secrets', () => {
    const { side, write, told } = testSide();
    write('password hunter2');
    side.onEvents([EXITED]);
    expect(told).toMatchObject([
      { kind: 'Wrote', key: 'shop', lines: [{ text: 'password ***' }] },
      { kind: 'Happened', key: 'shop', events: [{ kind: 'ContainerExited', message: 'no user ***' }] },
    ]);
  });

  test('sends the error of an aborted run after the last lines, without Secrets', () => {
    const { side, write, told } = testSide();
    write('last');
    side.onBroken(new Error('failed to run login hunter2'));
    expect(told.map(({ kind }) => kind)).toEqual(['Wrote', 'Broke']);
    expect(told[1]).toMatchObject({ key: 'shop', error: { message: 'failed to run login ***' } });
  });

  test('sends no line after it is closed', () => {
    const { side, write, told } = testSide();
    side.close();
    write('late');
    side.onClockReached(CREATED);
    expect(told.map(({ kind }) => kind)).toEqual(['Ended', 'ClockReached']);
  });
});
