import { formatFrom, type MessageOf } from '../message';
import type { ContainerFact, ServiceFact } from './facts';

/** Containers and dependencies that hang while others are checked. */
export const HANGING = {
  container: ({ container }: ContainerFact) => container,
  service: ({ service }: ServiceFact) => `the dependency ${service}`,
} as const;

export type Hanging = MessageOf<typeof HANGING>;

/** Returns `proxy` or `the dependency db`. */
export function formatHanging(hanging: Hanging): string {
  return formatFrom(HANGING, hanging);
}
