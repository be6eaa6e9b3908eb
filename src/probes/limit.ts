/** Bytes of a response that the kubelet keeps. Source: probe/http/http.go, probe/exec/exec.go: 10 KiB. */
export const MAX_OUTPUT_BYTES = 10 * 1024;

/** Returns the text of the first `limitBytes` bytes, without a character that is cut in two at the end. */
export function firstBytes(from: string | Uint8Array, limitBytes: number): string {
  const bytes = typeof from === 'string' ? Buffer.from(from) : from;
  return new TextDecoder().decode(bytes.subarray(0, limitBytes), { stream: bytes.length > limitBytes });
}
