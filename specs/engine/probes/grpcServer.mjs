// A gRPC server to be probed: it runs in a container, bundled, and records what it gets.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';

const SERVING = 1;
const NOT_SERVING = 2;

const HEALTH = {
  check: {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    // Both messages have one field: the name of a service, which is short here, and the status, a small number.
    requestDeserialize: (message) => ({ service: message.subarray(2).toString() }),
    responseSerialize: (serving) => Buffer.from([0x08, serving]),
  },
};

let opened;

const ANSWERS = {
  '': (answer) => answer(null, SERVING),
  shop: (answer) => answer(null, SERVING),
  closed: (answer) => answer(null, NOT_SERVING),
  odd: (answer) => answer(null, 7),
  silent: () => {},
  broken: (answer) => answer({ code: status.INTERNAL, details: 'out of stock' }),
  opener: (answer) => {
    opened ??= serve(9094);
    opened.then(() => answer(null, SERVING));
  },
};

const noSuch = (answer) => answer({ code: status.NOT_FOUND, details: 'unknown service' });

function check(call, answer) {
  const { service } = call.request;
  const [agent] = call.metadata.get('user-agent');
  appendFileSync('/tmp/record', `${JSON.stringify({ service, agent, host: call.getHost() })}\n`);
  (ANSWERS[service] ?? noSuch)(answer);
}

function serve(port, { credentials = ServerCredentials.createInsecure(), health = true } = {}) {
  const server = new Server();
  if (health) server.addService(HEALTH, { check });
  return new Promise((resolve, reject) => {
    server.bindAsync(`0.0.0.0:${port}`, credentials, (error) => (error ? reject(error) : resolve()));
  });
}

const pem = readFileSync('/srv/expired.pem');
const credentials = ServerCredentials.createSsl(null, [{ private_key: pem, cert_chain: pem }]);
Promise.all([serve(9090), serve(9091, { health: false }), serve(9092, { credentials })]).then(() =>
  writeFileSync('/tmp/up', ''),
);
