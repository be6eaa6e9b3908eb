import type { CreateOptions } from '../engine/docker';

/**
 * Settings of every container of ours: it has only the capabilities that its caller adds, and the engine neither
 * restarts nor removes it.
 */
export const OWN_CONTAINER = {
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges'],
  RestartPolicy: { Name: 'no' },
  AutoRemove: false,
  Init: false,
} satisfies CreateOptions['HostConfig'];

/** User of the containers of ours that exist as long as a pod. Kubernetes' own pause image has the same. */
export const OWN_USER = '65535:65535';
