import type { Client, ServiceError } from '@grpc/grpc-js';
import { joinHostPort } from '../address';
import type { ConnectInside } from '../ports';
import { forward } from './forward';
import { decodeHealthCheckResponse, encodeHealthCheckRequest, HEALTH_CHECK } from './health';
import type { GRPCAnswer } from './judge';
import type { GRPCTarget } from './target';

export interface GRPCDialOptions {
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** If absent, this machine reaches the pod. */
  readonly connectInside?: ConnectInside;
}

/**
 * Requests the health of a server, in plain text unless the target is for TLS, and connects again until the deadline.
 * Rejects only if there is no way into the pod's network.
 *
 * Source: probe/grpc/grpc.go `Probe`.
 */
export async function dialGRPC(
  { host, port, service, isTLS }: GRPCTarget,
  { timeoutMs, userAgent, connectInside }: GRPCDialOptions,
): Promise<GRPCAnswer> {
  // Loaded when the first grpc probe runs: few pods have one.
  const { Client, credentials } = await import('@grpc/grpc-js');
  const address = joinHostPort(host || 'localhost', port);
  const forwarded = connectInside && (await forward(host, port, connectInside));
  const deadline = Date.now() + timeoutMs;
  const options = { rejectUnauthorized: false, checkServerIdentity: () => undefined };
  const how = isTLS ? credentials.createSsl(null, null, null, options) : credentials.createInsecure();
  const client = new Client(forwarded?.address ?? address, how, {
    'grpc.default_authority': address,
    'grpc.primary_user_agent': userAgent,
    // An address is no server name, and nothing is verified by it.
    ...(isTLS && { 'grpc.ssl_target_name_override': 'localhost' }),
    'grpc.enable_http_proxy': 0,
    'grpc.service_config_disable_resolution': 1,
    // Each probe has a connection, and a back-off, of its own.
    'grpc.use_local_subchannel_pool': 1,
  });
  try {
    return (await isConnected(client, deadline)) ? await check(client, service, deadline) : { kind: 'NotConnected' };
  } finally {
    client.close();
    forwarded?.close();
  }
}

function isConnected(client: Client, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    client.waitForReady(deadline, (error) => resolve(error === undefined));
  });
}

function check(client: Client, service: string, deadline: number): Promise<GRPCAnswer> {
  return new Promise((resolve) => {
    const onAnswer = (error: ServiceError | null, status = 'UNKNOWN') =>
      resolve(error ? { kind: 'CallFailed', code: error.code, message: error.details } : { kind: 'Checked', status });
    client.makeUnaryRequest(
      HEALTH_CHECK,
      encodeHealthCheckRequest,
      decodeHealthCheckResponse,
      service,
      { deadline },
      onAnswer,
    );
  });
}
