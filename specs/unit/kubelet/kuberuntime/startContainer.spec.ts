import { describe, expect, test } from '@jest/globals';
import { createPod } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import {
  advanceStart,
  beginStart,
  onStartNews,
  type StartView,
} from '../../../../src/kubelet/kuberuntime/startContainer';
import type { Starting } from '../../../../src/kubelet/state/pass';
import type { FailedStart, News } from '../../../../src/kubelet/state/protocol';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, Lifecycle } from '../../../../src/manifest/model';
import { s } from '../../../fidelity/kubelet/scenarios';

const { state } = createPod(
  applyDefaults({
    metadata: { name: 'web', namespace: 'shop', uid: '7' },
    spec: { containers: [{ name: 'app', image: 'web:1' }] },
  }),
  { kubernetesVersion: '1.34' },
);
const app = state.pod.spec.containers[0] as Container;
const running: Instance = { id: 'c', name: 'app', image: 'web:1', restartCount: 2, sandboxId: 's', state: 'running' };
const { backOff } = state;

function viewOf(...instances: readonly Instance[]): StartView {
  const runtime = { ...state.runtime, instances, created: { app: 3 } };
  return { ...state, runtime, snapshot: runtime };
}

function begin(view: StartView, restarts = backOff.restarts, at = 10) {
  const out = newEffects(state, s(at));
  return { step: beginStart({ ...backOff, restarts }, app, false, view, out), out };
}

function news(doing: Partial<Starting>, seen: News, view = viewOf(running)) {
  const out = newEffects(state, s(10));
  const starting: Starting = { kind: 'StartContainer', container: app, init: false, stage: 'inspect', ...doing };
  return { step: onStartNews(backOff, starting, seen, view, out), out };
}

describe('beginStart', () => {
  test('inspects the image of a container that has never run', () => {
    const { step, out } = begin(viewOf());
    expect(step).toMatchObject({ kind: 'Doing', backOff, doing: { stage: 'inspect' } });
    expect(out.commands).toEqual([{ kind: 'InspectImage', container: 'app', image: 'web:1' }]);
  });

  test('starts the back-off with the first restart, which does not wait', () => {
    const { step } = begin(viewOf({ ...running, state: 'exited', finishedAt: s(9) }));
    expect(step).toMatchObject({ kind: 'Doing', backOff: { restarts: { 'app:web:1': { updatedAt: s(10) } } } });
    expect(backOff.restarts).toEqual({});
  });

  test('waits for the rest of the back-off, measured from the exit', () => {
    const entry = { delayMs: 20_000, updatedAt: s(4) };
    const { step, out } = begin(viewOf({ ...running, state: 'exited', finishedAt: s(6) }), { 'app:web:1': entry });
    const message = 'back-off 20s restarting failed container=app pod=web_shop(7)';
    expect(step).toMatchObject({
      kind: 'Failed',
      retryAt: s(26),
      pullFailed: false,
      backOff: { restarts: { 'app:web:1': entry }, startErrors: { app: { reason: 'CrashLoopBackOff', message } } },
    });
    expect(out.commands).toEqual([]);
    expect(out.events).toMatchObject([{ kind: 'BackOff', type: 'Warning', delayed: 'start', delayMs: 20_000 }]);
  });
});

describe('onStartNews', () => {
  test('creates the next attempt of a container whose image is present', () => {
    const { step, out } = news({}, { kind: 'ImageInspected', container: 'app', present: true });
    expect(step).toMatchObject({ kind: 'Doing', doing: { stage: 'create' } });
    expect(out.commands).toMatchObject([{ kind: 'CreateContainer', attempt: 3 }]);
  });

  test('pulls an image that is missing', () => {
    const { step, out } = news({}, { kind: 'ImageInspected', container: 'app', present: false });
    expect(step).toMatchObject({ kind: 'Doing', doing: { stage: 'pull' } });
    expect(out.commands).toEqual([{ kind: 'PullImage', container: 'app', image: 'web:1' }]);
  });

  test('finishes the start of a container without a hook, and forgets its start failure', () => {
    const { step, out } = news({ stage: 'start', id: 'c' }, { kind: 'ContainerStarted', id: 'c' });
    expect(step).toEqual({ kind: 'Started', backOff });
    expect(out.events).toMatchObject([{ kind: 'Started', attempt: 2 }]);
  });

  test.each<[Starting['stage'], News, string]>([
    [
      'create',
      {
        kind: 'ContainerCreateFailed',
        container: 'app',
        reason: 'CreateContainerConfigError',
        message: 'no secret',
        failure: { kind: 'configMissing', object: 'Secret' },
      },
      'CreateContainerConfigError',
    ],
    [
      'start',
      { kind: 'ContainerStartFailed', id: 'c', message: 'no program', failure: { kind: 'programMissing' } },
      'RunContainerError',
    ],
  ])('contains the reason of a failed %s only in its event', (stage, seen, reason) => {
    const { message, failure } = seen as FailedStart;
    const { step, out } = news({ stage, id: 'c' }, seen);
    expect(out.events).toMatchObject([{ kind: 'Failed', message: `Error: ${message}`, failure }]);
    expect(step.backOff.startErrors).toEqual({ app: { reason, message } });
  });

  test('ignores observations of another container or stage', () => {
    const { step, out } = news({ stage: 'create' }, { kind: 'ImageInspected', container: 'app', present: true });
    expect(step).toMatchObject({ kind: 'Doing', doing: { stage: 'create' } });
    expect(news({}, { kind: 'ImageInspected', container: 'other', present: true }).out.commands).toEqual([]);
    expect(out.commands).toEqual([]);
  });

  test('kills a container whose postStart hook failed, and restarts it after 10s', () => {
    const hooked = { ...app, lifecycle: { postStart: { exec: { command: ['warm'] } } } as Lifecycle };
    const hook = { run: 4, startedAt: s(9) };
    const doing = { container: hooked, stage: 'postStart', id: 'c', hook } as const;
    const outcome = { failed: true, message: 'exit 1' } as const;
    const { step, out } = news(doing, { kind: 'HookAnswered', run: 4, outcome });
    expect(step).toMatchObject({
      kind: 'Doing',
      backOff: { startErrors: { app: { reason: 'PostStartHookError' } } },
      doing: { stage: 'killing', kill: { stage: 'stopping' } },
    });
    expect(out.commands).toEqual([{ kind: 'SignalContainer', id: 'c', signal: 'stop' }]);
    if (step.kind !== 'Doing') throw new Error('the kill is over');
    const later = newEffects(state, s(12));
    const over = advanceStart(step.backOff, step.doing, viewOf({ ...running, state: 'exited' }), later);
    expect(over).toMatchObject({ kind: 'Failed', retryAt: s(22) });
  });
});
