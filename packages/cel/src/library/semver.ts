import { traversal } from '../cost/runtime-cost.ts';
import { CelError, isError, noSuchOverload } from '../value/cel-error.ts';
import { toInt } from '../value/numbers.ts';
import { Semver } from '../value/semver.ts';
import type { Result } from '../value/value.ts';
import { type CallCost, declare, type Implementation, type Library } from './function.ts';

const nominal: CallCost = () => 1;
const byText: CallCost = ([text]) => traversal(text);

function parse(text: string, isNormalized: boolean): Semver | CelError {
  if (!isNormalized) return Semver.parse(text);
  // `v1.02` is taken for 1.2.0.
  const parts = text.replace(/^v/, '').split('.');
  const three = parts.length > 3 ? [parts[0] ?? '', parts[1] ?? '', parts.slice(2).join('.')] : parts;
  const plain = three.map((part) => {
    if (part.length < 2) return part;
    const stripped = part.replace(/^0+/, '');
    return /^\d/.test(stripped) ? stripped : `0${stripped}`;
  });
  if (plain.length < 3) {
    if (/[+-]/.test(plain.at(-1) ?? '')) return new CelError('short version cannot contain PreRelease/Build meta data');
    while (plain.length < 3) plain.push('0');
  }
  return Semver.parse(plain.join('.'));
}

function ofText(use: (version: Semver | CelError) => Result): Implementation {
  return ([text = null, isNormalized = false]) =>
    typeof text === 'string' && typeof isNormalized === 'boolean' ? use(parse(text, isNormalized)) : noSuchOverload();
}

function ofTwo(use: (order: number) => Result): Implementation {
  return ([a = null, b = null]) => (a instanceof Semver && b instanceof Semver ? use(a.compare(b)) : noSuchOverload());
}

function numberAt(index: 0 | 1 | 2): Implementation {
  return ([version = null]) => (version instanceof Semver ? toInt(BigInt.asIntN(64, version.numbers[index])) : noSuchOverload());
}

/** Versions of semver.org. */
export function semver(): Library {
  const type = 'kubernetes.Semver';
  const [toVersion, isVersion] = [ofText((version) => version), ofText((version) => !isError(version))];
  return {
    functions: [
      declare(
        'semver',
        [
          ['string_to_semver', `(string): ${type}`, toVersion],
          ['string_bool_to_semver', `(string, bool): ${type}`, toVersion],
        ],
        byText,
      ),
      declare(
        'isSemver',
        [
          ['is_semver_string', '(string): bool', isVersion],
          ['is_semver_string_bool', '(string, bool): bool', isVersion],
        ],
        byText,
      ),
      declare('isGreaterThan', [['semver_is_greater_than', `${type}.(${type}): bool`, ofTwo((order) => order > 0)]], nominal),
      declare('isLessThan', [['semver_is_less_than', `${type}.(${type}): bool`, ofTwo((order) => order < 0)]], nominal),
      declare('compareTo', [['semver_compare_to', `${type}.(${type}): int`, ofTwo((order) => order)]], nominal),
      declare('major', [['semver_major', `${type}.(): int`, numberAt(0)]], nominal),
      declare('minor', [['semver_minor', `${type}.(): int`, numberAt(1)]], nominal),
      declare('patch', [['semver_patch', `${type}.(): int`, numberAt(2)]], nominal),
    ],
  };
}
