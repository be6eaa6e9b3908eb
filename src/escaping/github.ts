import { terminalText } from './terminal';

/** Returns a text for the message of a workflow command. Source: actions/toolkit command.ts `escapeData`. */
export function commandMessage(text: string): string {
  return terminalText(text.replaceAll('\r', '')).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** Returns a text for a property of a workflow command. Source: actions/toolkit command.ts `escapeProperty`. */
export function commandProperty(text: string): string {
  return commandMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
