import type { Container, LifecycleHandler, Probe } from '../../../../src/manifest/model';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

export type HandlerType = (typeof PROBES)[number] | (typeof HOOKS)[number];

/** The command or request of a probe or hook. */
export interface HandlerOf {
  readonly type: HandlerType;
  readonly handler: LifecycleHandler & Pick<Probe, 'grpc'>;
}

/** Returns the handlers of the probes and hooks of a container. */
export function handlersOf(container: Container): readonly HandlerOf[] {
  const probes = PROBES.map((type) => ({ type, handler: container[type] }));
  const hooks = HOOKS.map((type) => ({ type, handler: container.lifecycle?.[type] }));
  return [...probes, ...hooks].flatMap(({ type, handler }) => (handler ? [{ type, handler }] : []));
}
