import type { RestartSchedule } from './schedule';

/** Returns a sentence with the wait before each restart of a loop. */
export function formatRestartWaits(subject: string, { restarts, endsAs }: RestartSchedule): string {
  if (restarts.length === 0) return `${subject} never restarts${endsAs ? `: the pod is ${endsAs}` : ''}.`;
  const waits = restarts.map(({ waitMs }) => `${waitMs / 1000}`).join(', ');
  const end = endsAs ? `, then the pod is ${endsAs}` : ', and so on';
  return `${subject} restarts after waits of ${waits}s${end}.`;
}
