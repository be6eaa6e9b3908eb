import { behaviorOf } from '../../kubelet/behavior/behaviorOf';
import type { Container, PodSpec } from '../model';
import { type ApiServer, NEWEST } from '../values/apiServer';
import { duplicates, type FieldError, invalid, makeRequired } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { requireOneOf } from './containerCommon';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './containers';
import { validateReadinessGates } from './gates';
import { isDNS1123Label, isDNS1123Subdomain, isInRange, isLegacyIP } from './names';
import { validateStopSignals } from './stopSignal';
import { validateVolumes } from './volumes';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const INT32_MAX = 2_147_483_647;

/** Returns the errors of a pod's spec after defaulting. Source: validation.go `ValidatePodSpec`. */
export function validatePodSpec(spec: Unchecked<PodSpec>, path: FieldPath, server: ApiServer = NEWEST): FieldError[] {
  const { containers = [], initContainers = [], ephemeralContainers = [], volumes = [] } = spec;
  const context = {
    gracePeriod: spec.terminationGracePeriodSeconds,
    volumes: new Set(volumes.flatMap(({ name }) => (name ? [name] : []))),
  };
  return [
    ...(context.gracePeriod === undefined ? [makeRequired(path.child('terminationGracePeriodSeconds'))] : []),
    ...validateVolumes(volumes, path.child('volumes')),
    ...validateContainers(containers, context, path.child('containers'), server),
    ...validateInitContainers(initContainers, containers, context, path.child('initContainers'), server),
    ...validateEphemeralContainers(
      ephemeralContainers,
      [...containers, ...initContainers],
      context,
      path.child('ephemeralContainers'),
      server,
    ),
    ...validateStopSignals(spec, path),
    ...validateShareProcessNamespace(spec, path, server),
    ...validateHostPorts(spec, path),
    ...validateRestartPolicy(spec.restartPolicy, path.child('restartPolicy')),
    ...requireOneOf(spec.dnsPolicy, DNS_POLICIES, path.child('dnsPolicy')),
    ...validateReadinessGates(spec.readinessGates ?? [], path.child('readinessGates')),
    ...validateNames(spec, path),
    ...validateActiveDeadline(spec.activeDeadlineSeconds, path.child('activeDeadlineSeconds')),
  ];
}

/** Source: validation.go `validateShareProcessNamespace`. */
function validateShareProcessNamespace(
  { shareProcessNamespace, hostPID }: Unchecked<PodSpec>,
  path: FieldPath,
  { kubernetesVersion }: ApiServer,
): FieldError[] {
  if (!shareProcessNamespace || !hostPID) return [];
  const parent = behaviorOf(kubernetesVersion).podFieldsNamedBySpec ? path : path.child('securityContext');
  const detail = 'ShareProcessNamespace and HostPID cannot both be enabled';
  return [invalid(parent.child('shareProcessNamespace'), true, detail)];
}

/** Source: validation.go `validateRestartPolicy`. */
export function validateRestartPolicy(restartPolicy: string | undefined, path: FieldPath): FieldError[] {
  return requireOneOf(restartPolicy, RESTART_POLICIES, path);
}

/**
 * Returns the errors that a pod can have, but not a pod template.
 *
 * Source: validation.go `validateContainerOnlyForPod`.
 */
export function validateOnlyForPod(spec: Unchecked<PodSpec>, path: FieldPath): FieldError[] {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ image = '' }: Unchecked<Container>, index) =>
      image === image.trim()
        ? []
        : [
            invalid(
              path.child(list).index(index).child('image'),
              image,
              'must not have leading or trailing whitespace',
            ),
          ],
    ),
  );
}

function validateActiveDeadline(seconds: number | undefined, path: FieldPath): FieldError[] {
  if (seconds === undefined) return [];
  return isInRange(seconds, 1, INT32_MAX).map((detail) => invalid(path, seconds, detail));
}

function validateNames(spec: Unchecked<PodSpec>, path: FieldPath): FieldError[] {
  const { hostname, subdomain, serviceAccountName, nodeName } = spec;
  return [
    ...(hostname ? isDNS1123Label(hostname).map((detail) => invalid(path.child('hostname'), hostname, detail)) : []),
    ...(subdomain
      ? isDNS1123Label(subdomain).map((detail) => invalid(path.child('subdomain'), subdomain, detail))
      : []),
    ...(serviceAccountName
      ? isDNS1123Subdomain(serviceAccountName).map((detail) =>
          invalid(path.child('serviceAccountName'), serviceAccountName, detail),
        )
      : []),
    ...(nodeName
      ? isDNS1123Subdomain(nodeName).map((detail) => invalid(path.child('nodeName'), nodeName, detail))
      : []),
    ...validateHostAliases(spec.hostAliases ?? [], path.child('hostAliases')),
  ];
}

/** Source: validation.go `ValidateHostAliases`. */
function validateHostAliases(aliases: NonNullable<Unchecked<PodSpec>['hostAliases']>, path: FieldPath): FieldError[] {
  return aliases.flatMap(({ ip = '', hostnames = [] }, alias) => [
    ...isLegacyIP(ip).map((detail) => invalid(path.index(alias).child('ip'), ip, detail)),
    ...hostnames.flatMap((hostname, index) =>
      isDNS1123Subdomain(hostname).map((detail) =>
        invalid(path.index(alias).child('hostnames').index(index), hostname, detail),
      ),
    ),
  ]);
}

/** Source: validation.go `validatePodHostNetworkDeps`, `checkHostPortConflicts`. */
function validateHostPorts({ hostNetwork, containers = [] }: Unchecked<PodSpec>, path: FieldPath): FieldError[] {
  const ports = containers.flatMap(({ ports: own = [] }, container) =>
    own.map((port, index) => ({
      ...port,
      at: path.child('containers').index(container).child('ports').index(index).child('hostPort'),
    })),
  );
  const open = ports.filter(({ hostPort }) => hostPort);
  const keys = open.map(({ protocol, hostIP = '', hostPort }) => `${protocol}/${hostIP}/${hostPort}`);
  return [
    ...duplicates(keys, (index) => open[index]?.at ?? path),
    ...ports
      .filter(({ hostPort, containerPort }) => hostNetwork && hostPort !== containerPort)
      .map(({ at, hostPort }) => invalid(at, hostPort ?? 0, 'must match `containerPort` when `hostNetwork` is true')),
  ];
}
