import type { RestartSchedule } from './schedule';

/** A loop in a sentence: how long each restart waits. */
export function restartWords(who: string, { restarts, endsAs }: RestartSchedule): string {
  if (restarts.length === 0) return `${who} is never restarted${endsAs ? `: the pod is ${endsAs}` : ''}.`;
  const waits = restarts.map(({ waitMs }) => `${waitMs / 1000}`).join(', ');
  const end = endsAs ? `, and then the pod is ${endsAs}` : ', and so on';
  return `${who} is restarted after waits of ${waits}s${end}.`;
}
