import { styleText } from 'node:util';
import { terminalText } from '../../escaping/terminal';
import { LiveSummary, type Tone } from './liveSummary';

const STYLES: Readonly<Record<Tone, 'bold' | 'yellow' | 'dim' | 'reset'>> = {
  row: 'bold',
  normal: 'reset',
  warning: 'yellow',
  aside: 'dim',
};

/** Creates the live summary of `JEST_KUBELET_LOG=events` on stderr. Only terminals get colors. */
export function liveOnStderr(env: NodeJS.ProcessEnv = process.env): LiveSummary | undefined {
  if (env.JEST_KUBELET_LOG !== 'events') return undefined;
  const stream = process.stderr;
  // Jest adds source locations to lines of the console.
  return new LiveSummary((line, tone) => stream.write(`${styleText(STYLES[tone], terminalText(line), { stream })}\n`));
}
