import type { Container } from '../../manifest/model';

const NAME = String.raw`(?<name>[a-z0-9](?:[\w.-]*[\w])?)`;

/** How resolvers, runtimes and clients write that a name does not resolve, with the name. */
const WITH_NAME: readonly RegExp[] = [
  // Node.js, libuv
  `getaddrinfo E(?:NOTFOUND|AI_AGAIN) ${NAME}`,
  `query\\w+ E(?:NOTFOUND|SERVFAIL|REFUSED) ${NAME}`,
  // Go net
  `lookup ${NAME}(?: on \\S+)?: (?:no such host|server misbehaving|Temporary failure|i/o timeout)`,
  // Java
  `UnknownHostException: ${NAME}`,
  // libpq, MySQL, curl, wget, PHP, BusyBox, OpenSSH
  `could not translate host name "${NAME}"`,
  `Unknown (?:MySQL server )?host '${NAME}'`,
  // voice-ignore: message-tone (text of the programs)
  `(?:could not|couldn't|unable to) resolve (?:host(?: ?name)?(?: address)?:? )?['"‘]?${NAME}`,
  `getaddrinfo for ${NAME} failed`,
  `bad address '${NAME}'`,
  // nginx
  `host not found in upstream "${NAME}`,
  // Ruby, Python clients, .NET
  `connection to ${NAME}:\\d+ \\(getaddrinfo`,
  `connecting to ${NAME}:\\d+\\. (?:Name|Temporary|nodename)`,
  `(?:service not known|name resolution|not known) \\(${NAME}:\\d+\\)`,
].map((pattern) => new RegExp(pattern, 'i'));

/** The same without the name. Source: gai_strerror(3) of glibc, musl and macOS; Go net `errNoSuchHost`. */
const WITHOUT_NAME =
  /Name or service not known|Temporary failure in name resolution|Name does not resolve|nodename nor servname|Try again \(EAI|no such host|ENOTFOUND|EAI_AGAIN|gaierror|UnknownHost/i;

/** A name of several labels in a line that has the error. */
const DOTTED = /(?<![\w/.-])[a-z][\w-]*(?:\.[a-z][\w-]*)+(?![\w/-])/gi;
/** The class of an error, or a file. */
const NO_HOST = /(?:error|exception|failure)$|\.(?:[cm]?[jt]s|py|rb|go|java|php|pl|rs|c)$/i;

/** A host in a URL, or in front of a port. */
const HOST = /(?:[a-z][\w+.-]*:\/\/(?:[^@/\s]*@)?|^|[\s=,])(?<host>[a-z](?:[\w.-]*\w)?)(?=:\d|\/|$)/gi;
/** A plain word is a host only if it stands alone in a variable that names one. */
const HOST_VARIABLE = /(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|URL|URI)$/i;

/**
 * Returns a name that does not resolve, by what a container wrote or responded. If no line has the name, it is the only
 * host in the container's variables, if there is only one.
 */
export function unresolvedNameIn(lines: readonly string[], { env = [] }: Container): string | undefined {
  const named = lines
    .toReversed()
    .flatMap((line) => WITH_NAME.flatMap((pattern) => pattern.exec(line)?.groups?.name ?? []));
  if (named[0] !== undefined) return named[0];
  const unnamed = lines.filter((line) => WITHOUT_NAME.test(line));
  if (unnamed.length === 0) return undefined;
  const dotted = unnamed.toReversed().flatMap((line) => line.match(DOTTED) ?? []);
  const written = dotted.find((word) => !NO_HOST.test(word));
  if (written !== undefined) return written;
  const hosts = new Set(env.flatMap(({ name, value = '' }) => (HOST_VARIABLE.test(name) ? hostsIn(value) : [])));
  return hosts.size === 1 ? [...hosts][0] : undefined;
}

function hostsIn(value: string): readonly string[] {
  return [...value.matchAll(HOST)].flatMap(({ groups }) =>
    groups?.host && groups.host !== 'localhost' ? groups.host : [],
  );
}
