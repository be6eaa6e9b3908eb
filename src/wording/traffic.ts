import type { EventOf } from '../timeline/event';
import { formatList } from './list';

/** Names what clients requested: `GET / on port 8080` */
export function formatTraffic(requests: readonly Pick<EventOf<'RequestFinished'>, 'path' | 'port'>[]): string {
  return formatList([...new Set(requests.map(({ path, port }) => `GET ${path} on port ${port}`))]);
}

/** Returns the reason why clients sent no requests to these ports. */
export function formatNoTraffic(ports: readonly number[]): string {
  const names = [...new Set(ports)].map(String);
  const subject = names.length === 1 ? 'port' : 'ports';
  return `${subject} ${formatList(names)} of the pod returned no HTTP response, or only errors of the server`;
}
