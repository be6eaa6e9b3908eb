import { EXPANDED_BYTES_MAX } from '../limits';

const REFERENCE = /\$(\$|\(([^)]*)\))/g;

/** A text whose references stand for more than any process takes. Each may double the one before. */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';

  constructor() {
    super(`its references expand to more than ${EXPANDED_BYTES_MAX / 1_024} KiB, the limit of Linux`);
  }
}

/**
 * Puts the values of variables into `$(NAME)` references, as the kubelet does without a shell for the command, the
 * arguments and exec probes. `$$(NAME)` becomes `$(NAME)`, and an unknown or unclosed reference
 * stays as it is written.
 *
 * Source: third_party/forked/golang/expansion/expand.go `Expand`.
 *
 * @throws ExpansionError before it takes more memory than a process takes bytes.
 */
export function expandText(text: string, env: Readonly<Record<string, string>>): string {
  let bytes = Buffer.byteLength(text);
  return text.replace(REFERENCE, (reference, escaped: string, name: string) => {
    if (escaped === '$') return '$';
    if (!Object.hasOwn(env, name)) return reference;
    const value = env[name] as string;
    bytes += Buffer.byteLength(value) - Buffer.byteLength(reference);
    if (bytes >= EXPANDED_BYTES_MAX) throw new ExpansionError();
    return value;
  });
}

/** {@link expandText} for each argument; arguments are neither split nor joined. */
export function expand(argv: readonly string[], env: Readonly<Record<string, string>>): string[] {
  return argv.map((argument) => expandText(argument, env));
}

/**
 * Returns the variables that exec probes may refer to: those written out in the manifest. A variable with `valueFrom`
 * counts as empty; those of `envFrom` and of the image are not included.
 *
 * Source: container/helpers.go `ExpandContainerCommandOnlyStatic`, `v1EnvVarsToMap`.
 */
export function staticEnv(
  env: readonly { readonly name: string; readonly value?: string }[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(env.map(({ name, value = '' }) => [name, value]));
}
