import { type ApiServer, isEnabled, NEWEST } from '../apiServer';
import { type FieldError, forbidden, notSupported, required, tooMany } from '../fieldError';
import type { FieldPath } from '../fieldPath';
import type { Container, ContainerRestartRule } from '../model';
import type { Written } from '../written';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const OPERATORS = ['In', 'NotIn'];
const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;

/**
 * Whether a container may decide on its own restarts. Before restart rules only an init container could, by being a
 * sidecar.
 *
 * Source: validation.go `validateContainerRestartPolicy`, `validateInitContainerRestartPolicy`.
 */
export function validateContainerRestartPolicy(
  container: Written<Container>,
  type: 'container' | 'init container',
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const { restartPolicy } = container;
  if (isEnabled(server, 'ContainerRestartRules')) return validateRestartRules(container, type, path, server);
  if (restartPolicy === undefined) return [];
  const at = path.child('restartPolicy');
  if (type === 'container') return [forbidden(at, 'may not be set for non-init containers')];
  return restartPolicy === 'Always' ? [] : [notSupported(at, restartPolicy, ['Always'])];
}

function validateRestartRules(
  { restartPolicy, restartPolicyRules: rules = [] }: Written<Container>,
  type: 'container' | 'init container',
  path: FieldPath,
  server: ApiServer,
): FieldError[] {
  const policyPath = path.child('restartPolicy');
  const rulesPath = path.child('restartPolicyRules');
  const restartAll = isEnabled(server, 'RestartAllContainersOnContainerExits');
  const sidecar = type === 'init container' && restartPolicy === 'Always';
  return [
    ...(restartPolicy === undefined && rules.length > 0
      ? [required(policyPath, 'must specify restartPolicy when restart rules are used')]
      : []),
    ...(restartPolicy !== undefined && !POLICIES.includes(restartPolicy)
      ? [notSupported(policyPath, restartPolicy, POLICIES)]
      : []),
    ...(sidecar && !restartAll && rules.length > 0
      ? [forbidden(rulesPath, 'restartPolicyRules are not allowed for init containers with restart policy Always')]
      : []),
    ...(rules.length > RULES_MAX ? [tooMany(rulesPath, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, index) => validateRestartRule(rule, restartAll, rulesPath.index(index))),
  ];
}

function validateRestartRule(
  { action = '', exitCodes }: Written<ContainerRestartRule>,
  restartAll: boolean,
  path: FieldPath,
): FieldError[] {
  const actions = restartAll ? ['Restart', 'RestartAllContainers'] : ['Restart'];
  return [
    ...(actions.includes(action) ? [] : [notSupported(path.child('action'), action, actions)]),
    ...(exitCodes
      ? validateExitCodes(exitCodes, path.child('exitCodes'))
      : [required(path.child('exitCodes'), 'must be specified')]),
  ];
}

function validateExitCodes(
  { operator = '', values = [] }: Written<NonNullable<ContainerRestartRule['exitCodes']>>,
  path: FieldPath,
): FieldError[] {
  return [
    ...(OPERATORS.includes(operator) ? [] : [notSupported(path.child('operator'), operator, OPERATORS)]),
    ...(values.length > EXIT_CODES_MAX ? [tooMany(path.child('values'), values.length, EXIT_CODES_MAX)] : []),
  ];
}
