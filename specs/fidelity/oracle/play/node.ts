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

/** Its kubelet, for one of the ways in which chance may fall. */
export function nodeConfig(kubernetesVersion: string, seed: number): Partial<KubeletConfig> {
  return { kubernetesVersion, profile: NODE, cgroup: 'v1', seed };
}

/** How long a server of the node's images takes to listen: with every other seed a first probe comes before. */
export function appLagMs(seed: number): number {
  return seed % 2 === 0 ? 200 : 0;
}
