// The type that a scalar has by its text and tag, after go-yaml's resolver: YAML 1.1 words, Go's integer syntax, and YAML's decimal floats.

const SPECIAL = new Map<string, boolean | null | number>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) SPECIAL.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) SPECIAL.set(word, false);
for (const word of ['', '~', 'null', 'Null', 'NULL']) SPECIAL.set(word, null);
for (const word of ['.nan', '.NaN', '.NAN']) SPECIAL.set(word, Number.NaN);
for (const word of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']) SPECIAL.set(word, Number.POSITIVE_INFINITY);
for (const word of ['-.inf', '-.Inf', '-.INF']) SPECIAL.set(word, Number.NEGATIVE_INFINITY);

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's own float syntax, which holds where a text begins with a dot: underscores stand between digits. */
const DOTTED_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/;
/** `0b+1`: go-yaml takes the prefix off and reads what is left as a signed number. */
const SIGNED_BINARY = /^0b[-+][01]+$/;
const DIGITS_53 = 15;
const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

export type ScalarType = 'string' | 'boolean' | 'null' | 'integer' | 'unsigned' | 'float';

/** A resolved scalar. `unsigned` is an integer beyond int64, which go-yaml keeps apart: it is no map key. */
export interface Resolved {
  readonly type: ScalarType;
  readonly value: string | boolean | null | number | bigint;
}

/** What a plain text is, without any tag. */
export function resolvePlain(text: string): Resolved {
  const special = SPECIAL.get(text);
  if (special !== undefined) {
    if (special === null) return { type: 'null', value: null };
    return typeof special === 'boolean' ? { type: 'boolean', value: special } : { type: 'float', value: special };
  }
  const first = text.charCodeAt(0);
  if (first === 46) {
    const value = DOTTED_FLOAT.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
    return Number.isFinite(value) ? { type: 'float', value } : { type: 'string', value: text };
  }
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45;
  return (isNumeric ? resolveNumber(text.includes('_') ? text.replaceAll('_', '') : text) : undefined) ?? { type: 'string', value: text };
}

/** The value of a plain text that is not a string; undefined where it is one, or where its value is no JSON (infinity). For the fast reader. */
export function plainValue(text: string): boolean | null | number | bigint | undefined {
  const { type, value } = resolvePlain(text);
  if (type === 'string' || typeof value === 'string') return undefined;
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}

function resolveNumber(text: string): Resolved | undefined {
  if (INTEGER.test(text)) {
    const integer = integerOf(text);
    if (integer !== undefined) return integer;
  }
  if (FLOAT.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return { type: 'float', value };
  }
  if (SIGNED_BINARY.test(text)) return integerOf(`${text[2]}0b${text.slice(3)}`);
  return undefined;
}

function integerOf(text: string): Resolved | undefined {
  const sign = text[0] === '-' || text[0] === '+' ? text[0] : '';
  const digits = text.slice(sign.length);
  const isDecimal = digits[0] !== '0' || digits.length === 1;
  if (isDecimal && digits.length <= DIGITS_53) {
    const value = Number(digits);
    return { type: 'integer', value: sign === '-' && value !== 0 ? -value : value };
  }
  // Beyond 66 significant binary digits nothing fits; longer texts are not worth a conversion whose time grows faster than they do.
  if (digits.replace(/^0[xXoObB]?0*/, '').length > 66) return undefined;
  const magnitude = BigInt(isDecimal || /^0[xXoObB]/.test(digits) ? digits : `0o${digits.slice(1)}`);
  const exact = sign === '-' ? -magnitude : magnitude;
  const value = exact >= -9007199254740991n && exact <= 9007199254740991n ? Number(exact) : exact;
  if (exact >= MIN_INT64 && exact <= MAX_INT64) return { type: 'integer', value };
  return sign === '' && exact <= MAX_UINT64 ? { type: 'unsigned', value } : undefined;
}
