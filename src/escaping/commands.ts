/** Starts a command anywhere in a line of the log. Source: GitHub and Azure `##[…]`, Azure `##vso[…]`, TeamCity. */
const ANYWHERE = /##(?=[a-z]*\[)/gi;
/** Starts a command at the beginning of a line, after blanks. Source: GitHub actions/runner ActionCommand.cs. */
const AT_THE_START = /^([^\S\n]*):(?=:[a-z])/gim;

/** Returns a text that a CI system shows as it is, and takes no command from. */
export function withoutCommands(text: string): string {
  return text.replace(ANYWHERE, '#\\x23').replace(AT_THE_START, '$1\\x3a');
}
