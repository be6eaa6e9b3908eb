/** An amount of a resource, exact to a billionth, and the way it was written. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: 'BinarySI' | 'DecimalSI' | 'DecimalExponent';
}

const UNIT = 1_000_000_000n;
const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:([EPTGMK]i)|([numkMGTPE]?)|[eE]([+-]?\d+))$/;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const DIGITS_MAX = 100;

/**
 * Reads `250m`, `1.5`, `128Mi`, `1e3`, and returns undefined for a text that is not a quantity. Parts below a billionth
 * are rounded away from zero.
 *
 * Source: apimachinery pkg/api/resource/quantity.go `ParseQuantity`.
 */
export function parseQuantity(written: string): Quantity | undefined {
  const match = written.length <= DIGITS_MAX ? WRITTEN.exec(written) : undefined;
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', binary, decimal = '', exponent] = match;
  const digits = whole + fraction;
  if (digits === '' || Math.abs(Number(exponent ?? 0)) > DIGITS_MAX) return undefined;

  const power =
    exponent === undefined ? DECIMAL.indexOf(decimal as (typeof DECIMAL)[number]) * 3 - 9 : Number(exponent);
  const [factor, divisor] = binary
    ? [1024n ** BigInt(BINARY.indexOf(binary as (typeof BINARY)[number])), 1n]
    : [10n ** BigInt(Math.max(power, 0)), 10n ** BigInt(Math.max(-power, 0))];
  const nanos = divideUp(BigInt(digits) * factor * UNIT, divisor * 10n ** BigInt(fraction.length));
  return {
    nanos: sign === '-' ? -nanos : nanos,
    format: binary ? 'BinarySI' : exponent === undefined ? 'DecimalSI' : 'DecimalExponent',
  };
}

export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/**
 * Returns the canonical form: the largest unit that needs no fraction.
 *
 * Source: quantity.go `CanonicalizeBytes`, which writes a binary quantity below 1024 the decimal way.
 */
export function formatQuantity({ nanos, format }: Quantity): string {
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size === 0n) return '0';
  if (format === 'BinarySI' && size >= 1024n * UNIT && size % UNIT === 0n) {
    const [mantissa, power] = shorten(size / UNIT, 1024n, BINARY.length - 1);
    return `${sign}${mantissa}${BINARY[power]}`;
  }
  const [mantissa, power] = shorten(size, 1000n, DECIMAL.length - 1);
  if (format !== 'DecimalExponent') return `${sign}${mantissa}${DECIMAL[power]}`;
  const exponent = power * 3 - 9;
  return exponent === 0 ? `${sign}${mantissa}` : `${sign}${mantissa}e${exponent}`;
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

function shorten(value: bigint, base: bigint, limit: number): [mantissa: bigint, power: number] {
  let mantissa = value;
  let power = 0;
  while (power < limit && mantissa % base === 0n) {
    mantissa /= base;
    power += 1;
  }
  return [mantissa, power];
}
