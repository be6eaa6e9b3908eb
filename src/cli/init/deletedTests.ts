import { type Client, clientsOf } from '../../gate/model/clients';
import type { Subject } from '../../gate/model/subject';
import { containersOf } from '../../manifest/model';
import { stopLimit, wholeStartLimit } from '../../timing/waits';
import { block, checkTest, type Lines } from './specBlocks';
import { key, quoted } from './specText';

/** What is asked of a pod's end: it is deleted while its clients go on asking it. */
export function deletedTests(subject: Subject, isTyped: boolean): Lines {
  const { spec } = subject.pod;
  const clients = clientsOf(subject);
  const before = [
    'await expect(pod).toBecomeReady();',
    ...clients.map(({ path, options }) => `await pod.requests(${quoted(path)}, ${optionsText(options)});`),
    'gone = await pod.delete();',
  ];
  const waitsMs = wholeStartLimit(spec).ms + stopLimit(spec).ms;
  const tests = [
    ...containersOf(spec)
      .filter(({ lifecycle }) => lifecycle?.preStop)
      .map(({ name }) => {
        const runs = `await expect(gone).toRunHook('preStop', { container: ${quoted(name)}, since: 'start' });`;
        return checkTest('hooks-run', `preStop of ${name}`, [runs], 0);
      }),
    checkTest('terminates-in-grace', undefined, ['await expect(gone).toTerminateGracefully();'], 0),
    ...(clients.length > 0 ? [checkTest('drains', undefined, noneDropped(clients), 0)] : []),
  ];
  return block(`describe('then deleted${clients.length > 0 ? ', while clients go on asking' : ''}', () => {`, [
    isTyped ? 'let gone: Gone<LivePod>;' : 'let gone;',
    ...block('beforeAll(async () => {', before, waitsMs),
    ...tests.flatMap((lines) => ['', ...lines]),
  ]);
}

function noneDropped(clients: readonly Client[]): Lines {
  if (!clients.some(({ asksReadiness }) => asksReadiness)) return ['await expect(gone).toDropNoRequests();'];
  return [
    '// Where readiness itself is asked, an error is a good answer of what is about to go; no answer is none.',
    "const unanswered = gone.timeline.of('RequestFinished').filter(({ status }) => status === undefined);",
    'expect(unanswered).toEqual([]);',
  ];
}

function optionsText({ port, scheme, every, endpointRemovalDelay, headers }: Client['options']): string {
  const given = Object.entries(headers ?? {}).map(([name, value]) => `${key(name)}: ${quoted(value)}`);
  const written = [
    `port: ${typeof port === 'string' ? quoted(port) : port}`,
    ...(scheme === 'https' ? ["scheme: 'https'"] : []),
    `every: ${quoted(String(every))}`,
    `endpointRemovalDelay: ${quoted(String(endpointRemovalDelay))}`,
    ...(given.length > 0 ? [`headers: { ${given.join(', ')} }`] : []),
  ];
  return `{ ${written.join(', ')} }`;
}
