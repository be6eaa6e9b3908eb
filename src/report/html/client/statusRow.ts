import type { Instant } from '../../../clock/instant';
import { formatInstant } from '../../chart/axis';
import type { Chart } from '../../chart/chart';
import { humanDuration, humanSince } from '../../kubectl/humanDuration';
import { find } from './dom';

/** Shows the row of `kubectl get pod` at an instant. */
export function showStatus(section: HTMLElement, { rows }: Chart, at: number): void {
  const row = rows.findLast((one) => one.at <= at);
  const { ready = '0/1', status = 'Pending', restarts = 0, lastEndAt } = row ?? {};
  const ago = lastEndAt === undefined ? '' : ` (${humanSince(lastEndAt as Instant, at as Instant)} ago)`;
  write(section, '.now', formatInstant(at));
  write(section, '[data-column=READY]', ready);
  write(section, '[data-column=STATUS]', status);
  write(section, '[data-column=RESTARTS]', `${restarts}${ago}`);
  write(section, '[data-column=AGE]', humanDuration(at));
}

function write(section: HTMLElement, selector: string, text: string): void {
  const place = find(section, selector);
  if (place) place.textContent = text;
}
