/** What an image says is run in it. */
export interface ImageCommand {
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
}

/** What a container's manifest says is run in it, with its `$(NAME)` references already expanded. */
export interface ContainerCommand {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/**
 * The argument vector a container is started with: `command` stands in for the image's entrypoint and drops its cmd as
 * well; `args` stand in for the cmd alone. Empty when neither the image nor the manifest names a command.
 *
 * Source: the field documentation of core/v1 `Container`; containerd internal/cri/opts/spec_opts.go `WithProcessArgs`.
 */
export function argvOf(image: ImageCommand, container: ContainerCommand): readonly string[] {
  const { command = [], args = [] } = container;
  if (command.length > 0) return [...command, ...args];
  return [...(image.entrypoint ?? []), ...(args.length > 0 ? args : (image.cmd ?? []))];
}
