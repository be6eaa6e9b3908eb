import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { EngineApi } from '../setup/engine-api.mjs';

const IMAGE = 'busybox:1.36';
const SAMPLES = 3;

/** Returns how many times longer an engine takes for a container and a command in it than this machine's own, at least 1. */
export async function paceOf(host, machine) {
  if (host === machine.host) return 1;
  return Math.max(1, (await fastestMs(new EngineApi(host))) / (await fastestMs(machine)));
}

async function fastestMs(engine) {
  const times = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const from = performance.now();
    await liveOnce(engine);
    times.push(performance.now() - from);
  }
  return Math.min(...times);
}

async function liveOnce(engine) {
  const post = (path, content) => {
    const headers = { 'content-type': 'application/json' };
    const body = content && Readable.from([JSON.stringify(content)]);
    return engine.request('POST', path, { body, headers });
  };
  const { Id } = await json(await post('/containers/create', { Image: IMAGE, Cmd: ['sleep', '60'] }));
  try {
    (await post(`/containers/${Id}/start`)).resume();
    const exec = await json(await post(`/containers/${Id}/exec`, { Cmd: ['true'], AttachStdout: true }));
    const output = await post(`/exec/${exec.Id}/start`, {});
    for await (const _ of output);
  } finally {
    (await engine.request('DELETE', `/containers/${Id}?force=1`)).resume();
  }
}
