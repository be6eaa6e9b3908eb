import type { Container, ContainerRestartRule } from '../model';
import { type ApiServer, isEnabled, NEWEST } from '../values/apiServer';
import { type FieldError, forbidden, makeRequired, notSupported, tooMany } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const OPERATORS = ['In', 'NotIn'];
const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;
const POLICY_MISSING = 'must specify restartPolicy when restart rules are used';
const NO_SIDECAR_RULES = 'restartPolicyRules are not allowed for init containers with restart policy Always';

/**
 * Returns the errors of a container's own restart rules. Older versions have none.
 *
 * Source: validation.go `validateContainers`.
 */
export function validateContainerRestartPolicy(
  container: Unchecked<Container>,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  if (isEnabled(server, 'ContainerRestartRules')) return validatePolicyAndRules(container, path, server);
  if (container.restartPolicy === undefined) return [];
  return [forbidden(path.child('restartPolicy'), 'may not be set for non-init containers')];
}

/**
 * Returns the errors of an init container's restart rules. A sidecar may have rules only if they can restart the whole
 * pod.
 *
 * Source: validation.go `validateInitContainerRestartPolicy`.
 */
export function validateInitContainerRestartPolicy(
  container: Unchecked<Container>,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  const policyPath = path.child('restartPolicy');
  if (restartPolicy === undefined) return rules.length > 0 ? [makeRequired(policyPath, POLICY_MISSING)] : [];
  if (!isEnabled(server, 'ContainerRestartRules')) {
    return restartPolicy === 'Always' ? [] : [notSupported(policyPath, restartPolicy, ['Always'])];
  }
  if (restartPolicy === 'Always' && !isEnabled(server, 'RestartAllContainersOnContainerExits')) {
    return rules.length > 0 ? [forbidden(path.child('restartPolicyRules'), NO_SIDECAR_RULES)] : [];
  }
  return validatePolicyAndRules(container, path, server);
}

function validatePolicyAndRules(
  { restartPolicy, restartPolicyRules: rules = [] }: Unchecked<Container>,
  path: FieldPath,
  server: ApiServer,
): FieldError[] {
  const policyPath = path.child('restartPolicy');
  const rulesPath = path.child('restartPolicyRules');
  return [
    ...(restartPolicy === undefined && rules.length > 0 ? [makeRequired(policyPath, POLICY_MISSING)] : []),
    ...(restartPolicy !== undefined && !POLICIES.includes(restartPolicy)
      ? [notSupported(policyPath, restartPolicy, POLICIES)]
      : []),
    ...(rules.length > RULES_MAX ? [tooMany(rulesPath, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, index) => validateRestartRule(rule, rulesPath.index(index), server)),
  ];
}

/** Returns the errors of a rule. The message names `Restart` alone, even if `RestartAllContainers` is valid. */
function validateRestartRule(
  { action = '', exitCodes }: Unchecked<ContainerRestartRule>,
  path: FieldPath,
  server: ApiServer,
): FieldError[] {
  const restartAll = action === 'RestartAllContainers' && isEnabled(server, 'RestartAllContainersOnContainerExits');
  return [
    ...(action === 'Restart' || restartAll ? [] : [notSupported(path.child('action'), action, ['Restart'])]),
    ...(exitCodes
      ? validateExitCodes(exitCodes, path.child('exitCodes'))
      : [makeRequired(path.child('exitCodes'), 'must be specified')]),
  ];
}

function validateExitCodes(
  { operator = '', values = [] }: Unchecked<NonNullable<ContainerRestartRule['exitCodes']>>,
  path: FieldPath,
): FieldError[] {
  return [
    ...(OPERATORS.includes(operator) ? [] : [notSupported(path.child('operator'), operator, OPERATORS)]),
    ...(values.length > EXIT_CODES_MAX ? [tooMany(path.child('values'), values.length, EXIT_CODES_MAX)] : []),
  ];
}
