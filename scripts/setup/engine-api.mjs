import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { json, text } from 'node:stream/consumers';
import { SetupError } from './say.mjs';

/** A container engine, spoken to at `host` (`unix://…` or `tcp://…`); starting the docker command costs 50ms a time. */
export class EngineApi {
  constructor(host, env = process.env) {
    this.host = host;
    this.transport = transportTo(host, env);
  }

  /** Sends a request, and resolves to the response with its unread body. Rejects with the error of the engine. */
  async request(method, pathAndQuery, { body, headers, signal } = {}) {
    const response = await this.#send(method, pathAndQuery, { body, headers, signal });
    if (response.statusCode < 400) return response;
    const answer = await text(response);
    throw new Error(wordsOf(answer));
  }

  async get(pathAndQuery, options) {
    return json(await this.request('GET', pathAndQuery, options));
  }

  #send(method, pathAndQuery, { body, headers, signal }) {
    const { client, ...address } = this.transport;
    return new Promise((resolve, reject) => {
      const request = client.request({ ...address, method, path: pathAndQuery, headers, signal }, resolve);
      request.on('error', reject);
      if (!body) request.end();
      else body.on('error', reject).pipe(request);
    });
  }
}

/** Reads a stream of progress, a JSON object a line, to its end; throws what it reports as an error. */
export async function assertSucceeds(response) {
  for (const line of (await text(response)).split('\n').filter(Boolean)) {
    const { error } = JSON.parse(line);
    if (error) throw new Error(error);
  }
}

function transportTo(host, env) {
  const { protocol, hostname, port, pathname } = new URL(host);
  if (protocol === 'unix:') return { client: http, host: 'localhost', socketPath: pathname };
  if (protocol !== 'tcp:' && protocol !== 'http:' && protocol !== 'https:') {
    const problem = `DOCKER_HOST must begin with unix://, tcp://, http:// or https://, received ${host}`;
    throw new SetupError(problem, 'Set DOCKER_HOST to the address of an engine', { exitCode: 3 });
  }
  if (protocol !== 'https:' && env.DOCKER_TLS_VERIFY !== '1')
    return { client: http, host: hostname, port: port || 2375 };
  return { client: https, host: hostname, port: port || 2376, ...certificates(env.DOCKER_CERT_PATH) };
}

function certificates(folder) {
  if (!folder) return {};
  const read = (name) => readFileSync(path.join(folder, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

function wordsOf(answer) {
  try {
    return JSON.parse(answer).message;
  } catch {
    return answer;
  }
}
