import type { ContainerRuntimeClient } from 'testcontainers';

export type Docker = ContainerRuntimeClient['container']['dockerode'];

/** Description of a container by the engine. */
export type ContainerInspection = Awaited<ReturnType<ReturnType<Docker['getContainer']>['inspect']>>;

export type CreateOptions = Parameters<Docker['createContainer']>[0];
