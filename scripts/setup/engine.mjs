import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { dockerStep, installDocker, startDockerd } from './docker.mjs';
import { EngineApi } from './engine-api.mjs';

export const DEFAULT_HOST = 'unix:///var/run/docker.sock';
const ANSWER_MS = 3_000;
const NO_ENGINE = { exitCode: 3 };
const FIX = 'Start Docker, or Podman with its socket, or set DOCKER_HOST to the address of an engine';
const NAMED_FIX = 'Start the engine that DOCKER_HOST names, or unset DOCKER_HOST';

/** A container engine that answers, or Docker, which setup installs and starts. */
export const ENGINE = {
  async find(context) {
    const name = 'container engine';
    const { engine, silent } = await whichAnswers(possibleHosts());
    context.engine = engine;
    if (engine) return [{ name, found: engine.host }];
    const missing = `none answers at ${silent.join(' or ')}`;
    if (process.env.DOCKER_HOST) return [{ name, missing, fix: NAMED_FIX, ...NO_ENGINE }];
    const step = dockerStep();
    const fix = step ? FIX : `${FIX}. As root on Debian or Ubuntu, setup starts Docker itself`;
    return [{ name, missing, fix, ...(step && { step }), ...NO_ENGINE }];
  },

  async bring() {
    installDocker();
    const findOurs = async () => (await whichAnswers([DEFAULT_HOST])).engine;
    // The package starts it on systems with an init system.
    if (!(await findOurs())) await startDockerd(findOurs);
  },
};

/** Returns why no container engine is available, or undefined if one responds. It installs and starts nothing. */
export async function explainMissingEngine() {
  const { engine, silent } = await whichAnswers(possibleHosts());
  return engine ? undefined : `none answers at ${silent.join(' or ')}`;
}

/** Returns the container engine that responds, or undefined. It installs and starts nothing. */
export async function answeringEngine() {
  return (await whichAnswers(possibleHosts())).engine;
}

/** Returns the first engine that responds, or else every address with its error. */
async function whichAnswers(hosts) {
  const silent = [];
  for (const host of hosts) {
    const engine = new EngineApi(host);
    try {
      const pong = await engine.request('GET', '/_ping', { signal: AbortSignal.timeout(ANSWER_MS) });
      pong.resume();
      return { engine };
    } catch (error) {
      silent.push(`${host} (${error.code ?? error.message})`);
    }
  }
  return { silent };
}

/** Returns the addresses of engines, in the order of the docker command and testcontainers. */
function possibleHosts() {
  if (process.env.DOCKER_HOST) return [process.env.DOCKER_HOST];
  const rootless = [
    path.join(process.env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.()}`, 'docker.sock'),
    path.join(homedir(), '.docker/run/docker.sock'),
    path.join(homedir(), '.docker/desktop/docker.sock'),
  ];
  const existing = rootless.filter((socket) => existsSync(socket)).map((socket) => `unix://${socket}`);
  return [...new Set([contextHost() ?? DEFAULT_HOST, DEFAULT_HOST, ...existing])];
}

/** Returns the address in the current context of the docker command, or undefined. */
function contextHost() {
  const folder = process.env.DOCKER_CONFIG ?? path.join(homedir(), '.docker');
  const name = process.env.DOCKER_CONTEXT ?? readJson(path.join(folder, 'config.json'))?.currentContext;
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  return readJson(path.join(folder, 'contexts/meta', id, 'meta.json'))?.Endpoints?.docker?.Host;
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
