import { listOf, oneOf, type Words } from '../../subjects/words';
import { isBefore, type Moment } from '../moment';
import type { Record } from '../record';
import type { Run } from '../runs';
import type { Names } from '../tokens';
import { type Finding, momentsText } from './happened';
import { isIn, type Span } from './span';

const HOOKS = ['preStop', 'postStart'] as const;
const PROBES = ['liveness', 'readiness', 'startup'] as const;

type Read = (check: Words, names: Names) => Finding;

/** The values that each check of events reads. */
export const FINDINGS: Readonly<{ [check: string]: Read }> = {
  starts: (check, names) => occurs(true, names.run('starts', check.container), 'start'),
  doesntStart: (check, names) => occurs(false, names.run('doesntStart', check.container), 'start'),
  exits: (check, names) => occurs(true, names.run('exits', check.container), 'exit'),
  hasRestarted: (check, names) => occurs(true, names.run('hasRestarted', check.container), 'start', 2),
  hasNotRestarted: (check, names) => occurs(false, names.run('hasNotRestarted', check.container), 'start', 2),

  hookInvoked: (check, names) => {
    const container = names.container('hookInvoked', check.container);
    return occurs(true, `${container}.${oneOf('hook', check.hook, HOOKS)}`, 'start');
  },

  startsBefore(check, names) {
    const [a, b] = [names.run('a', check.a), names.run('b', check.b)];
    return {
      met: true,
      find(record, span) {
        const [up] = within(span, upsOf(record, a));
        return up !== undefined && within(span, startsOf(record, b)).some((start) => isBefore(up, start));
      },
      show: (record) => momentsText(record, [`${a}.up`, `${b}.start`]),
    };
  },

  exitsBefore(check, names) {
    const [a, b] = [names.run('a', check.a), names.run('b', check.b)];
    return {
      met: true,
      find(record, span) {
        const [first] = within(span, endsOf(record, a));
        return first !== undefined && within(span, endsOf(record, b)).some((end) => isBefore(first, end));
      },
      show: (record) => momentsText(record, [`${a}.exit`, `${b}.exit`]),
    };
  },

  runTogether(check, names) {
    const [a, b] = [names.run('a', check.a), names.run('b', check.b)];
    const lhsFirst = check.lhsFirst === true;
    return {
      met: true,
      find: (record, span) =>
        upRunsOf(record, a, span).some((first) =>
          upRunsOf(record, b, span).some(
            (second) =>
              first.run !== second.run && overlap(first, second) && (!lhsFirst || isBefore(first.up, second.up)),
          ),
        ),
      show: (record) => momentsText(record, [`${a}.up`, `${a}.exit`, `${b}.up`, `${b}.exit`]),
    };
  },

  order({ sequence }, names) {
    const tokens = numberTokens(listOf('sequence', sequence).map((token) => names.event('sequence', token)));
    if (tokens.length < 2) throw new Error('order needs two events');
    return {
      met: true,
      find(record, span) {
        const moments = tokens.map((token) => record.momentOf(token));
        return moments.every((moment, index) => {
          const before = moments[index - 1];
          return moment !== undefined && isIn(span, moment) && (!before || isBefore(before, moment));
        });
      },
      show: (record) => momentsText(record, [...new Set(tokens.map((token) => token.replace(/#.*/, '')))]),
    };
  },

  probeRuns(check, names) {
    const container = names.container('probeRuns', check.container);
    const probe = `${container}.${oneOf('probe', check.probe, PROBES)}`;
    const during = String(check.during);
    const hook = during.includes('.') ? names.run('during', during) : `${container}.${oneOf('during', during, HOOKS)}`;
    if (typeof check.value !== 'boolean') throw new Error('probeRuns.value must be true or false');
    return {
      met: check.value,
      find: (record, span) =>
        record.runs
          .of(hook)
          .some(({ start, end }) =>
            within(span, startsOf(record, probe)).some(
              (moment) => isBefore(start, moment) && (!end || isBefore(moment, end)),
            ),
          ),
      show: (record) => momentsText(record, [probe, `${hook}.start`, `${hook}.end`]),
    };
  },

  event(check) {
    const { type, reason, messageContains, absent = false } = check;
    if ([type, reason, messageContains].every((word) => word === undefined))
      throw new Error('event needs type, reason or messageContains');
    return {
      met: absent !== true,
      find: (record, span) =>
        record.told.some(
          ({ moment, event }) =>
            isIn(span, moment) &&
            (type === undefined || event.type === type) &&
            (reason === undefined || event.kind === reason) &&
            (messageContains === undefined || event.message.includes(String(messageContains))),
        ),
      show: (record) =>
        `events: ${record.told.map(({ moment, event }) => `+${moment.at / 1000}s ${event.kind}`).join(', ')}`,
    };
  },
};

/** Returns a finding that a process starts or exits this number of times. */
function occurs(met: boolean, name: string, what: 'start' | 'exit', times = 1): Finding {
  return {
    met,
    find: (record, span) =>
      within(span, what === 'start' ? startsOf(record, name) : endsOf(record, name)).length >= times,
    show: (record) => momentsText(record, [`${name}.${what}`]),
  };
}

function startsOf(record: Record, name: string): readonly Moment[] {
  return record.runs.of(name).map(({ start }) => start);
}

function endsOf(record: Record, name: string): readonly Moment[] {
  return record.runs.of(name).flatMap(({ end }) => end ?? []);
}

function upsOf(record: Record, name: string): readonly Moment[] {
  return record.runs.of(name).flatMap((run) => record.upOf(run) ?? []);
}

function within(span: Span, moments: readonly Moment[]): readonly Moment[] {
  return moments.filter((moment) => isIn(span, moment));
}

interface UpRun {
  readonly run: Run;
  readonly up: Moment;
}

function upRunsOf(record: Record, name: string, span: Span): readonly UpRun[] {
  return record.runs.of(name).flatMap((run) => {
    const up = record.upOf(run);
    return up && isIn(span, up) ? [{ run, up }] : [];
  });
}

/** Returns true if two runs overlap. A run without an end is still in progress. */
function overlap(a: UpRun, b: UpRun): boolean {
  const beginsBeforeEndOf = ({ up }: UpRun, { run: { end } }: UpRun) => !end || isBefore(up, end);
  return beginsBeforeEndOf(a, b) && beginsBeforeEndOf(b, a);
}

/** Numbers repeated events, because each repetition means the next occurrence. */
function numberTokens(tokens: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  return tokens.map((token) => {
    if (token.includes('#')) return token;
    const nth = (times.get(token) ?? 0) + 1;
    times.set(token, nth);
    return `${token}#${nth}`;
  });
}
