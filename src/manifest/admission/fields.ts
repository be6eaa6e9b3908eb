import type { PodSpec } from '../model';
import { sharedLimit } from '../values/podLimits';
import type { Unchecked } from '../values/uncheckedManifest';

/**
 * The use of every field of a pod's spec, by its path in the spec. A field includes everything below it; init
 * containers have the fields of `containers[]`.
 */

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => `containers[].${probe}`);
const HOOKS = ['postStart', 'preStop'].map((hook) => `containers[].lifecycle.${hook}`);

const below = (parent: string, ...fields: readonly string[]): string[] => fields.map((field) => `${parent}.${field}`);
const belowEach = (parents: readonly string[], ...fields: readonly string[]): string[] =>
  parents.flatMap((parent) => below(parent, ...fields));

/** Fields with the same effect as in Kubernetes. */
export const SUPPORTED_FIELDS: readonly string[] = [
  'activeDeadlineSeconds',
  'hostAliases[]',
  'hostname',
  'nodeName',
  'readinessGates[]',
  'resources.requests',
  'restartPolicy',
  'shareProcessNamespace',
  'subdomain',
  'terminationGracePeriodSeconds',
  ...below('securityContext', 'fsGroup', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'supplementalGroups[]'),
  ...below('volumes[]', 'configMap', 'downwardAPI', 'emptyDir.medium', 'ephemeral', 'name', 'persistentVolumeClaim'),
  ...below('volumes[]', 'projected.defaultMode', 'secret'),
  ...below('volumes[].projected.sources[]', 'configMap', 'downwardAPI', 'secret'),
  ...below('containers[]', 'args[]', 'command[]', 'envFrom[]', 'image', 'imagePullPolicy', 'name', 'workingDir'),
  ...below('containers[].env[]', 'name', 'value'),
  ...below('containers[].env[].valueFrom', 'configMapKeyRef', 'fieldRef', 'resourceFieldRef', 'secretKeyRef'),
  'containers[].lifecycle.stopSignal',
  ...belowEach(HOOKS, 'exec', 'sleep', 'tcpSocket.port'),
  ...belowEach(PROBES, 'exec', 'grpc', 'tcpSocket.port'),
  ...belowEach([...HOOKS, ...PROBES], 'httpGet.httpHeaders[]', 'httpGet.path', 'httpGet.port', 'httpGet.scheme'),
  ...belowEach(PROBES, 'httpGet.protocol'),
  ...belowEach(PROBES, 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'),
  ...belowEach(PROBES, 'successThreshold', 'terminationGracePeriodSeconds'),
  ...below('containers[].ports[]', 'containerPort', 'name', 'protocol'),
  ...below('containers[].resources', 'limits', 'requests'),
  ...below('containers[]', 'restartPolicy', 'restartPolicyRules[]'),
  ...below('containers[].securityContext', 'allowPrivilegeEscalation', 'capabilities.drop[]'),
  ...below('containers[].securityContext', 'readOnlyRootFilesystem', 'runAsGroup', 'runAsNonRoot', 'runAsUser'),
  ...below('containers[]', 'terminationMessagePath', 'terminationMessagePolicy'),
  ...below('containers[].volumeMounts[]', 'mountPath', 'name', 'readOnly', 'subPath', 'subPathExpr'),
];

/** Code of a field for `allow`. A manifest under test must not control the machine. */
export type BlockCode =
  | 'hostPath'
  | 'hostNetwork'
  | 'hostPID'
  | 'hostIPC'
  | 'privileged'
  | 'capabilities'
  | 'host'
  | 'imageVolume'
  | 'fileKeyRef'
  | 'podLimits';

export interface BlockedField {
  readonly field: string;
  readonly allow: BlockCode;
  /** Returns the reason for blocking a value, or undefined if the value does no harm. */
  readonly why: (value: unknown, spec: Unchecked<PodSpec>) => string | undefined;
  /** Replacement for the field. */
  readonly instead?: string;
}

// Capabilities that Docker and containerd give to every container. Source: moby oci/caps/defaults.go.
const DEFAULT_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const when = (harm: (value: unknown) => boolean, why: (value: unknown) => string) => (value: unknown) =>
  harm(value) ? why(value) : undefined;
const isTrue = (value: unknown) => value === true;

/** Fields that are blocked unless `allow` contains their code. */
export const BLOCKED_FIELDS: readonly BlockedField[] = [
  {
    field: 'volumes[].hostPath',
    allow: 'hostPath',
    why: (value) => `the pod would have access to ${pathOf(value)} on this machine`,
    instead: 'use an emptyDir',
  },
  {
    field: 'hostNetwork',
    allow: 'hostNetwork',
    why: when(isTrue, () => 'the pod would share the network of this machine'),
  },
  { field: 'hostPID', allow: 'hostPID', why: when(isTrue, () => 'the pod would see the processes of this machine') },
  { field: 'hostIPC', allow: 'hostIPC', why: when(isTrue, () => 'the pod would share the IPC of this machine') },
  {
    field: 'containers[].securityContext.privileged',
    allow: 'privileged',
    why: when(isTrue, () => 'the container would have the rights of root on this machine'),
  },
  {
    field: 'containers[].securityContext.capabilities.add[]',
    allow: 'capabilities',
    why: when(
      (value) => !DEFAULT_CAPABILITIES.has(capabilityOf(value)),
      (value) => `${capabilityOf(value)} is not among the default capabilities of a container engine`,
    ),
  },
  ...belowEach([...PROBES, ...HOOKS], 'httpGet.host', 'tcpSocket.host').map((field) => ({
    field,
    allow: 'host' as const,
    why: when(
      (value) => value !== '',
      (value) => `this machine would send the request to ${String(value)}, not to the pod`,
    ),
    instead: 'remove host, so that the request goes to the pod',
  })),
  {
    field: 'volumes[].image',
    allow: 'imageVolume',
    why: () => 'the volume would be empty, because the files of an image cannot be mounted here',
    instead: 'use an emptyDir that an init container of that image fills',
  },
  {
    field: 'containers[].env[].valueFrom.fileKeyRef',
    allow: 'fileKeyRef',
    why: () => 'the variable would be empty, because no file of a volume is read before a container starts',
    instead: 'use a value or a configMapKeyRef',
  },
  {
    field: 'resources.limits',
    allow: 'podLimits',
    why: (_, spec) => sharedLimit(spec),
    instead: 'set limits in each container that add up to those of the pod',
  },
];

function pathOf(hostPath: unknown): string {
  return typeof hostPath === 'object' && hostPath !== null && 'path' in hostPath ? String(hostPath.path) : 'a path';
}

function capabilityOf(value: unknown): string {
  return String(value).toUpperCase().replace(/^CAP_/, '');
}

export interface IgnoredField {
  readonly field: string;
  /** The value whose effect every run has. */
  readonly anyhow?: unknown;
}

const plain = (field: string): IgnoredField => ({ field });

/** Fields that have no effect without a cluster, or in a run here. A note lists each once if a manifest uses it. */
export const IGNORED_FIELDS: readonly IgnoredField[] = [
  // The node that the pod would run on, and its permissions in the cluster.
  ...['affinity', 'nodeSelector', 'overhead', 'preemptionPolicy', 'priority', 'priorityClassName'].map(plain),
  ...['resourceClaims[]', 'runtimeClassName', 'schedulingGates[]', 'schedulingGroup', 'tolerations[]'].map(plain),
  ...['topologySpreadConstraints[]', 'imagePullSecrets[]', 'serviceAccount', 'serviceAccountName'].map(plain),
  { field: 'schedulerName', anyhow: 'default-scheduler' },
  { field: 'automountServiceAccountToken', anyhow: false },
  // Names that a cluster's DNS would know.
  ...['dnsConfig', 'hostnameOverride', 'setHostnameAsFQDN'].map(plain),
  { field: 'dnsPolicy', anyhow: 'ClusterFirst' },
  { field: 'enableServiceLinks', anyhow: false },
  // Confinement by the node, besides the user, the capabilities and the limits.
  { field: 'hostUsers', anyhow: true },
  { field: 'os', anyhow: { name: 'linux' } },
  ...['resources.claims[]', 'securityContext.sysctls[]', 'securityContext.fsGroupChangePolicy'].map(plain),
  ...below('securityContext', 'seLinuxChangePolicy', 'supplementalGroupsPolicy').map(plain),
  ...['securityContext', 'containers[].securityContext'].flatMap((context) => [
    ...below(context, 'appArmorProfile', 'seLinuxOptions', 'windowsOptions').map(plain),
    { field: `${context}.seccompProfile`, anyhow: { type: 'RuntimeDefault' } },
  ]),
  { field: 'containers[].securityContext.procMount', anyhow: 'Default' },
  // An empty volume stands for storage that is not here.
  ...below('volumes[]', 'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'csi', 'fc').map(plain),
  ...below('volumes[]', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs').map(plain),
  ...below('volumes[]', 'iscsi', 'nfs', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd').map(plain),
  ...below('volumes[]', 'scaleIO', 'storageos', 'vsphereVolume', 'emptyDir.sizeLimit').map(plain),
  ...below('volumes[].projected.sources[]', 'clusterTrustBundle', 'podCertificate', 'serviceAccountToken').map(plain),
  // Alpha in 1.37, and off by default.
  ...['evictionResponders[]', 'volumes[].emptyDir.mode', 'volumes[].projected.defaultUser'].map(plain),
  ...['containers[].volumeMounts[].bindMountOptions[]', ...HOOKS.map((hook) => `${hook}.httpGet.protocol`)].map(plain),
  // Fields of `kubectl debug`, not of a manifest.
  plain('ephemeralContainers[]'),
  ...below('containers[]', 'resizePolicy[]', 'resources.claims[]').map(plain),
  ...below('containers[]', 'stdin', 'stdinOnce', 'tty').map((field) => ({ field, anyhow: false })),
  ...below('containers[]', 'ports[].hostIP', 'ports[].hostPort', 'volumeDevices[]').map(plain),
  { field: 'containers[].volumeMounts[].mountPropagation', anyhow: 'None' },
  { field: 'containers[].volumeMounts[].recursiveReadOnly', anyhow: 'Disabled' },
];
