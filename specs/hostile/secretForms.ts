/** The value of a Secret, with characters that every encoding changes. */
export const VALUE = 'S3cr&t "p/w+ü" <42>\\%x';
/** Parts of the value that no output may show. */
export const TELLTALE = /S3cr|p\/w|<42>|S3%63|UzNjc/i;

const bytes = Buffer.from(VALUE);

function inBase64(before: string, after: string): string {
  return Buffer.from(`${before}${VALUE}${after}`).toString('base64');
}

function inJSON(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Functions that encode the value, by name. */
export const FORMS: Readonly<Record<string, string>> = {
  'as it is': VALUE,
  'in base64': bytes.toString('base64'),
  'in base64 for URLs': bytes.toString('base64url'),
  'in base64 of a longer text, at its first place': inBase64('abc', 'xyz'),
  'in base64 of a longer text, at its second place': inBase64('abcd', 'xyz'),
  'in base64 of a longer text, at its third place': inBase64('abcde', 'xyz'),
  'in base64 of a header': inBase64('user:', ''),
  'in base64 with escape codes between': bytes.toString('base64').split('').join('\u001b[1m'),
  'in hexadecimal digits': bytes.toString('hex'),
  'in capital hexadecimal digits': bytes.toString('hex').toUpperCase(),
  'in a URL': encodeURIComponent(VALUE),
  'in a form': new URLSearchParams({ password: VALUE }).toString(),
  'in a URL that encodes every byte': [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'in a URL that encodes one letter': VALUE.replace('c', '%63').replace('%x', '%25x').replace('+', '%2B'),
  'in JSON': inJSON(VALUE),
  'in JSON that escapes every letter': [...VALUE]
    .map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join(''),
  'in JSON that escapes a slash': inJSON(VALUE).replaceAll('/', '\\/'),
  'in bytes of a shell': [...bytes].map((byte) => `\\x${byte.toString(16)}`).join(''),
  'in octal bytes': [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'in HTML': VALUE.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;'),
  'in HTML by numbers': [...VALUE].map((one) => `&#${one.charCodeAt(0)};`).join(''),
  'with escape codes between its letters': [...VALUE].join('\u001b[0m'),
  'with a title for the window in the middle': VALUE.replace('r&', 'r\u001b]0;x\u0007&'),
  'with characters that take no room between': [...VALUE].join('\u200b'),
  'with NUL bytes between': [...VALUE].join('\u0000'),
  'with characters that turn the direction of writing': `\u202e${[...VALUE].join('\u202c')}`,
  'in a URL with escape codes between': encodeURIComponent(VALUE).split('').join('\u001b[0m'),
  'twice, one after the other': VALUE + VALUE,
};
