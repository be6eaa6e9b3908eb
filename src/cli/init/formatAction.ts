import type { ClientOptions } from '../../gate/model/actor';
import { optionsFor } from '../../gate/model/clients';
import type { ActionStep } from '../../gate/model/experiment';
import type { Lines } from './specBlocks';
import { key, quoted } from './specText';

/** Returns an action as lines of a test. */
export function formatAction(step: ActionStep): Lines {
  switch (step.do) {
    case 'start':
      return ['const pod = await start();'];
    case 'waitUntilReady':
      return ['await expect(pod).toBecomeReady();'];
    case 'waitUntilRunning':
      return [`await expect(pod).toEmitEvent({ reason: 'Started', container: ${quoted(step.container)} });`];
    case 'freeze':
    case 'thaw':
    case 'kill':
      return [`await pod.container(${quoted(step.container)}).${step.do}();`];
    case 'disconnect':
    case 'reconnect':
      return [`await pod.${step.do}();`];
    case 'freezeService':
      return [`await pod.service(${quoted(step.service)}).freeze();`];
    case 'thawService':
      return [`await pod.service(${quoted(step.service)}).thaw();`];
    case 'cutService':
      return [`await pod.service(${quoted(step.service)}).disconnect();`];
    case 'joinService':
      return [`await pod.service(${quoted(step.service)}).reconnect();`];
    case 'limitCPU':
      return [`await pod.container(${quoted(step.container)}).limit({ cpu: ${quoted(step.cpu)} });`];
    case 'limitMemory':
      return [`await pod.container(${quoted(step.container)}).limit({ memory: ${quoted(step.memory)} });`];
    case 'fillDisk': {
      const argv = ['dd', 'if=/dev/zero', `of=${step.mountPath}/.filled`, 'bs=1048576', `count=${step.mebi + 1}`];
      return [
        `await pod.container(${quoted(step.container)}).exec([${argv.map(quoted).join(', ')}], { reject: false });`,
      ];
    }
    // A spec names what its clients request.
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
          return `await pod.requests(${quoted(target.path)}, ${optionsText(optionsFor(client, target))});`;
        });
    case 'delete':
      return ['gone = await pod.delete();'];
  }
}

function optionsText({ port, scheme, every, endpointRemovalDelay, headers }: ClientOptions): string {
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
