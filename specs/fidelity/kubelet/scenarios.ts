import type { Instant } from '../../../src/clock/instant';
import type { KubeletConfig } from '../../../src/kubelet';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import { Simulation } from '../../../src/pod/simulated/simulation';
import type { AppScript } from '../../../src/runtime/scripted/script';
import type { EventKind } from '../../../src/timeline/event';

export const s = (seconds: number) => (seconds * 1000) as Instant;

type WrittenSpec = NonNullable<Parameters<typeof applyDefaults>[0]['spec']>;

/** Returns a simulated pod with the defaults of the API server. */
export function simulate(
  spec: WrittenSpec,
  app: AppScript = {},
  config: Partial<KubeletConfig> = {},
  metadata: { readonly finalizers?: readonly string[] } = {},
): Simulation {
  const pod = applyDefaults({ metadata: { name: 'web', namespace: 'shop', uid: '7', ...metadata }, spec });
  return new Simulation(pod, app, config);
}

/** Returns the events of these kinds as lines, such as `12 web Killing`, with the time in seconds. */
export function story({ timeline }: Simulation, ...kinds: readonly EventKind[]): string[] {
  return timeline.events
    .filter(({ kind }) => kinds.includes(kind))
    .map((event) => {
      const container = 'container' in event && event.container !== undefined ? ` ${event.container}` : '';
      const signal = event.kind === 'SignalSent' ? ` ${event.signal}` : '';
      const code = event.kind === 'ContainerExited' ? ` ${event.exitCode}` : '';
      return `${event.at / 1000}${container} ${event.kind}${signal}${code}`;
    });
}

/** Returns the states of a container over time: `waiting ContainerCreating`, `running`, `terminated Error`. */
export function statesOf({ timeline }: Simulation, container: string): string[] {
  const words = timeline.of('StatusPublished').flatMap(({ status }) => {
    const found = [...status.containerStatuses, ...status.initContainerStatuses].find(({ name }) => name === container);
    if (!found) return [];
    const { waiting, running, terminated } = found.state;
    if (running) return ['running'];
    return [terminated ? `terminated ${terminated.reason}` : `waiting ${waiting?.reason ?? ''}`.trim()];
  });
  return words.filter((word, index) => word !== words[index - 1]);
}
