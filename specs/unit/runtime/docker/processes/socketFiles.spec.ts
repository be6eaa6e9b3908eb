import { describe, expect, test } from '@jest/globals';
import { parseListeners } from '../../../../../src/runtime/docker/processes/socketFiles';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const NONE4 = '00000000:0000';
const NONE6 = `${'0'.repeat(32)}:0000`;
const REST = '00000000:00000000 00:00000000 00000000     0        0 1439149 1 000000006f33eb55 100 0 0 10 0';
const rows = (...all: readonly (readonly [string, string, string])[]) =>
  HEAD + all.map(([local, remote, state], at) => `   ${at}: ${local} ${remote} ${state} ${REST}\n`).join('');

describe('parseListeners', () => {
  test('returns the addresses of listening sockets, by port', () => {
    const tcp = rows(['0100007F:1F90', NONE4, '0A'], ['00000000:0050', NONE4, '0A']);
    const tcp6 = rows(
      [`${'0'.repeat(32)}:0BB8`, NONE6, '0A'],
      ['00000000000000000000000001000000:0BB9', NONE6, '0A'],
      ['0000000000000000FFFF00000100007F:0BBA', NONE6, '0A'],
    );
    expect(parseListeners([tcp, tcp6])).toEqual([
      '0.0.0.0:80',
      '[::]:3000',
      '[::1]:3001',
      '127.0.0.1:3002',
      '127.0.0.1:8080',
    ]);
  });

  test('skips connections and the DNS server of Docker', () => {
    const tcp = rows(['0100007F:1F90', '0100007F:C350', '01'], ['0B00007F:9C41', NONE4, '0A']);
    expect(parseListeners([tcp, ''])).toEqual([]);
  });

  test('returns an address once if several processes share it', () => {
    const tcp = rows(['00000000:0050', NONE4, '0A']);
    expect(parseListeners([tcp, tcp])).toEqual(['0.0.0.0:80']);
  });
});
