import { describe, expect, test } from '@jest/globals';
import { CREATED, type Instant } from '../../../../src/clock/instant';
import type { Container, Pod } from '../../../../src/manifest/model';
import type { RunProbe } from '../../../../src/probes/attempt';
import { Agenda } from '../../../../src/runtime/scripted/agenda';
import { ScriptedProcess } from '../../../../src/runtime/scripted/process';
import { ScriptedCommands } from '../../../../src/runtime/scripted/scriptedCommands';

const WEB = { name: 'web', image: 'web:1' } as unknown as Container;
const PROBE = {
  kind: 'RunProbe',
  run: 1,
  id: 'web-1',
  container: WEB,
  type: 'liveness',
  podIP: '10.244.0.7',
  probe: { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, timeoutSeconds: 1 },
} as unknown as RunProbe;
const at = (ms: number) => ms as Instant;

function start() {
  const agenda = new Agenda();
  const process = new ScriptedProcess('web-1', WEB, 0, [{ at: '0s', atMs: 0, http: { 80: { '/': 200 } } }]);
  process.start(CREATED);
  const commands = new ScriptedCommands({
    pod: { name: 'shop', namespace: 'default' } as Pod['metadata'],
    kubernetesVersion: '1.34',
    execProbeTimeout: true,
    agenda,
    process: () => process,
    behaviors: (instant) => [process.behavior(instant)],
  });
  return { agenda, process, commands };
}

describe('ScriptedCommands', () => {
  test('runs a probe against the script', () => {
    const { agenda, commands } = start();
    commands.run(PROBE, at(10));
    expect(agenda.take(at(10))).toMatchObject({ kind: 'ProbeAnswered', run: 1, outcome: { result: 'Success' } });
  });

  test('lets a probe time out while the process is frozen', () => {
    const { agenda, process, commands } = start();
    process.freeze();
    commands.run(PROBE, at(10));
    expect(agenda.take(at(1_009))).toBeUndefined();
    expect(agenda.take(at(1_010))).toMatchObject({ run: 1, outcome: { result: 'Failure' } });
  });

  test('runs a probe again when the frozen process continues', () => {
    const { agenda, process, commands } = start();
    process.freeze();
    commands.run(PROBE, at(10));
    process.thaw(at(500));
    commands.rerunUnanswered(at(500));
    expect(agenda.take(at(500))).toMatchObject({ run: 1, outcome: { result: 'Success' } });
    expect(agenda.take(at(2_000))).toBeUndefined();
  });
});
