import { describe, expect, test } from '@jest/globals';
import { DEFAULT_CONFIG, endsContainerOnOOM, type KubeletConfig } from '../../../../src/kubelet/behavior/config';

const ends = (more: Partial<KubeletConfig>) => endsContainerOnOOM({ ...DEFAULT_CONFIG, ...more });

/** Source: kuberuntime_container_linux.go `generateLinuxContainerResources`. */
describe('endsContainerOnOOM', () => {
  test('ends the whole container with cgroup v2 since 1.28', () => {
    expect(ends({ kubernetesVersion: '1.28' })).toBe(true);
    expect(ends({ kubernetesVersion: '1.27' })).toBe(false);
  });

  test('ends only one process with cgroup v1', () => {
    expect(ends({ cgroup: 'v1' })).toBe(false);
  });

  test('uses singleProcessOOMKill since 1.32', () => {
    expect(ends({ kubernetesVersion: '1.32', singleProcessOOMKill: true })).toBe(false);
    expect(ends({ kubernetesVersion: '1.31', singleProcessOOMKill: true })).toBe(true);
    expect(ends({ kubernetesVersion: '1.32', singleProcessOOMKill: false })).toBe(true);
  });
});
