import { dialHTTP } from '../../../../src/probes/http/dial';
import { type Headers, headersOf } from '../../../../src/probes/http/headers';
import { judgeHTTP } from '../../../../src/probes/http/judge';
import { httpTarget, newRequest } from '../../../../src/probes/http/request';
import { formatURL } from '../../../../src/probes/http/url';
import { userAgent } from '../../../../src/probes/version';
import { realLimit } from '../../../pace';
import { httpGetOf, portsOf } from './handlers';
import { answering } from './httpServer';
import { resultOf } from './outcome';
import { listen, plainHTTP } from './servers';
import { attempt, durationMs, listOf, SOURCE_BEHAVIOR, type Subject, type Words, wordsOf } from './words';

/** Source: apimachinery wait `ForeverTestTimeout`. */
const FOREVER_MS = 30_000;

export const probeHTTP: Readonly<Record<string, Subject>> = {
  'probe.http.formatURL': async (given) => {
    const { host, path, port, scheme } = wordsOf('given', given, ['host', 'path', 'port', 'scheme']);
    return { url: formatURL(String(scheme), String(host), Number(port), String(path ?? '')) };
  },

  'probe.http.headers': async (given) => {
    const { httpHeaders } = wordsOf('given', given, ['httpHeaders']);
    return { headers: headersOf(nameValues(httpHeaders)) };
  },

  'probe.http.target': async (given) => {
    const { httpGet, podIP, ports } = wordsOf('given', given, ['httpGet', 'podIP', 'ports']);
    return attempt(() => ({ ...httpTarget(httpGetOf(httpGet), portsOf(ports), String(podIP ?? ''), SOURCE_BEHAVIOR) }));
  },

  'probe.http.run': async (given) => {
    const known = ['env', 'followNonLocalRedirects', 'headers', 'path', 'paths', 'respond', 'timeout', 'url'];
    const { env, followNonLocalRedirects, headers, path, timeout, url } = wordsOf('given', given, known);
    await using server = await answering(given);
    await using proxy = await proxyInEnvironment((env ?? {}) as Words);
    const target = url === undefined ? `http://127.0.0.1:${server.port}${path ?? '/'}` : String(url);
    const answer = await dialHTTP(newRequest(target, headersGiven(headers), userAgent('probe', '1.36')), {
      timeoutMs: timeout === undefined ? FOREVER_MS : realLimit(durationMs('timeout', timeout)),
      ...(followNonLocalRedirects === undefined ? {} : { followNonLocalRedirects: Boolean(followNonLocalRedirects) }),
    });
    const seen = server.received.at(-1);
    return {
      ...resultOf(judgeHTTP(answer)),
      proxyUsed: proxy.used(),
      sentHeadersContain: seen?.headers,
      sentHeadersLack: seen?.headers,
      sentHost: seen?.host,
    };
  },
};

function nameValues(value: unknown): { name: string; value: string }[] {
  return listOf('httpHeaders', value ?? []).map(
    (header) => wordsOf('httpHeaders[]', header, ['name', 'value']) as unknown as { name: string; value: string },
  );
}

/** Reads headers of the form `{Name: [value, …]}`, as in the tests of Go. */
function headersGiven(value: unknown): Headers {
  const entries = Object.entries((value ?? {}) as Words);
  return headersOf(
    entries.flatMap(([name, values]) => listOf(name, values).map((each) => ({ name, value: String(each) }))),
  );
}

/** Stands in for the proxy that the variables name, wherever they say it is, and puts them into the environment. */
async function proxyInEnvironment(env: Words): Promise<AsyncDisposable & { used(): boolean }> {
  const names = Object.keys(env);
  let used = false;
  const proxy = await listen(
    plainHTTP(() => {
      used = true;
    }),
  );
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) process.env[name] = `http://127.0.0.1:${proxy.port}/`;
  return {
    used: () => used,
    async [Symbol.asyncDispose]() {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await proxy[Symbol.asyncDispose]();
    },
  };
}
