import { expect, test } from '@jest/globals';
import { addQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../../src/manifest/values/quantity';

const quantity = (written: string) => parseQuantity(written) as Quantity;

test.each([
  ['1', 1_000_000_000n],
  ['250m', 250_000_000n],
  ['0.5', 500_000_000n],
  ['.5', 500_000_000n],
  ['+1.', 1_000_000_000n],
  ['-1k', -1_000_000_000_000n],
  ['1Ki', 1_024_000_000_000n],
  ['1.5Gi', 1_610_612_736_000_000_000n],
  ['1e3', 1_000_000_000_000n],
  ['1E-3', 1_000_000n],
  ['1E', 1_000_000_000_000_000_000_000_000_000n],
  ['0.1n', 1n],
])('parses the quantity %s', (written, nanos) => {
  expect(quantity(written).nanos).toBe(nanos);
});

test.each(['', '.', 'x', '1 Gi', '1gi', '1KiB', '1e', '1m5', '--1', '1e999999999', '1'.repeat(200)])(
  'rejects %s as a quantity',
  (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  },
);

test.each([
  ['1000m', '1'],
  ['1100m', '1100m'],
  ['0.5', '500m'],
  ['1000Mi', '1000Mi'],
  ['1024Mi', '1Gi'],
  ['0.5Gi', '512Mi'],
  ['0.5Ki', '512'],
  ['2000', '2k'],
  ['1e3', '1e3'],
  ['0Gi', '0'],
  ['-0.5', '-500m'],
])('formats the quantity %s as %s', (written, canonical) => {
  expect(formatQuantity(quantity(written))).toBe(canonical);
});

test('adds quantities without rounding', () => {
  expect(formatQuantity(addQuantities(quantity('50Mi'), quantity('500Mi')))).toBe('550Mi');
  expect(formatQuantity(addQuantities(quantity('0'), quantity('0.1')))).toBe('100m');
});
