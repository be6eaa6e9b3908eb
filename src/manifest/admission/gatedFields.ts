import type { FeatureGate } from '../featureGates/featureGates';

/** A field of a pod's spec that exists only while its feature gate is on. */
export interface GatedField {
  /** The field as {@link usedFields} names it. */
  readonly field: string;
  readonly gate: FeatureGate;
  /** Absent if it is so for the containers of every list. */
  readonly only?: 'initContainers';
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => `containers[].${probe}`);
const HOOKS = ['postStart', 'preStop'].map((hook) => `containers[].lifecycle.${hook}`);
const FILES = ['configMap', 'downwardAPI', 'secret'];
const SOURCE = 'volumes[].projected.sources[]';

const OWNERS: readonly string[] = [
  ...[...FILES, 'projected'].map((source) => `volumes[].${source}.defaultUser`),
  ...FILES.map((source) => `volumes[].${source}.items[].user`),
  ...FILES.map((source) => `${SOURCE}.${source}.items[].user`),
  ...['clusterTrustBundle', 'podCertificate', 'serviceAccountToken'].map((source) => `${SOURCE}.${source}.user`),
];

const gated = (gate: FeatureGate, fields: readonly string[]): readonly GatedField[] =>
  fields.map((field) => ({ field, gate }));

/** Source: pkg/api/pod/util.go `dropDisabledFields`. */
export const GATED_FIELDS: readonly GatedField[] = [
  { field: 'containers[].restartPolicy', gate: 'SidecarContainers', only: 'initContainers' },
  ...gated('ContainerStopSignals', ['containers[].lifecycle.stopSignal']),
  ...gated('EnvFiles', ['containers[].env[].valueFrom.fileKeyRef']),
  ...gated('ImageVolume', ['volumes[].image']),
  ...gated('PodLevelResources', ['resources']),
  ...gated(
    'ProbeTerminationGracePeriod',
    PROBES.map((probe) => `${probe}.terminationGracePeriodSeconds`),
  ),
  ...gated(
    'PodLifecycleSleepAction',
    HOOKS.map((hook) => `${hook}.sleep`),
  ),
  ...gated(
    'H2CContainerProbe',
    [...PROBES, ...HOOKS].map((handler) => `${handler}.httpGet.protocol`),
  ),
  ...gated(
    'GRPCContainerProbeTLS',
    PROBES.map((probe) => `${probe}.grpc.mode`),
  ),
  ...gated('EmptyDirVolumeMode', ['volumes[].emptyDir.mode']),
  ...gated('VolumeBindMountOptions', ['containers[].volumeMounts[].bindMountOptions']),
  ...gated('AtomicWriteVolumeUserFields', OWNERS),
  ...gated('EvictionRequestAPI', ['evictionResponders']),
];
