import { terminalText } from '../escaping/terminal';

/**
 * Error of a run that was aborted because the container engine failed or does not respond. `where` names the engine,
 * image or container, and the message states the problem and the fix.
 */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly where: string;

  constructor(where: string, wrong: string, options?: ErrorOptions) {
    // An engine quotes the output of containers and builds.
    super(terminalText(`${where}: ${wrong}`), options);
    this.where = terminalText(where);
  }
}

/** Beginning of the message of a run without a result because this machine was too busy to judge the pod. */
export const MACHINE_OVERLOADED = 'machine overloaded';

/** Returns true if an error says that this machine was too busy to judge the pod. */
export function isOverload(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && error.where === MACHINE_OVERLOADED;
}

/** Returns true if an error says that the engine failed, and not that this machine was too busy. */
export function isEngineFailure(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && error.where !== MACHINE_OVERLOADED;
}
