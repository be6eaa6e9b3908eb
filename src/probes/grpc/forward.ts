import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { ConnectInside, Connection } from '../ports';

const LOOPBACK = '127.0.0.1';

/** An address of this machine behind which the pod is. */
export interface Forward {
  readonly address: string;
  close(): void;
}

/**
 * Opens a port of this machine whose connections lead into the pod's network, because the gRPC client connects by
 * itself and repeatedly. Returns undefined if this machine reaches the pod.
 */
export async function forward(host: string, port: number, connectInside: ConnectInside): Promise<Forward | undefined> {
  let ready = await connectInside(host, port);
  if (!ready) return undefined;
  const open = new Set<{ destroy(): void }>([ready.socket]);

  const goOn = async (local: Socket): Promise<void> => {
    open.add(local);
    local.on('error', () => {});
    try {
      const next = ready ?? (await connectInside(host, port));
      ready = undefined;
      if (!next) throw new Error(`${host} is no longer the pod's`);
      open.add(next.socket);
      await next.connected;
      join(local, next);
    } catch {
      local.destroy();
    }
  };

  const server = createServer((local) => void goOn(local));
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    address: `${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const each of open) each.destroy();
    },
  };
}

function join(local: Socket, { socket }: Connection): void {
  const both = () => {
    local.destroy();
    socket.destroy();
  };
  pipeline(local, socket, both);
  pipeline(socket, local, both);
}
