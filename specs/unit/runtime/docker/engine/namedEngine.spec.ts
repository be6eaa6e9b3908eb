import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findEngine } from '../../../../../src/runtime/docker/engine/engine';
import { namedEngine, reachNamed } from '../../../../../src/runtime/docker/engine/namedEngine';
import { testOnPosix } from '../../../../onPosix';
import { FakeEngine } from '../fakeEngine';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-named-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const properties = (...lines: readonly string[]) =>
  writeFileSync(path.join(home, '.testcontainers.properties'), lines.join('\n'));

describe('namedEngine', () => {
  test('returns undefined if neither the environment nor the file names an engine', () => {
    expect(namedEngine({}, home)).toBeUndefined();
    properties('# docker.host=tcp://commented:1', 'ryuk.disabled=true', 'docker.host');
    expect(namedEngine({}, home)).toBeUndefined();
  });

  test('prefers tc.host to DOCKER_HOST, and DOCKER_HOST to docker.host', () => {
    properties('docker.host = tcp://file:1');
    expect(namedEngine({}, home)).toEqual({
      address: 'tcp://file:1',
      namedBy: 'docker.host in ~/.testcontainers.properties',
    });
    expect(namedEngine({ DOCKER_HOST: 'tcp://env:1' }, home)).toEqual({
      address: 'tcp://env:1',
      namedBy: 'DOCKER_HOST',
    });
    expect(namedEngine({ DOCKER_HOST: '' }, home)).toBeUndefined();
    properties('docker.host=tcp://file:1', 'tc.host=tcp://tc:1');
    expect(namedEngine({ DOCKER_HOST: 'tcp://env:1' }, home)).toEqual({
      address: 'tcp://tc:1',
      namedBy: 'tc.host in ~/.testcontainers.properties',
    });
  });

  test('returns the folder of certificates only if TLS verification is on', () => {
    properties('docker.host=tcp://file:1', 'docker.cert.path=/certs', 'docker.tls.verify=1');
    expect(namedEngine({}, home)).toMatchObject({ certificates: '/certs' });
    expect(namedEngine({ DOCKER_CERT_PATH: '/others' }, home)).toMatchObject({ certificates: '/others' });
    expect(namedEngine({ DOCKER_TLS_VERIFY: '0' }, home)).not.toHaveProperty('certificates');
  });
});

describe('reachNamed', () => {
  const NAMED_BY = 'DOCKER_HOST';
  const silent = (address: string, why: string) =>
    `container engine: none answers at ${address}, which DOCKER_HOST names (${why}), and no other is used in its place. ` +
    'Start it, or change DOCKER_HOST';

  test('tries only the named engine', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.reject(new Error('no engine'));
    };
    const address = `unix://${home}/none.sock`;
    const why = `connect ENOENT ${home}/none.sock`;
    const found = findEngine(ask, { address, namedBy: NAMED_BY });
    await expect(found).rejects.toMatchObject({ name: 'RuntimeError', message: silent(address, why) });
    expect(asked).toBe(0);
  });

  test.each(['nonsense', 'tcp://127.0.0.1:port'])('rejects the address %s', async (address) => {
    const reached = reachNamed({ address, namedBy: NAMED_BY });
    await expect(reached).rejects.toThrow(silent(address, 'Invalid URL'));
  });

  testOnPosix('rejects an engine that does not respond or returns an error', async () => {
    await using hung = await FakeEngine.listen(home, 'hung', 'never');
    await expect(reachNamed({ address: hung.host, namedBy: NAMED_BY }, 200)).rejects.toThrow(
      silent(hung.host, 'no response within 0.2s'),
    );
    await using broken = await FakeEngine.listen(home, 'broken', 500);
    await expect(reachNamed({ address: broken.host, namedBy: NAMED_BY })).rejects.toThrow('HTTP code 500');
    expect(broken.requests).toEqual(['GET /info']);
  });

  testOnPosix('rejects another engine that testcontainers found in between', async () => {
    await using one = await FakeEngine.listen(home, 'one', 200);
    await using other = await FakeEngine.listen(home, 'other', 200);
    const dockerode = await reachNamed({ address: other.host, namedBy: NAMED_BY });
    const ask = async () => ({ container: { dockerode } }) as never;
    const found = findEngine(ask, { address: one.host, namedBy: NAMED_BY });
    await expect(found).rejects.toThrow(silent(one.host, 'it responded a moment ago'));
    expect(other.requests).toEqual(['GET /info']);
  });
});
