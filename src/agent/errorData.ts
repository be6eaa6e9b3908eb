import { RuntimeError } from '../runtime/runtimeError';

/** An error as it crosses from one process to the other. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly where?: string;
  readonly cause?: ErrorData;
}

export function errorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error instanceof RuntimeError && { where: error.where }),
    ...(error.cause !== undefined && { cause: errorData(error.cause) }),
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
