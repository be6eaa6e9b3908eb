import type { IntOrString } from '../../../../src/manifest/model';
import { findPortByName, resolveContainerPort } from '../../../../src/probes/port';
import { portsOf } from './handlers';
import { attempt, SOURCE_BEHAVIOR, type Subject, wordsOf } from './words';

/** Probes and hooks look a port up alike. */
const resolvePort: Subject = async (given) => {
  const { port, ports } = wordsOf('given', given, ['port', 'ports']);
  return attempt(() => ({ port: resolveContainerPort(port as IntOrString, portsOf(ports), SOURCE_BEHAVIOR) }));
};

export const ports: Readonly<Record<string, Subject>> = {
  'probe.resolvePort': resolvePort,
  'lifecycle.resolvePort': resolvePort,

  'probe.findPortByName': async (given) => {
    const { name, ports } = wordsOf('given', given, ['name', 'ports']);
    const port = findPortByName(portsOf(ports), String(name));
    return port === undefined ? { error: true } : { port, error: false };
  },
};
