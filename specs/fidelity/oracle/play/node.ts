import type { KubeletConfig, Profile } from '../../../../src/kubelet';

/** The node of the recordings: two cores, the images at hand, up to fifteen pods at a time. */
const NODE: Profile = {
  name: 'recorded',
  firstSyncMs: 20,
  relistMs: 1_000,
  jitter: 0.5,
  sandboxMs: 130,
  pullMs: 0,
  repullMs: 0,
  startMs: 100,
  stopMs: 50,
};

/** Returns the configuration of a kubelet with the random choices of a seed. */
export function nodeConfig(kubernetesVersion: string, seed: number): Partial<KubeletConfig> {
  return { kubernetesVersion, profile: NODE, cgroup: 'v1', seed };
}

/** Returns how long a server of the node images needs to listen. With every other seed, a first probe runs earlier. */
export function appLagMs(seed: number): number {
  return seed % 2 === 0 ? 200 : 0;
}
