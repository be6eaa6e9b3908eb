import type { Pod } from '../manifest/model';
import { FieldPath } from '../manifest/values/fieldPath';
import { findUnknownTargets } from '../manifest/workload/backend';
import type { Service } from '../manifest/workload/services';
import { selectorText } from '../manifest/workload/strayServices';
import { formatSelectsNothing, formatUnknownTarget } from '../wording/backendObstacle';
import type { RuleFinding } from './rule';

/** Subject of a rule about Services: those of one manifest. */
export interface ServicesSubject {
  /** Services whose selector matches no pod. */
  readonly strays: readonly Service[];
  /** Services that select a valid pod, with that pod. */
  readonly selecting: readonly { readonly service: Service; readonly pod: Pod }[];
}

/** Finding in a Service. Its path is relative to the Service. */
interface ServiceFinding extends RuleFinding {
  readonly service: Service;
}

const SPEC = FieldPath.of('spec');

function findSelectsNothing({ strays }: ServicesSubject): readonly ServiceFinding[] {
  return strays.map((service) => ({
    service,
    path: SPEC.child('selector'),
    severity: 'error' as const,
    why: `the Service ${formatSelectsNothing(selectorText(service))}`,
    fix: 'use a selector that matches the labels in the template of a workload',
  }));
}

/** Source: endpointslice/utils.go `getEndpointPorts`. */
function findUnknownTargetPorts({ selecting }: ServicesSubject): readonly ServiceFinding[] {
  return selecting.flatMap(({ service, pod }) =>
    findUnknownTargets(service, pod).map(({ index, name }) => ({
      service,
      path: SPEC.child('ports').index(index).child('targetPort'),
      severity: 'error' as const,
      why: `the Service ${formatUnknownTarget(name)}. No request reaches the pod through this port`,
      fix: `use the number of the port, or name a port of a container ${JSON.stringify(name)}`,
    })),
  );
}

/** Rules for Services, in the order of docs/lint.md. */
export const SERVICE_RULES = [
  { code: 'service-selects-nothing', find: findSelectsNothing },
  { code: 'unknown-target-port', find: findUnknownTargetPorts },
] as const;
