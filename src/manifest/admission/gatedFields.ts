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

const listGated = (gate: FeatureGate, fields: readonly string[]): readonly GatedField[] =>
  fields.map((field) => ({ field, gate }));

/** Source: pkg/api/pod/util.go `dropDisabledFields`. */
export const GATED_FIELDS: readonly GatedField[] = [
  { field: 'containers[].restartPolicy', gate: 'SidecarContainers', only: 'initContainers' },
  ...listGated('ContainerStopSignals', ['containers[].lifecycle.stopSignal']),
  ...listGated('EnvFiles', ['containers[].env[].valueFrom.fileKeyRef']),
  ...listGated('ImageVolume', ['volumes[].image']),
  ...listGated('PodLevelResources', ['resources']),
  ...listGated(
    'ProbeTerminationGracePeriod',
    PROBES.map((probe) => `${probe}.terminationGracePeriodSeconds`),
  ),
  ...listGated(
    'PodLifecycleSleepAction',
    HOOKS.map((hook) => `${hook}.sleep`),
  ),
  ...listGated(
    'H2CContainerProbe',
    [...PROBES, ...HOOKS].map((handler) => `${handler}.httpGet.protocol`),
  ),
  ...listGated(
    'GRPCContainerProbeTLS',
    PROBES.map((probe) => `${probe}.grpc.mode`),
  ),
  ...listGated('EmptyDirVolumeMode', ['volumes[].emptyDir.mode']),
  ...listGated('VolumeBindMountOptions', ['containers[].volumeMounts[].bindMountOptions']),
  ...listGated('AtomicWriteVolumeUserFields', OWNERS),
  ...listGated('EvictionRequestAPI', ['evictionResponders']),
];
