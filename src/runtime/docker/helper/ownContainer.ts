import type { CreateOptions } from '../engine/docker';

/**
 * Settings of every container of ours: nothing in it needs a capability, unless its caller adds one, and the engine starts
 * and removes nothing by itself.
 */
export const OWN_CONTAINER = {
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges'],
  RestartPolicy: { Name: 'no' },
  AutoRemove: false,
  Init: false,
} satisfies CreateOptions['HostConfig'];

/** User of the containers of ours that live as long as a pod. Kubernetes' own pause image has the same. */
export const OWN_USER = '65535:65535';
