/** The command in an image. */
export interface ImageCommand {
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
}

/** The command in the manifest of a container, with its `$(NAME)` references expanded. */
export interface ContainerCommand {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/**
 * Returns the arguments with which a container starts, or an empty list if neither the image nor the manifest names a
 * command. `command` replaces the entrypoint and the cmd of the image, and `args` replace only the cmd.
 * Source: the field documentation of core/v1 `Container`; containerd internal/cri/opts/spec_opts.go `WithProcessArgs`.
 *
 */
export function argvOf(image: ImageCommand, container: ContainerCommand): readonly string[] {
  const { command = [], args = [] } = container;
  if (command.length > 0) return [...command, ...args];
  return [...(image.entrypoint ?? []), ...(args.length > 0 ? args : (image.cmd ?? []))];
}
