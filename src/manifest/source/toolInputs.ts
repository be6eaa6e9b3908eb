import { statSync } from 'node:fs';
import path from 'node:path';
import { firstLinkOut, homeOf, leavesByLink } from './links';
import type { Rendered, ToolSource } from './tools';

/**
 * Returns why a tool must not run for a source with paths from `cwd`, or undefined if it may. A name must not be an option,
 * and a chart must not read files of this machine through a link.
 */
export function checkToolInputs(source: ToolSource, cwd: string): Exclude<Rendered, { text: string }> | undefined {
  const option = namesIn(source).find((name) => name.startsWith('-'));
  if (option !== undefined) {
    const detail = `${JSON.stringify(option)} begins with "-", so ${source.tool} would read it as an option`;
    return { detail, advice: 'begin a path with ./' };
  }
  const link = pathsIn(source)
    .map((one) => linkIn(path.resolve(cwd, one), cwd))
    .find((found) => found !== undefined);
  if (link === undefined) return undefined;
  const detail = `${path.relative(cwd, link)} is a link out of its folder`;
  return { detail, advice: 'replace the link with the file' };
}

function namesIn(source: ToolSource): readonly string[] {
  if (source.tool === 'kustomize') return [source.dir];
  const { chart, release, namespace, set = {} } = source;
  return [chart, ...filesOf(source), ...Object.keys(set), release, namespace].filter((name) => name !== undefined);
}

/** Returns the paths of a source. A chart may also be a reference, which is not a path. */
function pathsIn(source: ToolSource): readonly string[] {
  return source.tool === 'kustomize' ? [source.dir] : [source.chart, ...filesOf(source)];
}

function filesOf({ values = [] }: Extract<ToolSource, { tool: 'helm' }>): readonly string[] {
  if (typeof values === 'string') return [values];
  return Array.isArray(values) ? values : [];
}

function linkIn(file: string, cwd: string): string | undefined {
  const home = homeOf(file, cwd);
  if (leavesByLink(file, home)) return file;
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ? firstLinkOut(file, home) : undefined;
}
