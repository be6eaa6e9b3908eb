import type { ContainerRuntimeClient } from 'testcontainers';

export type Docker = ContainerRuntimeClient['container']['dockerode'];

/** What the engine tells of a container. */
export type ContainerInspection = Awaited<ReturnType<ReturnType<Docker['getContainer']>['inspect']>>;

export type CreateOptions = Parameters<Docker['createContainer']>[0];
