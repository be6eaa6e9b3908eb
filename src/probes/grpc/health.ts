/**
 * The two messages of the gRPC health protocol, in protobuf's wire format.
 *
 * Source: grpc/health/v1/health.proto.
 */
export const HEALTH_CHECK = '/grpc.health.v1.Health/Check';

const SERVING_STATUS = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];
/** `string service = 1`: field 1, length-delimited. */
const SERVICE_TAG = 0x0a;
/** `ServingStatus status = 1`: field 1, varint. */
const STATUS_TAG = 0x08;

export function encodeHealthCheckRequest(service: string): Buffer {
  if (service === '') return Buffer.alloc(0);
  const name = Buffer.from(service);
  return Buffer.concat([Buffer.from([SERVICE_TAG, ...varint(name.length)]), name]);
}

/** Returns the name of the status, or its number if it has no name. */
export function decodeHealthCheckResponse(message: Uint8Array): string {
  let status = 0;
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at);
    const value = readVarint(message, tag.end);
    if (tag.value === STATUS_TAG) status = value.value;
    at = endOfField(tag, value);
  }
  return SERVING_STATUS[status] ?? String(status);
}

interface Varint {
  readonly value: number;
  /** The index of the next field. */
  readonly end: number;
}

/** Fields that later versions of the protocol may add are passed over, by the wire type in the tag's last three bits. */
function endOfField(tag: Varint, value: Varint): number {
  switch (tag.value & 7) {
    case 1:
      return tag.end + 8;
    case 2:
      return value.end + value.value;
    case 5:
      return tag.end + 4;
    default:
      return value.end;
  }
}

function readVarint(message: Uint8Array, from: number): Varint {
  let value = 0;
  for (let at = from, scale = 1; ; at++, scale *= 128) {
    const byte = message[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
