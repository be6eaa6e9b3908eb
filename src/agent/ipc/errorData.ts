import { RuntimeError } from '../../runtime/runtimeError';

/** An error in the form in which it passes between the processes. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly where?: string;
  readonly cause?: ErrorData;
}

/**
 * Returns an error as data. `hide` removes Secrets from its texts, because an engine quotes the command that it could
 * not run.
 */
export function errorData(error: unknown, hide: (text: string) => string = (text) => text): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: hide(String(error)) };
  return {
    name: error.name,
    message: hide(error.message),
    ...(error instanceof RuntimeError && { where: hide(error.where) }),
    ...(error.cause !== undefined && { cause: errorData(error.cause, hide) }),
  };
}

/** Returns the same error in this process: with its class, its message and its causes. */
export function reviveError({ name, message, where, cause }: ErrorData): Error {
  const options = cause && { cause: reviveError(cause) };
  if (where !== undefined) return new RuntimeError(where, message.slice(`${where}: `.length), options);
  const error = new Error(message, options);
  error.name = name;
  return error;
}
