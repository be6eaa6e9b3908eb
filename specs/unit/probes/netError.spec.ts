import { expect, test } from '@jest/globals';
import { networkFailure, networkFailureIn } from '../../../src/probes/netError';

test.each([
  [{ code: 'ECONNREFUSED' }, 'refused'],
  [{ code: 'ECONNRESET' }, 'reset'],
  [{ code: 'EHOSTUNREACH' }, 'noRoute'],
  [{ code: 'ETIMEDOUT' }, 'timedOut'],
  [{ code: 'EPROTO' }, undefined],
  [{ errors: [{ message: '', code: 'ECONNREFUSED' }] }, 'refused'],
])('networkFailure classifies %j as %s', (error, kind) => {
  expect(networkFailure({ message: '', ...error })?.kind).toBe(kind);
});

test.each([
  ['dial tcp 10.0.0.5:80: connect: connection refused', 'refused'],
  ['connect ECONNREFUSED 127.0.0.1:6379', 'refused'],
  ['curl: (28) Connection timed out', 'timedOut'],
  ['read ECONNRESET', 'reset'],
  ['no route to host', 'noRoute'],
  ['shutting down', undefined],
])('networkFailureIn classifies %s as %s', (text, kind) => {
  expect(networkFailureIn(text)).toBe(kind);
});
