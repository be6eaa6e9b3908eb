import { hooksOf, probesOf } from '../../manifest/facts/parts';
import type { Container, EnvVar } from '../../manifest/model';
import type { FieldPath } from '../../manifest/values/fieldPath';
import { type Flaw, rule } from '../rule';

/**
 * Source: container/helpers.go `ExpandContainerCommandOnlyStatic`, `v1EnvVarsToMap`, for probes; lifecycle/handlers.go
 * `Run` expands nothing.
 */
export const variableNotExpanded = rule('variable-not-expanded', ({ pod: { spec } }) => [
  ...probesOf(spec).flatMap(({ path, container, value }) =>
    flawsIn(value.exec?.command, path, container, ({ valueFrom }) => valueFrom !== undefined),
  ),
  ...hooksOf(spec).flatMap(({ path, container, value }) => flawsIn(value.exec?.command, path, container, () => true)),
]);

function flawsIn(
  command: readonly string[] | undefined,
  path: FieldPath,
  { env = [] }: Container,
  stays: (variable: EnvVar) => boolean,
): Flaw[] {
  const isHook = path.segments.includes('lifecycle');
  const named = (command ?? []).flatMap((argument) =>
    [...argument.matchAll(/(?<!\$)\$\((\w+)\)/g)].map(([, name]) => name),
  );
  const variable = env.find((one) => named.includes(one.name) && stays(one));
  if (!variable) return [];
  const { name } = variable;
  return [
    {
      path: path.child('exec', 'command'),
      severity: 'error',
      why: isHook
        ? `$(${name}) is not expanded in a hook, and reaches the command as it is written`
        : `$(${name}) is empty in the command of a probe: it sees the values that stand in the manifest, and this one comes from elsewhere`,
      right: `a shell that expands it: [sh, -c, '… "$${name}"']`,
    },
  ];
}
