import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import path from 'node:path';
import type { BareEngine } from './bareEngine.mts';
import { ROOT } from './root.mts';

/** Above this share of its processors, a machine runs other work. */
const QUIET_LOAD = 0.3;

export interface Machine {
  readonly processors: string;
  readonly memory: string;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Over the minute before the first measurement. */
  readonly load: number;
  readonly isQuiet: boolean;
}

export async function thisMachine(engine: BareEngine): Promise<Machine> {
  const [load = 0] = loadavg();
  return {
    processors: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? arch()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${platform()} ${release()}`,
    versions: {
      'jest-kubelet': versionIn(ROOT),
      Node: process.versions.node,
      engine: await engine.version(),
      testcontainers: readInstalledVersion('testcontainers'),
      Jest: readInstalledVersion('jest'),
    },
    load,
    isQuiet: load <= QUIET_LOAD * availableParallelism(),
  };
}

export function describe({ processors, memory, system, versions, load }: Machine): string {
  const named = Object.entries(versions).map(([name, version]) => (name === 'engine' ? version : `${name} ${version}`));
  return `${processors}, ${memory}, ${system}; ${named.join(', ')}; load ${load.toFixed(1)} at the start`;
}

function readInstalledVersion(name: string): string {
  return versionIn(path.join(ROOT, 'node_modules', name));
}

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
