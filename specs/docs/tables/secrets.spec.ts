import { expect, test } from '@jest/globals';
import { CUT_TEXT_MIN, LINE_MIN, VALUE_BYTES_MAX, VALUE_MIN } from '../../../src/masking/limits';
import { hiderOf } from '../../../src/masking/masker';
import { page } from '../pages';

test('docs/secrets.md names the limits', () => {
  const text = page('docs/secrets.md').text.replaceAll('\n', ' ');
  expect(text).toContain(`unchanged, also without spaces at its ends | from ${VALUE_MIN} characters |`);
  expect(text).toContain(`each line of a value with several lines | from ${LINE_MIN} characters |`);
  expect(text).toContain(`the first ${VALUE_BYTES_MAX / 1_024} KiB of a value`);
  expect(CUT_TEXT_MIN).toBeLessThan(2_048);
});

test('masks an oversized value line by line after its beginning', () => {
  const long = `${'x'.repeat(VALUE_BYTES_MAX)}\nthe last line`;
  const hide = hiderOf({ secrets: { db: { long } } });
  expect(hide('says the last line!')).toBe('says ***!');
});
