import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NEWEST_VERSION } from '../../../src/manifest/values/kubernetesVersion';
import { removePods } from '../../../src/pod/shared/registry';
import { realSecond } from '../../pace';
import { describeOnEngine } from '../onEngine';
import { fixture, ProbedPod, WAYS } from './probedPod';

const check = (service?: string, more: object = {}) => ({ grpc: { port: 9090, ...(service && { service }), ...more } });

const PROBED = {
  late: { ...check('shop', { port: 9094 }), timeoutSeconds: 60 },
  whole: check(),
  named: check('shop'),
  closed: check('closed'),
  odd: check('odd'),
  unknown: check('nosuch'),
  broken: check('broken'),
  silent: { ...check('silent'), timeoutSeconds: realSecond() },
  'without-health': check(undefined, { port: 9091 }),
  tls: { ...check(undefined, { port: 9092 }), timeoutSeconds: realSecond() },
  nobody: { ...check(undefined, { port: 9 }), timeoutSeconds: 2 },
  opener: { ...check('opener'), timeoutSeconds: 10 },
};

describeOnEngine.each(WAYS)('a grpc probe of a real server, connected %s', (way) => {
  let pod: ProbedPod;
  const outcome = (container: keyof typeof PROBED) => pod.outcome(container);
  const failure = (output: string) => ({ result: 'Failure', output });

  beforeAll(async () => {
    const server = execFileSync(process.execPath, [path.join(__dirname, 'bundle.mjs'), 'grpcServer.mjs'], {
      encoding: 'utf8',
    });
    pod = await ProbedPod.run({ 'server.cjs': server, ...fixture('expired.pem') }, PROBED, way);
  });
  afterAll(() => removePods('file'));

  test('checks the server, or the given service, with the user agent of the kubelet', async () => {
    expect(outcome('whole')).toEqual({ result: 'Success', output: 'service healthy' });
    expect(outcome('named')).toEqual({ result: 'Success', output: 'service healthy' });
    const asked = { agent: expect.stringContaining(`kube-probe/${NEWEST_VERSION} grpc-`), host: `${pod.ip}:9090` };
    expect(await pod.record()).toEqual(
      expect.arrayContaining([
        { service: '', ...asked },
        { service: 'shop', ...asked },
      ]),
    );
  });

  test('fails on each status except SERVING', () => {
    expect(outcome('closed')).toEqual(failure('service unhealthy (responded with "NOT_SERVING")'));
    expect(outcome('odd')).toEqual(failure('service unhealthy (responded with "7")'));
  });

  test('fails on an unknown service, and on any other error', () => {
    const error = 'error: health rpc probe failed: rpc error: code';
    expect(outcome('unknown')).toEqual(failure(`${error} = NotFound desc = unknown service`));
    expect(outcome('broken')).toEqual(failure(`${error} = Internal desc = out of stock`));
  });

  test('fails if the response takes longer than the timeout', () => {
    expect(outcome('silent')).toEqual(failure(`timeout: health rpc did not complete within ${realSecond()}s`));
  });

  test('fails if the server does not implement the health protocol', () => {
    expect(outcome('without-health')).toMatchObject({
      result: 'Failure',
      output: expect.stringMatching(
        /^error: this server does not implement the grpc health protocol \(grpc\.health\.v1\.Health\): ./,
      ),
    });
  });

  test('reports a timeout if the server requires TLS, or no process listens', () => {
    const timeout = (port: number, within: string) =>
      failure(`timeout: failed to connect service "${pod.ip}:${port}" within ${within}: context deadline exceeded`);
    expect(outcome('tls')).toEqual(timeout(9092, `${realSecond()}s`));
    expect(outcome('nobody')).toEqual(timeout(9, '2s'));
  });

  test('retries the connection until it succeeds, or the timeout ends', () => {
    expect(outcome('opener').result).toBe('Success');
    expect(outcome('late').result).toBe('Success');
    expect(pod.tookMs('nobody')).toBeGreaterThanOrEqual(2_000);
  });
});
