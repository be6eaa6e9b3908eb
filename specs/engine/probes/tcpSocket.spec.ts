import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { removePods } from '../../../src/pod/shared/registry';
import { realSecond } from '../../pace';
import { describeOnEngine } from '../onEngine';
import { fixture, ProbedPod, WAYS } from './probedPod';

const connect = (port: number | string) => ({ tcpSocket: { port } });

const PROBED = {
  listens: connect(8083),
  named: { ...connect('db'), ports: [{ name: 'db', containerPort: 8083 }] },
  'named-elsewhere': connect('db'),
  deaf: connect(8084),
  full: { ...connect(8085), timeoutSeconds: realSecond() },
  loopback: connect(8081),
  nobody: { ...connect(9), ports: [{ containerPort: 9 }] },
};

describeOnEngine.each(WAYS)('a tcpSocket probe of a real server, connected %s', (way) => {
  let pod: ProbedPod;
  const outcome = (container: keyof typeof PROBED) => pod.outcome(container);

  beforeAll(async () => {
    pod = await ProbedPod.run({ ...fixture('server.cjs', 'httpServer.cjs'), ...fixture('expired.pem') }, PROBED, way);
  });
  afterAll(() => removePods('file'));

  test('succeeds on a connection, sends nothing, and closes it', async () => {
    expect(outcome('listens')).toEqual({ result: 'Success', output: '' });
    expect(await pod.record()).toContainEqual({ port: 8083, received: 0 });
  });

  test('finds a named port only in its own container', () => {
    expect(outcome('named').result).toBe('Success');
    expect(outcome('named-elsewhere')).toEqual({
      result: 'Errored',
      output: 'port "db" not found',
    });
  });

  test('succeeds on a server that never accepts, until its backlog is full', () => {
    expect(outcome('deaf')).toEqual({ result: 'Success', output: '' });
    expect(outcome('full')).toEqual({ result: 'Failure', output: `dial tcp ${pod.ip}:8085: i/o timeout` });
  });

  test('does not reach a port on loopback, or a published port without a server', () => {
    const refusedResult = (port: number) => ({
      result: 'Failure',
      output: `dial tcp ${pod.ip}:${port}: connect: connection refused`,
    });
    expect(outcome('loopback')).toEqual(refusedResult(8081));
    expect(outcome('nobody')).toEqual(refusedResult(9));
  });
});
