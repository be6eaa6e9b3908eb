import { terminalText } from '../escaping/terminal';

/**
 * The container engine does not respond, or failed, so the run is aborted. The fix is on the engine's side.
 *
 * `where` names the engine, image or container. The message says what is wrong there and how to fix it.
 */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly where: string;

  constructor(where: string, wrong: string, options?: ErrorOptions) {
    // An engine quotes what a container or a build wrote.
    super(terminalText(`${where}: ${wrong}`), options);
    this.where = terminalText(where);
  }
}

/** Begins the message of a run without a result because this machine was too busy to judge the pod. */
export const MACHINE_OVERLOADED = 'machine overloaded';

/** Returns true if an error says that this machine was too busy to judge the pod. */
export function isOverload(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && error.where === MACHINE_OVERLOADED;
}

/** Returns true if an error says that the engine failed, and not that this machine was too busy. */
export function isEngineFailure(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && error.where !== MACHINE_OVERLOADED;
}
