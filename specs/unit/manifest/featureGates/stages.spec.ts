import { describe, expect, test } from '@jest/globals';
import { isGateOn, STAGES, stageIn } from '../../../../src/manifest/featureGates/featureGates';
import { PUBLISHED } from '../../../../src/manifest/featureGates/stages';

const gates = Object.keys(PUBLISHED);

/** Returns the gates that break a rule, so that a failure names them. */
const gatesWhere = (isBroken: (stages: NonNullable<ReturnType<typeof STAGES.get>>) => boolean) =>
  gates.filter((gate) => isBroken(STAGES.get(gate) ?? []));

describe('published stages of feature gates', () => {
  test('sort the gates by name', () => {
    expect(gates).toEqual(gates.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('match the format of the parser', () => {
    const form = /^\d\d(\.\d+)?([aAbBdDG]!?|x)$/;
    expect(
      gates.filter(
        (gate) =>
          !String(PUBLISHED[gate as keyof typeof PUBLISHED])
            .split(' ')
            .every((one) => form.test(one)),
      ),
    ).toEqual([]);
  });

  test('start in 1.25 or later, and end in 1.37', () => {
    expect(gatesWhere((stages) => stages.some(({ since: { minor } }) => minor < 25 || minor > 37))).toEqual([]);
  });

  test('ascend in time', () => {
    const isLate = (stages: NonNullable<ReturnType<typeof STAGES.get>>) =>
      stages.some(({ since }, index) => {
        const before = stages[index - 1]?.since;
        return before && before.minor * 100 + before.patch >= since.minor * 100 + since.patch;
      });
    expect(gatesWhere(isLate)).toEqual([]);
  });

  test('end when the gate is removed', () => {
    expect(gatesWhere((stages) => stages.slice(0, -1).some(({ kind }) => kind === 'removed'))).toEqual([]);
    expect(gatesWhere(([first]) => first?.kind === 'removed')).toEqual([]);
  });

  test('keep a locked gate until it is removed', () => {
    const isUnlocked = (stages: NonNullable<ReturnType<typeof STAGES.get>>) =>
      stages.some(({ isLocked, isOn }, index) => {
        const next = stages[index + 1];
        return isLocked && next && next.isOn !== isOn;
      });
    expect(gatesWhere(isUnlocked)).toEqual([]);
  });

  test.each([
    ['SidecarContainers', '1.27', undefined, false],
    ['SidecarContainers', '1.28', 'alpha', false],
    ['SidecarContainers', '1.29', 'beta', true],
    ['SidecarContainers', '1.33', 'GA', true],
    ['PodLifecycleSleepAction', '1.29', 'alpha', false],
    ['PodLifecycleSleepAction', '1.30', 'beta', true],
    ['ContainerRestartRules', '1.34', 'alpha', false],
    ['ContainerRestartRules', '1.35', 'beta', true],
    ['ContainerStopSignals', '1.33', 'alpha', false],
    ['ProbeTerminationGracePeriod', '1.25', 'beta', true],
    ['ProbeTerminationGracePeriod', '1.28', 'GA', true],
    ['InPlacePodVerticalScaling', '1.27', 'alpha', false],
    ['InPlacePodVerticalScaling', '1.33', 'beta', true],
  ] as const)('contain %s in %s as %s', (gate, version, kind, isOn) => {
    expect(stageIn(version, gate)?.kind).toBe(kind);
    expect(isGateOn(version, {}, gate)).toBe(isOn);
  });
});
