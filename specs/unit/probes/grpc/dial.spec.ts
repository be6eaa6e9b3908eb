import { Server, ServerCredentials } from '@grpc/grpc-js';
import { expect, test } from '@jest/globals';
import { dialGRPC } from '../../../../src/probes/grpc/dial';
import { HEALTH_CHECK } from '../../../../src/probes/grpc/health';
import { grpcTarget } from '../../../../src/probes/grpc/target';

// Only this spec uses the key. A probe over TLS verifies no certificate.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggYurvWKwoo44Nm3L
yDJ3usTLxXDutLf5t+PpFzeJsXahRANCAAQVWj/zcLzsNNqJ/eKi0H/A8TSrqDjO
pKVhe7YSUEJ604tZi4HbAdf0PceW7ciEH1nO80PTRj5V/8ooKQfKySu/
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIUcmeP/0Y2pb5xDmblOti0heqxbP4wCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMzAwMDAyMDlaGA8yMTI2MTEwNjAwMDIw
OVowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBVa
P/NwvOw02on94qLQf8DxNKuoOM6kpWF7thJQQnrTi1mLgdsB1/Q9x5btyIQfWc7z
Q9NGPlX/yigpB8rJK7+jUzBRMB0GA1UdDgQWBBTsB9xLj/GZ6ZsQEDOMDzaSKkv8
6DAfBgNVHSMEGDAWgBTsB9xLj/GZ6ZsQEDOMDzaSKkv86DAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIEZBsLg+e+ruKclfUxTWz+cqOFXfQKd+pMTp
YNa1gfJsAiAh6lOFVVruiaVCjQqAt+qucDkGB5lQu92Jx2CQIETEnQ==
-----END CERTIFICATE-----`;

/** Starts a server that answers SERVING, and returns its port. */
async function serving(credentials: ServerCredentials): Promise<{ readonly port: number; readonly server: Server }> {
  const server = new Server();
  const check = {
    path: HEALTH_CHECK,
    requestStream: false,
    responseStream: false,
    requestSerialize: (value: Buffer) => value,
    requestDeserialize: (value: Buffer) => value,
    responseSerialize: (value: Buffer) => value,
    responseDeserialize: (value: Buffer) => value,
  };
  server.addService(
    { check },
    { check: (_: unknown, done: (e: null, answer: Buffer) => void) => done(null, Buffer.from([8, 1])) },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { port, server };
}

const asked = (port: number, mode: 'TLS' | 'Plaintext') =>
  dialGRPC(grpcTarget({ port, mode }, '127.0.0.1'), { timeoutMs: 1_000, userAgent: 'kube-probe/1.37' });

test('uses TLS without verification with mode TLS, else plain text', async () => {
  const pair = { private_key: Buffer.from(KEY), cert_chain: Buffer.from(CERTIFICATE) };
  const secured = await serving(ServerCredentials.createSsl(null, [pair]));
  const plain = await serving(ServerCredentials.createInsecure());
  try {
    expect(await asked(secured.port, 'TLS')).toEqual({ kind: 'Checked', status: 'SERVING' });
    expect(await asked(plain.port, 'Plaintext')).toEqual({ kind: 'Checked', status: 'SERVING' });
    expect(await asked(secured.port, 'Plaintext')).toEqual({ kind: 'NotConnected' });
    expect(await asked(plain.port, 'TLS')).toEqual({ kind: 'NotConnected' });
  } finally {
    for (const { server } of [secured, plain]) server.forceShutdown();
  }
});
