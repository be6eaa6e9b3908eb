import { holds, type Judgement, undecided } from '../../judgements/judgement';
import { recovered } from '../../judgements/recovered';
import { containersOf } from '../../manifest/model';
import { RuntimeError } from '../../runtime/runtimeError';
import { endpointChangesOf } from '../../timeline/endpoint';
import { isA } from '../../timeline/event';
import { type Restart, restartsOf } from '../../timeline/restart';
import type { Timeline } from '../../timeline/timeline';
import { faultWatchMs } from '../../timing/watches';
import { faultsOf } from '../experiments/faults';
import type { Actor } from '../model/actor';
import type { Cell, Fault, Matrix, Noticer } from '../model/matrix';
import { roughly } from '../model/roughly';
import type { Subject } from '../model/subject';
import type { GateOptions } from './runExperiments';
import { BrokenRun, CutShort, Stage } from './session';

export { matrixTable } from '../formats/table';
export type { Matrix } from '../model/matrix';

export type MatrixOptions = Pick<GateOptions, 'start' | 'parallel' | 'deadline' | 'progress'>;

const OUT_OF_TIME = 'there was no time left; give it more with --within';

/** Does each fault to a pod of its own, and looks who notices, and whether what comes of it is right. */
export async function runMatrix(subject: Subject, options: MatrixOptions): Promise<Matrix> {
  const faults = faultsOf(subject);
  const cells = new Map<Fault, Cell>();
  const waiting = [...faults];
  const worker = async (): Promise<void> => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift())
      cells.set(fault, await play(subject, fault, options));
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
  const inOrder = faults.flatMap((fault) => cells.get(fault) ?? []);
  const asked = inOrder.filter(({ outcome }) => outcome === 'right' || outcome === 'wrong');
  return {
    cells: inOrder,
    score: { right: asked.filter(({ outcome }) => outcome === 'right').length, of: asked.length },
  };
}

async function play(subject: Subject, fault: Fault, { start, deadline, progress }: MatrixOptions): Promise<Cell> {
  const none = (outcome: 'notApplicable' | 'notRun', sentence: string): Cell => {
    return { fault: fault.name, target: fault.target, outcome, sentence };
  };
  if (fault.whyNot !== undefined) return none('notApplicable', fault.whyNot);
  if (deadline?.aborted) return none('notRun', OUT_OF_TIME);
  const name = `${fault.name}${fault.target ? `, ${fault.target}` : ''}`;
  const stage = new Stage({ subject, start, tell: (what) => progress?.onWaiting(name, what), onBaseless() {} });
  progress?.onStarted(name);
  const over = new Promise<Cell>((resolve) => {
    deadline?.addEventListener('abort', () => resolve(none('notRun', OUT_OF_TIME)), { once: true });
  });
  const played = afflict(stage, fault).catch((error: unknown): Cell => {
    if (error instanceof RuntimeError) return none('notApplicable', error.message);
    if (error instanceof BrokenRun || error instanceof CutShort) return none('notRun', error.message);
    throw error;
  });
  try {
    return await Promise.race([played, over]);
  } finally {
    progress?.onPlayed(name);
    await stage.clear();
    progress?.onFinished(name, []);
  }
}

async function afflict(stage: Stage, fault: Fault): Promise<Cell> {
  const { name, target, container } = fault;
  const actor = await stage.opened();
  const since = actor.timeline.events.length;
  const from = actor.timeline.now;
  const whyNot = await fault.inject(actor, stage);
  if (whyNot !== undefined) return { fault: name, target, outcome: 'notApplicable', sentence: whyNot };
  try {
    await stage.wait(actor, {
      for: `somebody to notice: ${name}`,
      limit: watchMs(actor, container),
      judge: (timeline) => settledBy(timeline, since, fault),
    });
  } finally {
    await fault.end?.(actor);
  }
  const restart = restartIn(actor.timeline, since, container);
  if (restart && fault.right !== 'left running') {
    await stage.wait(actor, {
      for: 'the pod to be Ready again',
      limit: stage.readyLimit(actor),
      judge: (timeline) => recovered(timeline, restart.container, restart.attempt),
    });
  }
  return { fault: name, target, ...noticed(actor.timeline, since, from), ...verdict(actor, since, fault, restart) };
}

