import type { Pod } from '../manifest/model';
import { FieldPath } from '../manifest/values/fieldPath';
import { selectsNothing, sendsTo, unknownTargetPorts } from '../manifest/workload/backend';
import type { Service } from '../manifest/workload/services';
import { selectorText } from '../manifest/workload/strayServices';
import type { Flaw } from './rule';

/** Subject of a rule about Services: those of one manifest. */
export interface ServicesSubject {
  /** Services whose selector matches no pod. */
  readonly strays: readonly Service[];
  /** Services that select a valid pod, with that pod. */
  readonly selecting: readonly { readonly service: Service; readonly pod: Pod }[];
}

/** Finding in a Service; its path is one in the Service. */
interface ServiceFlaw extends Flaw {
  readonly service: Service;
}

const SPEC = FieldPath.of('spec');

function selectsNone({ strays }: ServicesSubject): readonly ServiceFlaw[] {
  return strays.map((service) => ({
    service,
    path: SPEC.child('selector'),
    severity: 'error' as const,
    why: `it ${selectsNothing(selectorText(service))}`,
    right: 'a selector that matches the labels in the template of a workload',
  }));
}

/** Source: endpointslice/utils.go `getEndpointPorts`. */
function unknownTarget({ selecting }: ServicesSubject): readonly ServiceFlaw[] {
  return selecting.flatMap(({ service, pod }) =>
    unknownTargetPorts(service, pod).map(({ index, name }) => ({
      service,
      path: SPEC.child('ports').index(index).child('targetPort'),
      severity: 'error' as const,
      why: `it ${sendsTo(name)}. No request reaches the pod through this port`,
      right: `the number of the port, or a port of a container that is named ${JSON.stringify(name)}`,
    })),
  );
}

/** Rules for Services, in the order of docs/lint.md. */
export const SERVICE_RULES = [
  { code: 'service-selects-nothing', find: selectsNone },
  { code: 'unknown-target-port', find: unknownTarget },
] as const;
