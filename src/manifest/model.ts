/**
 * Part of Kubernetes' API that has an effect here, with its own field names; fields that the API server fills in are
 * required.
 *
 * Source: API reference core/v1; defaults in pkg/apis/core/v1/defaults.go.
 */
export interface Pod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

export interface ObjectMeta {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace: string;
  readonly uid: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

export interface PodSpec {
  readonly restartPolicy: RestartPolicy;
  /** Filled in (30) by the API server; absent only where its defaulting is off. */
  readonly terminationGracePeriodSeconds?: number;
  readonly activeDeadlineSeconds?: number;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  /** Never started: they come with `kubectl debug`, not with a manifest. */
  readonly ephemeralContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly readinessGates?: readonly { readonly conditionType: string }[];
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly setHostnameAsFQDN?: boolean;
  readonly hostAliases?: readonly HostAlias[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly securityContext?: PodSecurityContext;
  readonly dnsPolicy?: string;
  readonly enableServiceLinks?: boolean;
  readonly nodeName?: string;
  readonly os?: { readonly name: string };
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
  readonly resources?: ResourceRequirements;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFromSource[];
  readonly ports?: readonly ContainerPort[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly resources?: ResourceRequirements;
  readonly securityContext?: SecurityContext;
  readonly lifecycle?: Lifecycle;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly restartPolicy?: RestartPolicy;
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: 'File' | 'FallbackToLogsOnError';
}

/** Names for an address in the pod's hosts file. */
export interface HostAlias {
  readonly ip: string;
  readonly hostnames?: readonly string[];
}

interface RunAs {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
}

/** Settings for every container of a pod that does not set them itself. */
export interface PodSecurityContext extends RunAs {
  readonly supplementalGroups?: readonly number[];
  readonly fsGroup?: number;
}

export interface SecurityContext extends RunAs {
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: EnvVarSource;
}

/** Source of a variable's value; one field is set. */
export interface EnvVarSource {
  readonly configMapKeyRef?: KeySelector;
  readonly secretKeyRef?: KeySelector;
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
}

export interface KeySelector {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface ObjectFieldSelector {
  readonly apiVersion?: string;
  /** `metadata.labels['app']`, `status.podIP`. */
  readonly fieldPath: string;
}

export interface ResourceFieldSelector {
  readonly containerName?: string;
  /** `limits.cpu`, `requests.memory`. */
  readonly resource: string;
  /** Unit of the amount, which is rounded up. */
  readonly divisor?: string;
}

export interface EnvFromSource {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
  readonly secretRef?: { readonly name: string; readonly optional?: boolean };
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
  readonly hostPort?: number;
  readonly hostIP?: string;
}

/** Volume's name and its source; an ignored storage has the name alone. */
export interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string; readonly optional?: boolean } & FilesOf<KeyToPath>;
  readonly downwardAPI?: FilesOf<DownwardAPIFile>;
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
  readonly projected?: { readonly defaultMode?: number; readonly sources?: readonly VolumeProjection[] };
  readonly secret?: { readonly secretName: string; readonly optional?: boolean } & FilesOf<KeyToPath>;
}

interface FilesOf<Item> {
  /** The permissions of files that say none of their own: 0644 where absent. */
  readonly defaultMode?: number;
  readonly items?: readonly Item[];
}

export interface VolumeProjection {
  readonly configMap?: { readonly name: string; readonly optional?: boolean; readonly items?: readonly KeyToPath[] };
  readonly downwardAPI?: { readonly items?: readonly DownwardAPIFile[] };
  readonly secret?: { readonly name: string; readonly optional?: boolean; readonly items?: readonly KeyToPath[] };
}

/** Which file a key's content goes to. */
export interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

export interface DownwardAPIFile {
  readonly path: string;
  readonly mode?: number;
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  /** Expanded with the container's variables. */
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
}

export interface ResourceRequirements {
  readonly limits?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
}

export interface ContainerRestartRule {
  readonly action: 'Restart' | 'RestartAllContainers';
  readonly exitCodes?: { readonly operator: 'In' | 'NotIn'; readonly values?: readonly number[] };
}

export interface Lifecycle {
  readonly postStart?: LifecycleHandler;
  readonly preStop?: LifecycleHandler;
  readonly stopSignal?: string;
}

/** Port by number, or by its name in the same container. */
export type IntOrString = number | string;

export interface ExecAction {
  readonly command: readonly string[];
}

export interface HTTPGetAction {
  readonly path: string;
  readonly port: IntOrString;
  readonly host?: string;
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly protocol?: 'HTTP1' | 'HTTP2';
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

export interface TCPSocketAction {
  readonly port: IntOrString;
  readonly host?: string;
}

export interface GRPCAction {
  readonly port: number;
  readonly service?: string;
  readonly mode?: 'Plaintext' | 'TLS';
}

export interface ProbeHandler {
  readonly exec?: ExecAction;
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: TCPSocketAction;
  readonly grpc?: GRPCAction;
}

export interface Probe extends ProbeHandler {
  readonly initialDelaySeconds: number;
  readonly timeoutSeconds: number;
  readonly periodSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface LifecycleHandler {
  readonly exec?: ExecAction;
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: TCPSocketAction;
  readonly sleep?: { readonly seconds: number };
}

/** Returns whether an init container is a sidecar, which is kept running: one with `restartPolicy: Always`. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

export type ContainerLists = Pick<PodSpec, 'initContainers' | 'containers'>;

/** Returns every container of a pod, in the order of their start: init containers and sidecars first. */
export function containersOf({ initContainers, containers }: ContainerLists): readonly Container[] {
  return [...initContainers, ...containers];
}

/** Names are unique among all containers of a pod. */
export function containerNamed(spec: ContainerLists, name: string): Container | undefined {
  return containersOf(spec).find((container) => container.name === name);
}
