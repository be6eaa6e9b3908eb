import type { ClientOptions } from '../../gate/model/actor';
import { optionsFor } from '../../gate/model/clients';
import type { ActionStep } from '../../gate/model/experiment';
import type { Lines } from './specBlocks';
import { formatKey, quote } from './specText';

/** Returns an action as lines of a test. */
export function formatAction(step: ActionStep): Lines {
  switch (step.do) {
    case 'start':
      return ['const pod = await start();'];
    case 'waitUntilReady':
      return ['await expect(pod).toBecomeReady();'];
    case 'waitUntilRunning':
      return [`await expect(pod).toEmitEvent({ reason: 'Started', container: ${quote(step.container)} });`];
    case 'freeze':
    case 'thaw':
    case 'kill':
      return [`await pod.container(${quote(step.container)}).${step.do}();`];
    case 'disconnect':
    case 'reconnect':
      return [`await pod.${step.do}();`];
    case 'freezeService':
      return [`await pod.service(${quote(step.service)}).freeze();`];
    case 'thawService':
      return [`await pod.service(${quote(step.service)}).thaw();`];
    case 'cutService':
      return [`await pod.service(${quote(step.service)}).disconnect();`];
    case 'joinService':
      return [`await pod.service(${quote(step.service)}).reconnect();`];
    case 'limitCPU':
      return [`await pod.container(${quote(step.container)}).limit({ cpu: ${quote(step.cpu)} });`];
    case 'limitMemory':
      return [`await pod.container(${quote(step.container)}).limit({ memory: ${quote(step.memory)} });`];
    case 'fillDisk': {
      const argv = ['dd', 'if=/dev/zero', `of=${step.mountPath}/.filled`, 'bs=1048576', `count=${step.mebi + 1}`];
      return [
        `await pod.container(${quote(step.container)}).exec([${argv.map(quote).join(', ')}], { reject: false });`,
      ];
    }
    // A printed spec contains the paths that its clients request.
    case 'chooseTargets':
    case 'look':
    case 'measureMemory':
    case 'stopRequests':
      return [];
    case 'requests':
      return step.clients
        .filter(({ isHTTP }) => isHTTP)
        .map((client) => {
          const [target] = client.targets;
          return `await pod.requests(${quote(target.path)}, ${formatOptions(optionsFor(client, target))});`;
        });
    case 'delete':
      return ['gone = await pod.delete();'];
  }
}

function formatOptions({ port, scheme, every, endpointRemovalDelay, headers }: ClientOptions): string {
  const given = Object.entries(headers ?? {}).map(([name, value]) => `${formatKey(name)}: ${quote(value)}`);
  const written = [
    `port: ${typeof port === 'string' ? quote(port) : port}`,
    ...(scheme === 'https' ? ["scheme: 'https'"] : []),
    `every: ${quote(String(every))}`,
    `endpointRemovalDelay: ${quote(String(endpointRemovalDelay))}`,
    ...(given.length > 0 ? [`headers: { ${given.join(', ')} }`] : []),
  ];
  return `{ ${written.join(', ')} }`;
}
