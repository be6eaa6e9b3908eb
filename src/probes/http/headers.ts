/** Header values by canonical name, in the order they were given. Source: Go net/http `Header`. */
export type Headers = Readonly<Record<string, readonly string[]>>;

/** What goes on the wire by other means than its own header line. Source: Go net/http `reqWriteExcludeHeader`. */
const WRITTEN_BY_THE_CLIENT: readonly string[] = [
  'Host',
  'User-Agent',
  'Content-Length',
  'Transfer-Encoding',
  'Trailer',
];

/** `HOST` → `Host`, `FOO-bAR` → `Foo-Bar`; what is no header name stays. Source: Go `CanonicalMIMEHeaderKey`. */
export function canonicalName(name: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/**
 * The headers a handler names; of a name given twice, both values are kept.
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
 * What the kubelet adds of its own: who it is, and that it takes anything. What the user gives replaces that, and an
 * empty Accept removes it.
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
 * The header lines of a request as Go writes them, in its order.
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
