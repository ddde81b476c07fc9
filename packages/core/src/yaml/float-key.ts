/** A float as a key, which sigs.k8s.io/yaml writes as Go's shortest `%g` of the nearest 32-bit float. */
export function formatFloatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (single === Number.POSITIVE_INFINITY) return '.inf';
  if (single === Number.NEGATIVE_INFINITY) return '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  const { digits, exponent } = shortest(Math.abs(single));
  const sign = single < 0 ? '-' : '';
  if (exponent < -4 || exponent >= 6) {
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** The fewest decimal digits that lead back to the same 32-bit float, and the exponent of the first of them. */
function shortest(single: number): { digits: string; exponent: number } {
  let text = '';
  for (let precision = 1; precision <= 9; precision++) {
    text = toEven(single, single.toExponential(precision - 1), precision);
    if (Math.fround(Number(text)) === single) break;
  }
  const [mantissa = '', exponent = '0'] = text.split('e');
  return { digits: mantissa.replace('.', '').replace(/0+$/, ''), exponent: Number(exponent) };
}

/** JavaScript rounds a number that lies halfway between two texts up, Go to the even digit: 4033500.25 is 4.0335002e+06. */
function toEven(single: number, text: string, precision: number): string {
  const exact = single.toExponential(100).replace('.', '');
  if (!/^50*e/.test(exact.slice(precision))) return text;
  const last = exact.slice(0, precision);
  const isEven = Number(last[precision - 1]) % 2 === 0;
  if (!isEven) return text;
  return `${last[0]}.${last.slice(1)}e${exact.slice(exact.indexOf('e') + 1)}`;
}
