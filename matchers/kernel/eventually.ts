import { after } from '../../src/clock/instant';
import { broken, type Judgement } from '../../src/judgements/judgement';
import type { Budget } from '../../src/manifest/budget';
import type { PodSpec } from '../../src/manifest/model';
import type { Event } from '../../src/timeline/event';
import type { Rehearsal } from '../../src/timeline/rehearsal';
import type { Since } from '../../src/timeline/since';
import type { Timeline } from '../../src/timeline/timeline';
import { callText } from './call';
import { type Context, type Result, refuse } from './context';
import { brokenMessage, failureMessage } from './message';
import { Misuse, misuseMessage } from './misuse';
import { pending, type Stop } from './pending';
import { rehearsalOf } from './received';
import { type Limit, limitOf, type Within } from './within';

export interface Waiting<Options> {
  readonly name: string;
  /** What is asked for, as it reads after `Expected:`. */
  readonly expected: (options: Options) => string;
  /** The same under `.not`. */
  readonly unexpected: (options: Options) => string;
  /** From when on things count. */
  readonly since: (timeline: Timeline, options: Options) => Since;
  readonly judge: (timeline: Timeline, since: Since, options: Options) => Judgement;
  /** The wait when none is asked for. */
  readonly budget: (spec: PodSpec, options: Options) => Budget;
}

/**
 * A matcher that waits until its question is settled or its time is over, on the pod's clock. Under `.not` it passes
 * when the whole time went by without.
 */
export function eventually<Options extends Within>(matcher: Waiting<Options>) {
  return async function (this: Context, received: unknown, options: Options = {} as Options): Promise<Result> {
    const call = callText(this, matcher.name, Object.keys(options).length > 0 ? [options] : []);
    const wait = pending(`expect(pod)${this.isNot ? '.not' : ''}.${matcher.name}()`);
    try {
      const rehearsal = rehearsalOf(received);
      const limit = limitOf(options, () => matcher.budget(rehearsal.pod.spec, options));
      const since = matcher.since(rehearsal.timeline, options);
      const judge = (timeline: Timeline) => matcher.judge(timeline, since, options);
      const verdict = await settle({ rehearsal, limit, judge, stopped: wait.stopped });
      const expected = `${(this.isNot ? matcher.unexpected : matcher.expected)(options)} within ${limit.text}`;
      return conclude(this, call, expected, verdict);
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    } finally {
      wait.over();
    }
  };
}

interface Case {
  readonly rehearsal: Rehearsal;
  readonly limit: Limit;
  readonly judge: (timeline: Timeline) => Judgement;
  readonly stopped: Promise<Stop>;
}

interface Verdict {
  readonly judgement: Judgement;
  /** The record it was judged by. */
  readonly timeline: Timeline;
  readonly stop?: Stop;
}

async function settle({ rehearsal, limit, judge, stopped }: Case): Promise<Verdict> {
  // The wait begins in the pod's present, which the record may lag behind while nothing happens.
  await Promise.race([rehearsal.progress(rehearsal.timeline.now), stopped]);
  const until = after(rehearsal.timeline.now, limit.ms);
  // One past the limit: what happens at the limit itself still counts.
  const past = after(until, 1);
  let seen: number | undefined;
  for (;;) {
    const { events, now } = rehearsal.timeline;
    const record = rehearsal.timeline.upTo(until);
    if (rehearsal.broken) return { judgement: broken(rehearsal.broken.message), timeline: record };
    const isOver = rehearsal.ended || now >= past;
    if (isOver || seen === undefined || decides(events.slice(seen))) {
      const judgement = judge(record);
      if (isOver || judgement.outcome !== 'undecided') return { judgement, timeline: record };
    }
    seen = events.length;
    const stop = await Promise.race([rehearsal.progress(past), stopped]);
    if (stop) return { judgement: judge(record), timeline: record, stop };
  }
}

/** Most of a long record are answers of probes, and no question is decided by one: what follows from it is. */
function decides(news: readonly Event[]): boolean {
  return news.some(({ kind }) => kind !== 'ProbeFinished');
}

const OUT_OF_TIME =
  'The wait ended early because the test was about to run out of time; give it more: test(name, fn, 120_000).';

function conclude(context: Context, call: string, expected: string, { judgement, timeline, stop }: Verdict): Result {
  const pass = judgement.outcome === 'holds';
  if (stop === 'Abandoned') return { pass: !context.isNot, message: () => '' };
  if (judgement.outcome === 'broken')
    return refuse(context, brokenMessage(context, call, judgement.received, timeline));
  const notes = [...skippedTime(timeline), ...(stop ? [OUT_OF_TIME] : [])];
  const message = () => failureMessage(context, { call, expected, judgement, timeline, notes });
  // A window that was not watched to its end shows nothing under `.not`.
  return stop ? refuse(context, message()) : { pass, message };
}

function skippedTime(timeline: Timeline): readonly string[] {
  const ms = timeline.of('TimeSkipped').reduce((sum, { byMs }) => sum + byMs, 0);
  return ms > 0 ? [`${Math.round(ms / 1000)} s of back-off skipped; skipBackOff: false waits them out`] : [];
}
