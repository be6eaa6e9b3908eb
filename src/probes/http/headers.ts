/** Header values by canonical name, in the order they were given. Source: Go net/http `Header`. */
export type Headers = Readonly<Record<string, readonly string[]>>;

/** Headers that are written in another way than as their own line. Source: Go net/http `reqWriteExcludeHeader`. */
const WRITTEN_BY_THE_CLIENT: readonly string[] = [
  'Host',
  'User-Agent',
  'Content-Length',
  'Transfer-Encoding',
  'Trailer',
];

/**
 * Returns a header name in canonical form: `HOST` → `Host`, `FOO-bAR` → `Foo-Bar`. An invalid name stays.
 * Source: Go `CanonicalMIMEHeaderKey`.
 */
export function canonicalName(name: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/**
 * Returns the headers that a handler names, with both values of a name given twice.
 *
 * Source: probe/http/request.go `v1HeaderToHTTPHeader`.
 */
export function headersOf(list: readonly { readonly name: string; readonly value: string }[]): Headers {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of list) {
    const key = canonicalName(name);
    headers[key] = [...(headers[key] ?? []), value];
  }
  return headers;
}

/**
 * Returns the headers with the kubelet's own: its user agent, and that it accepts anything. The user's headers replace
 * these, and an empty Accept removes it.
 *
 * Source: probe/http/request.go `newProbeRequest`.
 */
export function withDefaults(given: Headers, userAgent: string): Headers {
  const { Accept = ['*/*'], ...others } = given;
  return {
    'User-Agent': [userAgent],
    ...others,
    ...(Accept[0] ? { Accept } : {}),
  };
}

/**
 * Returns the header lines of a request as Go writes them, in its order.
 *
 * Source: Go net/http `Request.write`, with keep-alives disabled on the transport.
 */
export function wireHeaders(host: string, headers: Headers): [name: string, value: string][] {
  const agent = headers['User-Agent']?.[0];
  const own = Object.entries(headers)
    .filter(([name]) => !WRITTEN_BY_THE_CLIENT.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  const closes = headers.Connection?.some((value) => value.toLowerCase() === 'close');
  return [
    ['Host', host],
    ...(agent ? [['User-Agent', agent] as [string, string]] : []),
    ...own,
    ...(closes ? [] : [['Connection', 'close'] as [string, string]]),
  ];
}
