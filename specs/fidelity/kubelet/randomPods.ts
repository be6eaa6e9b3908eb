import fc from 'fast-check';
import type { Observation } from '../../../src/kubelet';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import type { Pod } from '../../../src/manifest/model';
import type { AppScript, ScriptEntry } from '../../../src/runtime/scripted/script';

/** An action on the pod from outside, and its time in milliseconds. */
export interface Act {
  readonly atMs: number;
  readonly act: 'delete' | 'forceDelete' | 'setImage' | 'stopSandbox' | 'restartKubelet' | 'setCondition';
}

export interface Life {
  readonly pod: Pod;
  readonly app: AppScript;
  readonly acts: readonly Act[];
}

const seconds = (max: number) => fc.integer({ min: 0, max });
const command = fc.constantFrom('check', 'other');

const probe = fc.record({
  handler: fc.oneof(
    command.map((name) => ({ exec: { command: [name] } })),
    fc.constantFrom(80, 81).map((port) => ({ httpGet: { port, path: '/' } })),
    fc.constantFrom(80, 81).map((port) => ({ tcpSocket: { port } })),
    fc.constant({ httpGet: { port: 'nowhere' } }),
  ),
  initialDelaySeconds: seconds(10),
  periodSeconds: fc.integer({ min: 1, max: 10 }),
  timeoutSeconds: fc.integer({ min: 1, max: 4 }),
  failureThreshold: fc.integer({ min: 1, max: 3 }),
});
const liveness = probe.map(({ handler, ...rest }) => ({ ...handler, ...rest }));

const hook = fc.oneof(
  command.map((name) => ({ exec: { command: [name] } })),
  seconds(12).map((value) => ({ sleep: { seconds: value } })),
  fc.constant({ httpGet: { port: 80, path: '/' } }),
  fc.constant({ tcpSocket: { port: 80 } }),
);

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const container = fc.record({
  livenessProbe: optional(liveness),
  readinessProbe: optional(liveness),
  startupProbe: optional(liveness),
  postStart: optional(hook),
  preStop: optional(hook),
});

const restartAll = { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } };

const entry = fc.record({
  at: seconds(40).map((value) => `${value}s`),
  what: fc.oneof(
    fc.constantFrom(0, 1, 42).map((exit): Partial<ScriptEntry> => ({ exit })),
    fc.constantFrom(200, 500, 302).map((status): Partial<ScriptEntry> => ({ http: { 80: { '/': status } } })),
    fc.constantFrom(0, 1).map((code): Partial<ScriptEntry> => ({ exec: { check: code } })),
    seconds(8).map((value): Partial<ScriptEntry> => ({ exec: { check: { code: 0, takes: `${value}s` } } })),
    fc.constant<Partial<ScriptEntry>>({ exec: { other: { takes: 'forever' } } }),
    fc.constant<Partial<ScriptEntry>>({ onTerm: { ignore: true } }),
    seconds(8).map((value): Partial<ScriptEntry> => ({ onTerm: { exitAfter: `${value}s`, code: 0 } })),
    fc.constant<Partial<ScriptEntry>>({ imagePull: 'fails' }),
  ),
});
const entries = fc
  .array(entry, { maxLength: 4 })
  // Time would never pass if each restart of all containers immediately exits with the code for the next one.
  .map((list) => list.map(({ at, what }) => ({ at: what.exit === 42 && at === '0s' ? '1s' : at, ...what })));

const act = fc.record({
  atMs: fc.integer({ min: 0, max: 120_000 }),
  act: fc.constantFrom<Act['act'][]>(
    'delete',
    'forceDelete',
    'setImage',
    'stopSandbox',
    'restartKubelet',
    'setCondition',
  ),
});

