import { describe, expect, test } from '@jest/globals';
import { POD_CHECKS } from '../../../src/gate/experiments/catalog';
import type { Subject } from '../../../src/gate/model/subject';
import { notCheckedIn } from '../../../src/gate/notChecked';
import { simulatePod } from '../../../src/pod/simulated/simulatePod';
import { pod } from './gateOf';

const LIMITED = pod({ resources: { limits: { memory: '64Mi' } } });
const subject = (more: Partial<Subject> = {}, spec: object = LIMITED): Subject => ({
  pod: simulatePod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec }).pod,
  backend: { publishNotReadyAddresses: false, isAssumed: true },
  services: [],
  endpointRemovalDelay: '1s',
  kubernetesVersion: '1.37',
  ...more,
});

describe('notCheckedIn', () => {
  test('returns the assumptions if the user and the manifest set nothing', () => {
    expect(notCheckedIn(subject(), POD_CHECKS, [])).toEqual([
      { kind: 'assumedService' },
      { kind: 'unnamedPaths' },
      { kind: 'unnamedServices' },
    ]);
  });

  test('returns containers without a memory limit', () => {
    expect(notCheckedIn(subject({}, pod()), ['memory'], [])).toContainEqual({
      kind: 'unlimitedMemory',
      container: 'web',
    });
  });

  test('returns nothing if the user and the manifest set everything', () => {
    const backend = { publishNotReadyAddresses: false, targetPort: 8080, ports: [{ targetPort: 8080 }] };
    expect(notCheckedIn(subject({ backend, paths: ['/'], services: ['db'] }), POD_CHECKS, [])).toEqual([]);
  });

  test('returns why no Service sends requests to the pod', () => {
    const obstacle = { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } as const;
    const backend = { publishNotReadyAddresses: false, obstacle };
    expect(notCheckedIn(subject({ backend }), ['drains'], [])).toContainEqual({
      kind: 'obstructedService',
      obstacle,
    });
  });

  test('counts the omitted checks, and returns none of their gaps', () => {
    expect(notCheckedIn(subject(), ['ready-in-budget'], [])).toEqual([
      { kind: 'excludedChecks', checks: POD_CHECKS.length - 1 },
    ]);
  });

  test('returns the gaps of observations', () => {
    const gap = { kind: 'shortMemory', neededMs: 60_000 } as const;
    const message = { kind: 'notObserved', gap } as const;
    const answer = { check: 'drains', outcome: 'notApplicable', message } as const;
    const results = [{ check: 'drains', outcome: 'notApplicable', answers: [answer] }] as const;
    expect(notCheckedIn(subject({}, { ...pod(), restartPolicy: 'Never' }), POD_CHECKS, results)).toEqual([gap]);
  });
});
