/** A socket of `/proc/net/tcp` in the state LISTEN, 0A. Source: proc_pid_net(5); Linux net/tcp_states.h. */
const LISTENING = /^\s*\d+: (?<address>[0-9A-F]+):(?<port>[0-9A-F]{4}) \S+ 0A /gm;
/** Docker's name server, which listens in the network of a container. */
const NAME_SERVER = '127.0.0.11';
/** An IPv4 address within IPv6. Source: RFC 4291, 2.5.5.2. */
const MAPPED = /^0{20}F{4}/;

/**
 * Reads files such as `/proc/net/tcp` and `tcp6`, and returns the addresses at which a socket listens, by port:
 * `127.0.0.1:8080`, `0.0.0.0:80`, `[::]:80`.
 */
export function parseListeners(files: readonly string[]): readonly string[] {
  const found = files.flatMap((file) =>
    [...file.matchAll(LISTENING)].map(({ groups: { address = '', port = '' } = {} }) => ({
      host: hostOf(address),
      port: Number.parseInt(port, 16),
    })),
  );
  const own = found.filter(({ host }) => host !== NAME_SERVER).toSorted((a, b) => a.port - b.port);
  return [...new Set(own.map(({ host, port }) => `${host}:${port}`))];
}

/** Returns an address that the kernel prints as words of its machine. Those of x86 and ARM begin with the last byte. */
function hostOf(address: string): string {
  const hex = (address.match(/.{8}/g) ?? []).map(reverseBytes).join('');
  const v4 = hex.length === 8 ? hex : MAPPED.test(hex) ? hex.slice(-8) : undefined;
  if (v4) return [...Buffer.from(v4, 'hex')].join('.');
  return new URL(`http://[${hex.match(/.{4}/g)?.join(':')}]`).hostname;
}

function reverseBytes(word: string): string {
  return Buffer.from(word, 'hex').reverse().toString('hex').toUpperCase();
}
