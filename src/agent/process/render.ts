import { checkToolInputs } from '../../manifest/source/toolInputs';
import { commandsFor, type Rendered, type ToolCommand, type ToolSource } from '../../manifest/source/tools';
import { formatList } from '../../wording/list';

/** Most charts render within a second. A chart that downloads its dependencies takes longer. */
const TIMEOUT_MS = 60_000;
const SHOWN_MAX = 2_000;

const INSTALL = {
  helm: 'install it from https://helm.sh, or pass the output of `helm template`',
  kustomize: 'install kustomize or kubectl, or pass the output of `kustomize build`',
} as const;

/** Renders a manifest with its tool. It never rejects: an error of the tool is returned word for word. */
export async function render(source: ToolSource, cwd: string): Promise<Rendered> {
  const refused = checkToolInputs(source, cwd);
  if (refused) return refused;
  for (const command of commandsFor(source)) {
    const rendered = await run(command, cwd);
    if (rendered) return rendered;
  }
  const programs = commandsFor(source).map(({ program }) => program);
  return {
    detail: `${formatList(programs, 'or')} is not installed, or not on the PATH`,
    advice: INSTALL[source.tool],
  };
}

/** Returns undefined if the program does not exist. */
async function run({ program, args, input = '' }: ToolCommand, cwd: string): Promise<Rendered | undefined> {
  // Few manifests are rendered, and no pod should wait until this module is loaded.
  const { ExecaError, execa } = await import('execa');
  try {
    const { stdout } = await execa(program, args, { cwd, input, timeout: TIMEOUT_MS, stripFinalNewline: false });
    return { text: stdout };
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    if (error.code === 'ENOENT') return undefined;
    if (error.timedOut) return { detail: `${program} did not exit within ${TIMEOUT_MS / 1_000}s` };
    const complaint = String(error.stderr ?? '').trim() || error.shortMessage;
    return { detail: `${program} failed: ${complaint.slice(0, SHOWN_MAX)}` };
  }
}
