/** The containers of the cases: the apps, right and wrong, and the probes that go with them. */

const BUSYBOX = 'busybox:1.36';
const NODE = 'node:24-slim';
const PORT = 8080;

export const httpGet = { path: '/index.html', port: PORT };
/** Returns a probe that runs once a second. */
export const each = (handler, failureThreshold = 3) => ({ ...handler, periodSeconds: 1, failureThreshold });

const SERVE = 'mkdir -p /tmp/www; echo hi > /tmp/www/index.html; httpd -f -p 8080 -h /tmp/www &';
/** Ends half a second after SIGTERM, with 0. */
const HANDLE = "trap 'sleep 0.5; exit 0' TERM; while :; do sleep 600 & wait $!; done";

/** Returns a container whose shell runs these commands. */
export const shell = (...commands) => ({ image: BUSYBOX, command: ['sh', '-c', commands.join('\n')] });
/** Returns a server that handles SIGTERM. */
export const server = (...before) => shell(...before, SERVE, HANDLE);
/** Returns a server that runs as PID 1 without a handler, so SIGTERM does not end it. */
export const deafServer = () => shell(SERVE, 'exec sleep 600');
/**
 * Returns a Node server that responds with a status. The queue of its port holds more than the probes of a case, unlike
 * that of busybox.
 */
export const nodeServer = (status) => ({
  image: NODE,
  command: [
    'node',
    '-e',
    `process.on('SIGTERM', () => process.exit(0));
     require('node:http').createServer((_, response) => response.writeHead(${status}).end()).listen(${PORT})`,
  ],
});

/** Returns a pod with one container, web. */
export function podOf(web, spec = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'case' },
    spec: {
      terminationGracePeriodSeconds: 4,
      ...spec,
      containers: [{ name: 'web', ports: [{ containerPort: PORT }], ...web }],
    },
  };
}
