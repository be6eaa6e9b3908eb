import { explainCommand } from '../../src/cli/explain/explainCommand';
import { type GateCommandOptions, gateCommand } from '../../src/cli/gate/gateCommand';
import { initCommand } from '../../src/cli/init/initCommand';
import { lintCommand } from '../../src/cli/lint/lintCommand';
import { printError } from '../../src/cli/printError';
import { safeConsole } from '../../src/cli/safeConsole';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The commands that read a manifest. They run as from the command line, but in this process. */
export const COMMANDS = {
  gate: (options: GateCommandOptions, input = '') =>
    runCommand(input, (console) => gateCommand(options, console, '1.2.3')),
  lint: ({ file = [], format = 'text' }: { file?: readonly string[]; format?: 'text' | 'json' }, input = '') =>
    runCommand(input, (console) => lintCommand({ file, format }, console)),
  explain: ({ file = [] }: { file?: readonly string[] }, input = '') =>
    runCommand(input, (console) => explainCommand({ file, kubernetesVersion: '1.36' }, console)),
  init: ({ folder = process.cwd(), ...options }: { file?: string; gate?: boolean; folder?: string }) =>
    runCommand('', (console) => initCommand({ ...options, yes: true }, console, folder)),
} as const;

type Console = Parameters<typeof printError>[1];

async function runCommand(input: string, command: (console: Console) => Promise<number>): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const bare: Console = {
    in: (async function* () {
      yield input;
    })(),
    out: (line) => void out.push(`${line}\n`),
    data: (text) => void out.push(`${text}\n`),
    err: (line) => void err.push(`${line}\n`),
  };
  const console = safeConsole(bare, {});
  const code = await command(console).catch((error) => printError(error, console));
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** A manifest that passes every check without a container engine. */
export const GOOD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: web:1
    readinessProbe: {httpGet: {port: 8080}}
`;
