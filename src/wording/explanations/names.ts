import type { Explanation, NamedContainer } from './explanation';

/** Explanations of names that do not resolve in the pod. */
export const NAMES = {
  'name-not-resolved': ({ name }: { readonly name: string }): Explanation => ({
    cause: `The name ${name} does not resolve in the pod.`,
    fix: provide(name),
  }),
  'init-not-finished': ({ container, name }: NamedContainer & { readonly name: string | undefined }): Explanation =>
    name === undefined
      ? { cause: `Init container ${container} does not finish, and the pod waits for it without a limit.` }
      : {
          cause: `Init container ${container} does not finish, and the pod waits for it without a limit. It uses the name ${name}, which does not resolve in the pod.`,
          fix: provide(name),
        },
};

function provide(name: string): string {
  return `Pass --service ${name}=HOST:PORT to the gate, or services: { '${name}': 'HOST:PORT' } to runPod.`;
}
