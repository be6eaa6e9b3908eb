import { describe, expect, test } from '@jest/globals';
import { type AppScript, simulatePod } from 'jest-kubelet';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { containers: [{ name: 'web', image: 'a:1' }] },
};
const played = (script: unknown) => () => simulatePod(POD, script as AppScript);
const ofWeb = (entry: object) => played({ web: [entry] });

describe('checkScript of an invalid script', () => {
  test.each([
    [played([]), 'script must be an object, received []'],
    [played({ wbe: [] }), 'script.wbe: pod shop has no container "wbe". Its containers: web'],
    [
      played({ web: { at: '1s' } }),
      "script.web must be a list of entries such as [{ at: '0s' }], received { at: '1s' }",
    ],
    [played({ web: ['1s'] }), "script.web[0] must be an object, received '1s'"],
    [ofWeb({ exit: 1 }), "script.web[0].at must be a duration such as '10s', received undefined"],
    [ofWeb({ at: 5, exit: 1 }), "script.web[0].at must be a duration such as '10s', received 5"],
    [ofWeb({ at: 'soon' }), "script.web[0].at must be a duration such as '10s', received 'soon'"],
    [ofWeb({ at: '0s', htpp: {} }), 'script.web[0]: unknown key "htpp". Did you mean "http"?'],
    [
      ofWeb({ at: '0s', onTerm: { exitIn: '1s' } }),
      'script.web[0].onTerm: unknown key "exitIn". Valid keys: exitAfter, code, ignore, exec, http',
    ],
    [
      ofWeb({ at: '0s', onTerm: { exitAfter: '1 s' } }),
      "script.web[0].onTerm.exitAfter must be a duration such as '10s', received '1 s'",
    ],
    [ofWeb({ at: '0s', exit: 300 }), 'script.web[0].exit must be an exit code from 0 to 255, received 300'],
    [
      ofWeb({ at: '0s', http: { 80: { '/': { satus: 200 } } } }),
      `script.web[0].http['80']['/']: unknown key "satus". Did you mean "status"?`,
    ],
    [
      ofWeb({ at: '0s', http: { 80: { '/': 'ok' } } }),
      "script.web[0].http['80']['/'] must be an object, received 'ok'",
    ],
    [
      ofWeb({ at: '0s', exec: { drain: { takes: 'long' } } }),
      "script.web[0].exec['drain'].takes must be a duration such as '10s', received 'long'",
    ],
  ])('names the position of the mistake: %#', (play, message) => {
    expect(play).toThrow(message);
  });
});

test('accepts an undefined key and a response that never comes', () => {
  expect(ofWeb({ at: '0s', exit: undefined, http: { 80: { '/': { status: 200, takes: 'forever' } } } })).not.toThrow();
});