/** As long as any of its probes may take to notice, and what it takes to be restarted. */
function watchMs({ pod }: Actor, name: string | undefined): number {
  const containers = containersOf(pod.spec).filter((each) => name === undefined || each.name === name);
  return faultWatchMs(pod.spec, containers);
}

/** What is to be left running is watched to the end, unless it is not. */
function settledBy(timeline: Timeline, since: number, { container }: Fault): Judgement {
  const restart = restartIn(timeline, since, container);
  return restart ? holds(restart.started, 'restarted') : undecided('not restarted');
}

function restartIn(timeline: Timeline, since: number, name: string | undefined): Restart | undefined {
  return restartsOf(timeline).find(({ started, container }) => {
    return timeline.events.indexOf(started) >= since && (name === undefined || container === name);
  });
}

/** Who noticed first: the probe that had a container killed, the one that took the pod out of the endpoints, or its exit. */
function noticed(timeline: Timeline, since: number, from: number): Pick<Cell, 'noticedBy' | 'noticedAfterMs'> {
  const left = endpointChangesOf(timeline).find(({ event, before, endpoint }) => {
    return timeline.events.indexOf(event) >= since && before?.ready === true && !endpoint?.ready;
  });
  const firsts: { readonly by: Noticer; readonly at: number }[] = [];
  for (const event of timeline.events.slice(since)) {
    if (isA('Killing', event) && event.probe && event.probe !== 'readiness')
      firsts.push({ by: event.probe, at: event.at });
    if (isA('ContainerExited', event) && event.afterSignalMs === undefined) firsts.push({ by: 'exit', at: event.at });
  }
  if (left) firsts.push({ by: 'readiness', at: left.event.at });
  const [first] = firsts.toSorted((one, other) => one.at - other.at || order(one.by) - order(other.by));
  return first ? { noticedBy: first.by, noticedAfterMs: Math.max(0, first.at - from) } : {};
}

/** What comes at the same time as an end comes of it. */
function order(by: Noticer): number {
  return by === 'readiness' ? 1 : 0;
}

type Reaction = Pick<Cell, 'outcome' | 'restartedBy' | 'sentence'>;

function verdict({ timeline, pod }: Actor, since: number, fault: Fault, restart: Restart | undefined): Reaction {
  const { right, target, container } = fault;
  const outOfEndpoints = endpointChangesOf(timeline).some(({ event, before, endpoint }) => {
    return timeline.events.indexOf(event) >= since && before?.ready === true && !endpoint?.ready;
  });
  if (right === 'left running') {
    if (restart) {
      const sentence = `${restart.container} is restarted, which does not help`;
      return { outcome: 'wrong', restartedBy: restart.because, sentence };
    }
    const sentence = outOfEndpoints
      ? 'out of the endpoints meanwhile, and nothing is restarted'
      : 'nothing is restarted';
    return { outcome: 'right', sentence };
  }
  if (!restart) {
    const instead = outOfEndpoints ? 'it is out of the endpoints, and for good' : 'nobody notices';
    return { outcome: 'wrong', sentence: `${target} is not restarted: ${instead}` };
  }
  const again = recovered(timeline, restart.container, restart.attempt).outcome === 'holds';
  if (!again) {
    return {
      outcome: 'wrong',
      restartedBy: restart.because,
      sentence: `${target} is restarted, and the pod not Ready again`,
    };
  }
  const tookMs = restart.started.at - (timeline.events[since]?.at ?? restart.started.at);
  const hasLiveness = containersOf(pod.spec).some(({ name, livenessProbe }) => name === container && livenessProbe);
  if (right === 'restarted by liveness' && restart.because !== 'liveness' && hasLiveness) {
    return {
      outcome: 'wrong',
      restartedBy: restart.because,
      sentence: `${target} is restarted, but not by its liveness probe`,
    };
  }
  return {
    outcome: 'right',
    restartedBy: restart.because,
    sentence: `restarted after ${roughly(tookMs)}, and Ready again`,
  };
}