/** A pod with everything a manifest can ask of a kubelet, what its processes do, and what is done to it. */
export const life: fc.Arbitrary<Life> = fc
  .record({
    restartPolicy: fc.constantFrom('Always' as const, 'OnFailure' as const, 'Never' as const),
    terminationGracePeriodSeconds: fc.constantFrom(0, 1, 5, 30),
    activeDeadlineSeconds: fc.option(fc.integer({ min: 5, max: 100 }), { nil: undefined, freq: 6 }),
    init: fc.array(fc.record({ sidecar: fc.boolean(), container }), { maxLength: 2 }),
    regular: fc.array(fc.record({ restartsAll: fc.integer({ min: 0, max: 5 }), container }), {
      minLength: 1,
      maxLength: 2,
    }),
    scripts: fc.array(entries, { minLength: 4, maxLength: 4 }),
    acts: fc.array(act, { maxLength: 3 }),
  })
  .map(({ init, regular, scripts, acts, activeDeadlineSeconds, ...spec }) => {
    const initContainers = init.map(({ sidecar, container: { postStart, preStop, ...probes } }, index) => ({
      name: `init-${index}`,
      image: 'init:1',
      ...(sidecar
        ? { restartPolicy: 'Always' as const, ...given(probes), lifecycle: given({ postStart, preStop }) }
        : {}),
    }));
    const containers = regular.map(({ restartsAll, container: { postStart, preStop, ...probes } }, index) => ({
      name: `app-${index}`,
      image: 'app:1',
      ...given(probes),
      lifecycle: given({ postStart, preStop }),
      ...(restartsAll === 0 ? { restartPolicy: 'Never' as const, restartPolicyRules: [restartAll] } : {}),
    }));
    const names = [...initContainers, ...containers].map(({ name }) => name);
    const written = { ...spec, ...given({ activeDeadlineSeconds }), initContainers, containers };
    return {
      pod: applyDefaults({ metadata: { name: 'random' }, spec: written } as Parameters<typeof applyDefaults>[0]),
      app: Object.fromEntries(names.map((name, index) => [name, scripts[index] ?? []])),
      acts: [...acts].sort((a, b) => a.atMs - b.atMs),
    };
  });

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Any observation at all, about containers that may or may not exist. */
export const observation: fc.Arbitrary<Observation> = fc.oneof(
  fc.constantFrom<Observation>(
    { kind: 'Woken' },
    { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' },
    { kind: 'SandboxFailed', message: 'no' },
    { kind: 'SandboxStopped', id: 's' },
    { kind: 'KubeletRestarted', forgotten: ['init-0'] },
    { kind: 'DeleteRequested' },
    { kind: 'DeleteRequested', gracePeriodSeconds: 0 },
    { kind: 'ConditionSet', type: 'gate', status: 'True' },
  ),
  fc
    .record({ container: fc.constantFrom('init-0', 'app-0', 'stranger'), id: fc.constantFrom('a', 'b', 'c') })
    .chain(({ container: name, id }) =>
      fc.constantFrom<Observation>(
        { kind: 'ImageInspected', container: name, present: true },
        { kind: 'ImageInspected', container: name, present: false },
        { kind: 'ImagePulled', container: name, tookMs: 1, sizeBytes: 1 },
        { kind: 'ImagePullFailed', container: name, reason: 'ErrImagePull', message: 'no' },
        { kind: 'ContainerCreated', container: name, id },
        { kind: 'ContainerCreateFailed', container: name, reason: 'CreateContainerError', message: 'no' },
        { kind: 'ContainerStarted', id },
        { kind: 'ContainerStartFailed', id, message: 'no' },
        { kind: 'ContainerExited', id, exitCode: 1 },
        { kind: 'ContainerRemoved', id },
      ),
    ),
  fc
    .integer({ min: 0, max: 6 })
    .map((run): Observation => ({ kind: 'ProbeAnswered', run, outcome: { result: 'Failure', output: '' } })),
  fc
    .integer({ min: 0, max: 6 })
    .map((run): Observation => ({ kind: 'HookAnswered', run, outcome: { failed: true, message: 'no' } })),
);
