import net from 'node:net';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** The label of the containers that stand for a pod's services. Its value is the process that owns them. */
const OWNER = 'jest-kubelet.trial';
const ANSWER_MS = 60_000;
const EVERY_MS = 100;

/**
 * Starts the services of a case, and resolves to the gate options that name them and a function that removes them. A
 * service is `{ image, port, command, as }`, where `as: address` gives the gate HOST:PORT instead of the container.
 */
export async function startServices(engine, services) {
  const ids = [];
  const remove = () => Promise.all(ids.map((id) => removeContainer(engine, id)));
  try {
    const options = [];
    for (const [name, service] of Object.entries(services)) {
      const id = await start(engine, service);
      ids.push(id);
      const address = await answering(engine, id, service.port);
      options.push(
        '--service',
        `${name}=${service.as === 'address' ? `${address}:${service.port}` : `container:${id}`}`,
      );
    }
    return { options, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Removes the containers of this process, and those of a run that was killed. */
export async function removeLeftovers(engine) {
  const filters = encodeURIComponent(JSON.stringify({ label: [OWNER] }));
  const containers = await engine.get(`/containers/json?all=1&filters=${filters}`);
  const left = containers.filter(
    ({ Labels }) => isGone(Number(Labels[OWNER])) || Number(Labels[OWNER]) === process.pid,
  );
  await Promise.all(left.map(({ Id }) => removeContainer(engine, Id)));
}

async function start(engine, { image, command }) {
  const content = { Image: image, ...(command && { Cmd: command }), Labels: { [OWNER]: String(process.pid) } };
  const headers = { 'content-type': 'application/json' };
  const body = Readable.from([JSON.stringify(content)]);
  const { Id } = await json(await engine.request('POST', '/containers/create', { body, headers }));
  (await engine.request('POST', `/containers/${Id}/start`)).resume();
  return Id;
}

async function answering(engine, id, port) {
  const { NetworkSettings } = await engine.get(`/containers/${id}/json`);
  const host = NetworkSettings.IPAddress;
  for (const deadline = Date.now() + ANSWER_MS; Date.now() < deadline; await sleep(EVERY_MS)) {
    if (await accepts(host, port)) return host;
  }
  throw new Error(`the service does not respond at ${host}:${port} within ${ANSWER_MS / 1_000}s`);
}

function accepts(host, port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 1_000 });
    const end = (isOpen) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

async function removeContainer(engine, id) {
  (await engine.request('DELETE', `/containers/${id}?force=1&v=1`)).resume();
}

function isGone(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
