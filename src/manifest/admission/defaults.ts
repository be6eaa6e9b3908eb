import { createHash } from 'node:crypto';
import type { Container, LifecycleHandler, ObjectMeta, Pod, PodSpec, Probe, Volume } from '../model';
import { defaultPullPolicy } from '../values/imageReference';
import type { Unchecked } from '../values/uncheckedManifest';

const GRACE_PERIOD_SECONDS = 30;

/** A pod as it is written: what is missing is filled in, or found missing by validation. */
export type WrittenPod = Unchecked<Pod>;

/**
 * Fills in what the API server fills in when a pod is created, also if the pod has no names or images; a uid that is
 * not set is derived from the name. Unknown fields stay.
 *
 * Source: pkg/apis/core/v1/defaults.go; a negative grace period becomes 1 in pkg/apis/core/v1/conversion.go.
 */
export function applyDefaults(pod: WrittenPod): Pod {
  return { ...pod, metadata: defaultMetadata(pod.metadata), spec: defaultPodSpec(pod.spec ?? {}) } as Pod;
}

function defaultMetadata(metadata: Unchecked<ObjectMeta> = {}): Unchecked<ObjectMeta> {
  const { name = '', namespace = 'default' } = metadata;
  return { ...metadata, name, namespace, uid: metadata.uid ?? uidOf(`${namespace}/${name}`) };
}

/** Source: `SetDefaults_PodSpec`, `SetDefaults_Pod`. */
function defaultPodSpec(spec: Unchecked<PodSpec>): Unchecked<PodSpec> {
  const { terminationGracePeriodSeconds: grace = GRACE_PERIOD_SECONDS, hostNetwork = false } = spec;
  const containers = (list: readonly Unchecked<Container>[] = []) =>
    list.map((container) => defaultResources(defaultContainer(container, hostNetwork)));
  return {
    ...spec,
    restartPolicy: spec.restartPolicy || 'Always',
    terminationGracePeriodSeconds: grace < 0 ? 1 : grace,
    dnsPolicy: spec.dnsPolicy || 'ClusterFirst',
    enableServiceLinks: spec.enableServiceLinks ?? true,
    initContainers: containers(spec.initContainers),
    containers: containers(spec.containers),
    ...(spec.volumes && { volumes: spec.volumes.map(defaultVolume) }),
    ...(spec.ephemeralContainers && {
      ephemeralContainers: spec.ephemeralContainers.map((container) => defaultContainer(container, false)),
    }),
  };
}

/** Source: `SetDefaults_Volume`. */
function defaultVolume(volume: Unchecked<Volume>): Unchecked<Volume> {
  return Object.keys(volume).some((field) => field !== 'name') ? volume : { ...volume, emptyDir: {} };
}

/** Source: `SetDefaults_Container`, `defaultHostNetworkPorts`. */
function defaultContainer(container: Unchecked<Container>, hostNetwork: boolean): Unchecked<Container> {
  const { image = '', ports, lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  return {
    ...container,
    name: container.name ?? '',
    image,
    imagePullPolicy: container.imagePullPolicy || defaultPullPolicy(image),
    terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
    ...(ports && {
      ports: ports.map((port) => ({
        ...port,
        protocol: port.protocol || 'TCP',
        ...(hostNetwork && { hostPort: port.hostPort || port.containerPort }),
      })),
    }),
    ...(lifecycle && {
      lifecycle: {
        ...lifecycle,
        ...(lifecycle.postStart && { postStart: defaultHandler(lifecycle.postStart) }),
        ...(lifecycle.preStop && { preStop: defaultHandler(lifecycle.preStop) }),
      },
    }),
    ...(livenessProbe && { livenessProbe: defaultProbe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: defaultProbe(readinessProbe) }),
    ...(startupProbe && { startupProbe: defaultProbe(startupProbe) }),
  };
}

/** Requests the limit of a resource that has no request. Source: `SetDefaults_Pod`. */
function defaultResources(container: Unchecked<Container>): Unchecked<Container> {
  const { resources } = container;
  if (!resources?.limits) return container;
  return { ...container, resources: { ...resources, requests: { ...resources.limits, ...resources.requests } } };
}

/**
 * Makes a probe whole: a number that is 0 counts as left out.
 *
 * Source: `SetDefaults_Probe`, `SetDefaults_HTTPGetAction`.
 */
function defaultProbe(probe: Unchecked<Probe>): Unchecked<Probe> {
  return {
    ...defaultHandler(probe),
    ...(probe.grpc && { grpc: { ...probe.grpc, service: probe.grpc.service ?? '' } }),
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

function defaultHandler<Handler extends Unchecked<LifecycleHandler>>(handler: Handler): Handler {
  const { httpGet } = handler;
  if (!httpGet) return handler;
  return { ...handler, httpGet: { ...httpGet, path: httpGet.path || '/', scheme: httpGet.scheme || 'HTTP' } };
}

function uidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
