import { hooksOf, probesOf } from '../../manifest/facts/parts';
import type { Container, EnvVar } from '../../manifest/model';
import type { FieldPath } from '../../manifest/values/fieldPath';
import { type RuleFinding, rule } from '../rule';

/**
 * Source: container/helpers.go `ExpandContainerCommandOnlyStatic`, `v1EnvVarsToMap`, for probes; lifecycle/handlers.go
 * `Run` expands nothing.
 */
export const variableNotExpanded = rule('variable-not-expanded', ({ pod: { spec } }) => [
  ...probesOf(spec).flatMap(({ path, container, value }) =>
    findUnexpanded(value.exec?.command, path, container, ({ valueFrom }) => valueFrom !== undefined),
  ),
  ...hooksOf(spec).flatMap(({ path, container, value }) =>
    findUnexpanded(value.exec?.command, path, container, () => true),
  ),
]);

function findUnexpanded(
  command: readonly string[] | undefined,
  path: FieldPath,
  { env = [] }: Container,
  isUnexpanded: (variable: EnvVar) => boolean,
): RuleFinding[] {
  const isHook = path.segments.includes('lifecycle');
  const named = (command ?? []).flatMap((argument) =>
    [...argument.matchAll(/(?<!\$)\$\((\w+)\)/g)].map(([, name]) => name),
  );
  const variable = env.find((one) => named.includes(one.name) && isUnexpanded(one));
  if (!variable) return [];
  const { name } = variable;
  return [
    {
      path: path.child('exec', 'command'),
      severity: 'error',
      why: isHook
        ? `$(${name}) is not expanded in a hook, so the command receives it as written`
        : `$(${name}) is empty in the command of a probe: only a value in the manifest is expanded there, and this variable has valueFrom`,
      fix: `expand it in a shell: [sh, -c, '… "$${name}"']`,
    },
  ];
}
