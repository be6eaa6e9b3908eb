/** Texts that cause harm if a program shows them unchanged. */
export const PAYLOADS: Readonly<Record<string, string>> = {
  'an escape code that clears the screen': 'a\u001b[2J\u001b[Hb',
  'an escape code that hides text': 'a\u001b[8mb\u001b[0m',
  'a title for the window': 'a\u001b]0;owned\u0007b',
  'an escape code of one byte': 'a\u009b31mb\u009d0;owned\u009c',
  'a carriage return that overwrites': 'failed\rpassed',
  'a backspace that overwrites': 'failed\b\b\b\b\b\bpassed',
  'text from right to left': 'a\u202egpj.exe\u202c',
  'an isolate of text': 'a\u2066b\u2069\u200f',
  'text that takes no room': 'a\u200bb\ufeffc\u2060d',
  'tag characters': `a${String.fromCodePoint(0xe0069, 0xe0067)}b`,
  'half of a pair': 'a\ud800b',
  'a GitHub command': '::add-mask::a',
  'a GitHub command on a line of its own': 'a\n::error file=x::owned',
  'an indented GitHub command': 'a\n \t ::set-output name=x::owned',
  'the end of a stop of commands': 'a\n::stop-commands::x',
  'an old GitHub command': 'a ##[error]owned',
  'an Azure command': 'a ##vso[task.setvariable variable=x]owned',
  'an Azure command in capitals': '##VSO[task.complete result=Succeeded;]',
  'a TeamCity command': "##teamcity[buildStatus status='SUCCESS']",
  'the end of a CDATA section': 'a ]]> b ]]><skipped/> c ]]>',
  'a character that XML lacks': 'a\u0000\ufffeb',
  'a script': '</script><script>alert(1)</script><img src=x onerror=alert(2)>',
  'the end of an attribute': `" onmouseover="alert(1)' x='`,
  'an image of Markdown': 'a ![x](https://evil.example/x.png) [y](javascript:alert(1))',
  'a mention and a link': '@everyone see https://evil.example #1',
  'the end of a block of code': 'a\n```\n# owned\n````\n<img src=x>',
  'a row of a table': 'a | passed |\n| ✅ | `valid` | passed |',
};

const UNSEEN =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const COLOR = new RegExp(`${String.fromCharCode(27)}\\[(?:[0-7]|2[2347]|39|3[1-7]|9[0-7])?m`, 'g');

/**
 * Returns the parts of a text on which a terminal or a CI system acts, except the colors of Jest, line breaks and tabs.
 */
export function actedOn(text: string): readonly string[] {
  const plain = text.replaceAll(COLOR, '');
  return [
    ...[...plain.matchAll(UNSEEN)].map(([found]) => found).filter((found) => found !== '\n' && found !== '\t'),
    ...(plain.match(/^\s*::[a-z].*$/gim) ?? []),
    ...(plain.match(/##[a-z]*\[.*$/gim) ?? []),
  ];
}
