import { styleText } from 'node:util';
import { terminalText } from '../../escaping/terminal';
import { LiveSummary, type Tone } from './liveSummary';

const STYLES: Readonly<Record<Tone, 'bold' | 'yellow' | 'dim' | 'reset'>> = {
  row: 'bold',
  normal: 'reset',
  warning: 'yellow',
  aside: 'dim',
};

/** The story that `JEST_KUBELET_LOG=events` asks for, on the standard error; in color on a terminal alone. */
export function liveOnStderr(env: NodeJS.ProcessEnv = process.env): LiveSummary | undefined {
  if (env.JEST_KUBELET_LOG !== 'events') return undefined;
  const stream = process.stderr;
  // Not the console, to whose lines Jest adds where they come from.
  return new LiveSummary((line, tone) => stream.write(`${styleText(STYLES[tone], terminalText(line), { stream })}\n`));
}
