import type { Container, LifecycleHandler, Probe } from '../../../../src/manifest/model';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

export type HandlerType = (typeof PROBES)[number] | (typeof HOOKS)[number];

/** What a probe or a hook runs. */
export interface HandlerOf {
  readonly type: HandlerType;
  readonly handler: LifecycleHandler & Pick<Probe, 'grpc'>;
}

/** The handlers of a container's probes and hooks. */
export function handlersOf(container: Container): readonly HandlerOf[] {
  const probes = PROBES.map((type) => ({ type, handler: container[type] }));
  const hooks = HOOKS.map((type) => ({ type, handler: container.lifecycle?.[type] }));
  return [...probes, ...hooks].flatMap(({ type, handler }) => (handler ? [{ type, handler }] : []));
}
