import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Behavior } from '../../../../src/kubelet/behavior/behavior';
import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';

const KUBELET = path.join(__dirname, '../../../../src/kubelet');

/** Only the table compares versions and reads feature gates. */
const FORK = /minorOf|parseVersion|isAtLeast|isGateOn|featureGates[.?[]|kubernetesVersion\s*(?:[<>=!]=|[<>]|\.)/;

describe('behaviorOf', () => {
  test.each<[keyof Behavior, string, string]>([
    ['backOffNamesPod', '1.25.16', '1.26.0'],
    ['terminalPhaseOnDeletion', '1.26', '1.27'],
    ['hookCountsAgainstPodGracePeriod', '1.27', '1.28'],
    ['parsesImageName', '1.27', '1.28'],
    ['invalidNameNamesRepository', '1.28', '1.29'],
    ['sidecarsStopLast', '1.28', '1.29'],
    ['trustsApiAfterRestart', '1.34', '1.35'],
    ['carriesStartedOver', '1.34', '1.35'],
    ['retriesAtExpiry', '1.34', '1.35'],
    ['deletionCancelsExecProbes', '1.34', '1.35'],
    ['deletionCancelsExecProbes', '1.36.0', '1.35.8'],
    ['deletionCancelsExecProbes', '1.36.2', '1.36.3'],
    ['deletionCancelsExecProbes', '1.37', '1.36'],
    ['publishesReadySandbox', '1.35', '1.36'],
    ['relistsAfterSync', '1.35', '1.36'],
    ['explainsMissingSandbox', '1.36', '1.37'],
    ['makesEveryMissingWorker', '1.36', '1.37'],
    ['initJudgedBySandbox', '1.36', '1.37'],
    ['restartsAllContainers', '1.35', '1.36'],
  ])('disables %s in %s and enables it in %s', (flag, before, from) => {
    expect([behaviorOf(before)[flag], behaviorOf(from)[flag]]).toEqual([false, true]);
  });

  test('uses a feature gate before its default changes', () => {
    expect(behaviorOf('1.34', { ContainerRestartRules: true }).restartRules).toBe(true);
    expect(behaviorOf('1.35', { ContainerRestartRules: false }).restartRules).toBe(false);
  });

  test('treats a version without a minor as the newest version', () => {
    expect(behaviorOf('')).toEqual(behaviorOf('1.37'));
  });
});

test('behaviorOf alone compares versions and reads feature gates in src/kubelet', () => {
  const forks = readdirSync(KUBELET, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== path.join('behavior', 'behaviorOf.ts'))
    .flatMap((name) => linesOf(name).filter((line) => FORK.test(line)));
  expect(forks).toEqual([]);
  expect(linesOf(path.join('behavior', 'behaviorOf.ts')).some((line) => FORK.test(line))).toBe(true);
});

function linesOf(name: string): readonly string[] {
  return readFileSync(path.join(KUBELET, name), 'utf8')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('import'))
    .map((line) => `${name}: ${line.trim()}`);
}
