/**
 * The container engine is missing, or did something no rehearsal can go on with. Its reader looks at the engine.
 *
 * `where` names the engine, image or container; the message says what is wrong there and what would be right.
 */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly where: string;

  constructor(where: string, wrong: string, options?: ErrorOptions) {
    super(`${where}: ${wrong}`, options);
    this.where = where;
  }
}
