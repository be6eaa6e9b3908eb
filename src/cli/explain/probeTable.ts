import { printable } from '../../escaping/terminal';
import type { ProbeField } from '../../manifest/facts/parts';
import type { Container, Probe } from '../../manifest/model';
import { alignTabs } from '../../report/kubectl/alignTabs';
import { describeProbe } from '../../report/kubectl/describeProbe';
import { probeTiming } from '../../timing/probeTiming';

const GAP = 3;
const CHECK_MAX = 100;
const HEADER = 'PROBE\tFIRST ATTEMPT\tDETECTED WITHIN\tSTART MAY TAKE\tCHECK';

/** Returns a row for each probe, with its times in seconds. */
export function probeTable(container: Container): readonly string[] {
  const rows = (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((field) => {
    const probe = container[field];
    return probe ? [formatRow(field, probe, container)] : [];
  });
  return rows.length === 0 ? [] : alignTabs([HEADER, ...rows], GAP);
}

function formatRow(field: ProbeField, probe: Probe, { startupProbe }: Container): string {
  const { firstAttempt, survivedStartMs, givenUpMs, detectedMs } = probeTiming(probe);
  const first = `${firstAttempt.earliest / 1_000}–${firstAttempt.latest / 1_000}s`;
  const waitsForStartup = startupProbe && field !== 'startupProbe';
  const limitsStart = field === 'startupProbe' || (field === 'livenessProbe' && !startupProbe);
  const start = limitsStart ? `${survivedStartMs / 1_000}–${givenUpMs / 1_000}s` : '-';
  const check = printable(describeProbe(probe).replace(/ delay=\S+ timeout=.*$/, ''));
  return [
    field.replace('Probe', ''),
    waitsForStartup ? `${first}, after startup` : first,
    `${detectedMs / 1_000}s`,
    start,
    check.length > CHECK_MAX ? `${check.slice(0, CHECK_MAX - 1)}…` : check,
  ].join('\t');
}
