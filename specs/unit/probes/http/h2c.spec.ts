import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { HTTPGetAction } from '../../../../src/manifest/model';
import { dialHTTP } from '../../../../src/probes/http/dial';
import { requestForHTTPGet } from '../../../../src/probes/http/request';

const servers: Server[] = [];

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const asked = (port: number, more: Partial<HTTPGetAction> = {}) =>
  dialHTTP(
    requestForHTTPGet(
      { path: '/ready?deep=1', port, scheme: 'HTTP', protocol: 'HTTP2', ...more },
      [],
      '127.0.0.1',
      'kube-probe/1.37',
      { textPortIsName: true },
    ),
    { timeoutMs: 2_000 },
  );

describe('httpGet probe with protocol HTTP2', () => {
  test('sends HTTP/2 without TLS, with the headers of a probe', async () => {
    const port = await listening(
      http2.createServer((request, response) => {
        const { ':path': path, ':authority': authority, 'user-agent': agent } = request.headers;
        response.end(`${request.httpVersion} ${path} ${authority} ${agent}`);
      }),
    );
    expect(await asked(port)).toEqual({
      kind: 'Responded',
      status: 200,
      body: `2.0 /ready?deep=1 127.0.0.1:${port} kube-probe/1.37`,
    });
  });

  test('follows a redirect over the same kind of connection', async () => {
    const port = await listening(
      http2.createServer((request, response) => {
        if (request.url === '/here') response.writeHead(503).end('no');
        else response.writeHead(302, { location: '/here' }).end();
      }),
    );
    expect(await asked(port)).toEqual({ kind: 'Responded', status: 503, body: 'no' });
  });

  test('fails if the server speaks only HTTP/1.1', async () => {
    const port = await listening(http.createServer((_, response) => response.end('ok')));
    expect(await asked(port)).toMatchObject({ kind: 'Failed' });
    expect(await asked(port, { protocol: 'HTTP1' })).toMatchObject({ kind: 'Responded', status: 200 });
  });

  test('fails if no process listens', async () => {
    expect(await asked(1)).toMatchObject({ kind: 'Failed', message: expect.stringContaining('connection refused') });
  });

  test('fails after the timeout', async () => {
    const port = await listening(http2.createServer(() => {}));
    const request = requestForHTTPGet(
      { path: '/', port, scheme: 'HTTP', protocol: 'HTTP2' },
      [],
      '127.0.0.1',
      'kube-probe/1.37',
      { textPortIsName: true },
    );
    expect(await dialHTTP(request, { timeoutMs: 50 })).toMatchObject({
      kind: 'Failed',
      message: expect.stringContaining('Client.Timeout exceeded while awaiting headers'),
    });
  });
});
