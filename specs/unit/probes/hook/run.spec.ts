import { expect, test } from '@jest/globals';
import type { HookOutcome } from '../../../../src/kubelet/state/protocol';
import type { LifecycleHandler } from '../../../../src/manifest/model';
import type { RunHook } from '../../../../src/probes/hook/aim';
import { hookOutcome } from '../../../../src/probes/hook/judge';
import { runHandler } from '../../../../src/probes/hook/run';
import type { HTTPAnswer } from '../../../../src/probes/http/judge';
import type { HTTPRequest } from '../../../../src/probes/http/request';
import type { ExecResult } from '../../../../src/probes/ports';

const pod = { name: 'shop', namespace: 'default', uid: '1-2' };
const FINE: HTTPAnswer = { kind: 'Responded', status: 200, body: '' };

/** The results of the hook's dependencies, and the recorded calls. */
interface World {
  readonly exec?: ExecResult;
  readonly http?: (request: HTTPRequest) => HTTPAnswer;
  readonly kubernetesVersion?: string;
}

async function run(handler: LifecycleHandler, world: World = {}): Promise<[HookOutcome, ...unknown[]]> {
  const asked: unknown[] = [];
  const command: RunHook = {
    kind: 'RunHook',
    run: 1,
    id: 'abc',
    hook: 'preStop',
    podIP: '10.0.0.5',
    container: { name: 'web', image: 'web', imagePullPolicy: 'Always', env: [{ name: 'A', value: 'b' }] },
    handler,
  };
  const result = await runHandler(command, {
    kubernetesVersion: world.kubernetesVersion ?? '1.36',
    execInContainer: async (...call) => {
      asked.push(call);
      return world.exec ?? { kind: 'Exited', exitCode: 0, output: '' };
    },
    http: async (request) => {
      asked.push(request);
      return world.http?.(request) ?? FINE;
    },
  });
  return [hookOutcome(command, pod, result), ...asked];
}

const httpGet = { path: '/bye', port: 8080, scheme: 'HTTP' } as const;

test('runs a command unchanged and without a timeout', async () => {
  expect(await run({ exec: { command: ['nginx', '$(A)'] } })).toEqual([
    { failed: false },
    ['abc', ['nginx', '$(A)'], {}],
  ]);
});

test('fails if the command exits with another code than 0, and quotes the command', async () => {
  const exec = { kind: 'Exited', exitCode: 3, output: 'out\nerr', stderr: 'err' } as const;
  const [outcome] = await run({ exec: { command: ['drain', '-f'] } }, { exec });
  expect(outcome).toEqual({
    failed: true,
    message: String.raw`Exec lifecycle hook ([drain -f]) for Container "web" in Pod "shop_default(1-2)" failed - error: command 'drain -f' exited with 3: err, message: "out\nerr"`,
    failure: { kind: 'exit', exitCode: 3 },
  });
});

test.each([200, 404, 500])('succeeds with HTTP status %i', async (status) => {
  const [outcome] = await run({ httpGet }, { http: () => ({ kind: 'Responded', status, body: '' }) });
  expect(outcome).toEqual({ failed: false });
});

test('succeeds if the response body is cut off', async () => {
  const [outcome] = await run({ httpGet }, { http: () => ({ kind: 'BodyLost', message: 'unexpected EOF' }) });
  expect(outcome).toEqual({ failed: false });
});

test('fails without a response', async () => {
  const [outcome] = await run(
    { httpGet },
    { http: () => ({ kind: 'Failed', message: 'Get "http://10.0.0.5:8080/bye": EOF', failure: { kind: 'reset' } }) },
  );
  expect(outcome).toEqual({
    failed: true,
    message:
      'HTTP lifecycle hook (/bye) for Container "web" in Pod "shop_default(1-2)" failed - error: Get "http://10.0.0.5:8080/bye": EOF',
    failure: { kind: 'reset' },
  });
});

const plainHTTP = ({ url }: HTTPRequest): HTTPAnswer =>
  url.startsWith('https:')
    ? { kind: 'Failed', message: `Get "${url}": http: server gave HTTP response to HTTPS client` }
    : FINE;

test('repeats an HTTPS hook over HTTP without credentials if the server speaks HTTP', async () => {
  const httpHeaders = [{ name: 'Authorization', value: 'secret' }];
  const [outcome, ...asked] = await run({ httpGet: { ...httpGet, scheme: 'HTTPS', httpHeaders } }, { http: plainHTTP });
  expect(outcome).toEqual({
    failed: false,
    fallback: 'request to HTTPS lifecycle hook 10.0.0.5:8080 got HTTP response, retry with HTTP succeeded',
  });
  expect(asked).toMatchObject([
    { url: 'https://10.0.0.5:8080/bye', headers: { Authorization: ['secret'] } },
    { url: 'http://10.0.0.5:8080/bye', headers: expect.not.objectContaining({ Authorization: ['secret'] }) },
  ]);
});

test('ignores scheme and headers of an HTTP hook up to 1.25', async () => {
  const httpHeaders = [{ name: 'X-Flag', value: 'a' }];
  const [, request] = await run(
    { httpGet: { ...httpGet, scheme: 'HTTPS', httpHeaders } },
    { kubernetesVersion: '1.25' },
  );
  expect(request).toEqual({ url: 'http://10.0.0.5:8080//bye', headers: { 'User-Agent': ['Go-http-client/1.1'] } });
});

test('fails for a tcpSocket hook', async () => {
  expect(await run({ tcpSocket: { port: 'http' } })).toEqual([
    {
      failed: true,
      message:
        'Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:&TCPSocketAction{Port:{1 0 http},Host:,},Sleep:nil,}',
    },
  ]);
});
