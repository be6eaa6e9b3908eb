/** A command line of a POSIX shell, as a tree. */
export type Command =
  | { readonly kind: 'simple'; readonly assigns: readonly Assign[]; readonly words: readonly Word[] }
  | {
      readonly kind: 'list';
      readonly commands: readonly { readonly command: Command; readonly inBackground: boolean }[];
    }
  | { readonly kind: 'both'; readonly operator: '&&' | '||'; readonly left: Command; readonly right: Command }
  | { readonly kind: 'pipe'; readonly left: Command; readonly right: Command }
  | { readonly kind: 'not'; readonly command: Command }
  | { readonly kind: 'subshell'; readonly body: Command }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise?: Command }
  | { readonly kind: 'loop'; readonly until: boolean; readonly condition: Command; readonly body: Command }
  | { readonly kind: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: Command }
  | { readonly kind: 'case'; readonly word: Word; readonly branches: readonly CaseBranch[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command }
  | { readonly kind: 'redirected'; readonly command: Command; readonly redirects: readonly Redirect[] };

export interface Assign {
  readonly name: string;
  readonly value: Word;
}

interface Branch {
  readonly condition: Command;
  readonly body: Command;
}

interface CaseBranch {
  readonly patterns: readonly Word[];
  readonly body: Command;
}

export interface Redirect {
  readonly fd: number;
  readonly operator: '<' | '>' | '>>' | '>&';
  readonly target: Word;
}

/** A word before it is expanded. What is quoted is neither split nor a pattern. */
export type Word = readonly WordPart[];

export type WordPart = { readonly isQuoted: boolean } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string; readonly operator?: string; readonly argument?: Word }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'arithmetic'; readonly expression: Word }
);

/** Why a command line cannot be interpreted: it says something that this shell does not know. */
export class NotScriptable extends Error {
  override readonly name = 'NotScriptable';
}
