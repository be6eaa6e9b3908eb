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

describeOnEngine.each(WAYS)('a tcpSocket probe of a real server, dialled %s', (way) => {
  let pod: ProbedPod;
  const outcome = (container: keyof typeof PROBED) => pod.outcome(container);

  beforeAll(async () => {
    pod = await ProbedPod.run({ ...fixture('server.cjs', 'httpServer.cjs'), ...fixture('expired.pem') }, PROBED, way);
  });
  afterAll(() => removePods('file'));

  test('is content with a connection, says nothing and hangs up', async () => {
    expect(outcome('listens')).toEqual({ result: 'Success', output: '' });
    expect(await pod.record()).toContainEqual({ port: 8083, received: 0 });
  });

  test('finds a port by its name in its own container only', () => {
    expect(outcome('named').result).toBe('Success');
    expect(outcome('named-elsewhere')).toEqual({
      result: 'Errored',
      output: 'port "db" not found',
    });
  });

  test('succeeds by a server that never accepts, until nothing more can wait there', () => {
    expect(outcome('deaf')).toEqual({ result: 'Success', output: '' });
    expect(outcome('full')).toEqual({ result: 'Failure', output: `dial tcp ${pod.ip}:8085: i/o timeout` });
  });

  test('does not reach what is bound to loopback, or to nothing although the port is published', () => {
    const refused = (port: number) => ({
      result: 'Failure',
      output: `dial tcp ${pod.ip}:${port}: connect: connection refused`,
    });
    expect(outcome('loopback')).toEqual(refused(8081));
    expect(outcome('nobody')).toEqual(refused(9));
  });
});
