import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import Dockerode from 'dockerode';
import { RuntimeError } from '../../runtimeError';
import { ANSWER_MAX_MS } from './checkEngine';
import type { Docker } from './docker';

const FILE = '.testcontainers.properties';

/** A container engine that the user names. No other engine may be used instead. */
export interface NamedEngine {
  readonly address: string;
  /** The variable or the property that names it: `DOCKER_HOST`. */
  readonly namedBy: string;
  /** The folder of the certificates, if it needs some. */
  readonly certificates?: string;
}

/**
 * Returns the engine that the user names, by the first variable or file that testcontainers would use, or undefined if
 * there is none.
 *
 * Source: testcontainers container-runtime/clients/client.ts `getContainerRuntimeClient`, strategies/utils/config.ts.
 */
export function namedEngine(env: NodeJS.ProcessEnv = process.env, home = homedir()): NamedEngine | undefined {
  const file = path.join(home, FILE);
  const properties = existsSync(file) ? parseProperties(readFileSync(file, 'utf8')) : new Map<string, string>();
  const inFile = (key: string) => `${key} in ~/${FILE}`;
  const tcHost = properties.get('tc.host');
  if (tcHost) return { address: tcHost, namedBy: inFile('tc.host') };
  const address = env.DOCKER_HOST ?? properties.get('docker.host');
  if (!address) return undefined;
  const isVerified = (env.DOCKER_TLS_VERIFY ?? properties.get('docker.tls.verify')) === '1';
  const certificates = env.DOCKER_CERT_PATH ?? properties.get('docker.cert.path');
  return {
    address,
    namedBy: env.DOCKER_HOST === undefined ? inFile('docker.host') : 'DOCKER_HOST',
    ...(isVerified && certificates !== undefined && { certificates }),
  };
}

function parseProperties(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*[#;!]/.test(line) && line.includes('='));
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

/**
 * Sends the request by which testcontainers finds out whether the engine responds. testcontainers tries other engines
 * if it does not, so this must be called before testcontainers.
 *
 * @throws RuntimeError if the engine does not respond.
 */
export async function reachNamed(named: NamedEngine, answerMaxMs = ANSWER_MAX_MS): Promise<Docker> {
  const silence = new AbortController();
  const limit = setTimeout(() => silence.abort(), answerMaxMs);
  try {
    const docker: Docker = new Dockerode(clientOptions(named));
    await requestInfo(docker, silence.signal);
    return docker;
  } catch (cause) {
    const why = silence.signal.aborted ? `no response within ${answerMaxMs / 1000}s` : (cause as Error).message;
    throw noneAnswersAt(named, why, cause);
  } finally {
    clearTimeout(limit);
  }
}

/** Requests information on the engine. The types of the client lack the signal. */
function requestInfo(docker: Docker, abortSignal: AbortSignal): Promise<unknown> {
  const info: (options: object) => Promise<unknown> = docker.info.bind(docker);
  return info({ abortSignal });
}

export function noneAnswersAt({ address, namedBy }: NamedEngine, why: string, cause?: unknown): RuntimeError {
  const wrong = `none answers at ${address}, which ${namedBy} names (${why}), and no other is used in its place`;
  return new RuntimeError('container engine', `${wrong}. Start it, or change ${namedBy}`, { cause });
}

/** Returns true if both clients have the same address. */
export function isSameEngine(one: Docker, other: Docker): boolean {
  const [a, b] = [one, other].map(({ modem }) => modem as unknown as Record<string, unknown>);
  return ['protocol', 'host', 'port', 'socketPath'].every((key) => a?.[key] === b?.[key]);
}

/** Source: testcontainers strategies/configuration-strategy.ts `getResult`. */
function clientOptions({ address, certificates }: NamedEngine): Dockerode.DockerOptions {
  const { hostname, port, pathname } = new URL(address);
  if (hostname === '') return { socketPath: pathname };
  if (certificates === undefined) return { host: hostname, port };
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => readFileSync(path.resolve(certificates, `${name}.pem`)));
  return { host: hostname, port, ca, cert, key };
}
