import { RuntimeError } from '../../runtime/runtimeError';

/** An error as it crosses from one process to the other. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly where?: string;
  readonly cause?: ErrorData;
}

/** `hide` takes out what may not be told: an engine quotes the command that it could not run. */
export function errorData(error: unknown, hide: (text: string) => string = (text) => text): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: hide(String(error)) };
  return {
    name: error.name,
    message: hide(error.message),
    ...(error instanceof RuntimeError && { where: hide(error.where) }),
    ...(error.cause !== undefined && { cause: errorData(error.cause, hide) }),
  };
}

/** The same error on this side: of its class, with its message and its causes. */
export function revived({ name, message, where, cause }: ErrorData): Error {
  const options = cause && { cause: revived(cause) };
  if (where !== undefined) return new RuntimeError(where, message.slice(`${where}: `.length), options);
  const error = new Error(message, options);
  error.name = name;
  return error;
}
