import { libraryType } from '../library/signature.ts';
import type { CelType } from '../types/type.ts';
import { CelError, noSuchOverload } from './cel-error.ts';
import { MAX_UINT } from './numbers.ts';
import { Boxed, type Value } from './value.ts';

/** A version of semver.org 2.0. */
export class Semver extends Boxed {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  /** A number compares as one, and is less than any text. */
  readonly pre: readonly (bigint | string)[];
  readonly build: readonly string[];

  constructor(numbers: readonly [bigint, bigint, bigint], pre: readonly (bigint | string)[], build: readonly string[]) {
    super();
    this.numbers = numbers;
    this.pre = pre;
    this.build = build;
  }

  static parse(text: string): Semver | CelError {
    if (text === '') return new CelError('Version string empty');
    const [majorText = '', minorText, ...rest] = text.split('.');
    if (minorText === undefined || rest.length === 0) return new CelError('No Major.Minor.Patch elements found');
    const [withPre = '', ...buildParts] = rest.join('.').split('+');
    const buildText = buildParts.length === 0 ? undefined : buildParts.join('+');
    const dash = withPre.indexOf('-');
    const patchText = dash < 0 ? withPre : withPre.slice(0, dash);
    const major = numberOf(majorText, 'Major');
    if (major instanceof CelError) return major;
    const minor = numberOf(minorText, 'Minor');
    if (minor instanceof CelError) return minor;
    const patch = numberOf(patchText, 'Patch');
    if (patch instanceof CelError) return patch;
    const pre: (bigint | string)[] = [];
    for (const part of dash < 0 ? [] : withPre.slice(dash + 1).split('.')) {
      const parsed = preOf(part);
      if (parsed instanceof CelError) return parsed;
      pre.push(parsed);
    }
    const build = buildText?.split('.') ?? [];
    for (const part of build) {
      if (part === '') return new CelError('Build meta data is empty');
      if (!/^[0-9A-Za-z-]+$/.test(part)) return new CelError(`Invalid character(s) found in build meta data ${JSON.stringify(part)}`);
    }
    return new Semver([major, minor, patch], pre, build);
  }

  compare(other: Semver): -1 | 0 | 1 {
    for (const [index, number] of this.numbers.entries()) {
      const theirs = other.numbers[index] ?? 0n;
      if (number !== theirs) return number < theirs ? -1 : 1;
    }
    // A version before the release is less than the release.
    if (this.pre.length === 0 || other.pre.length === 0) return this.pre.length === other.pre.length ? 0 : this.pre.length === 0 ? 1 : -1;
    for (const [index, part] of this.pre.entries()) {
      const theirs = other.pre[index];
      if (theirs === undefined) return 1;
      if (part === theirs) continue;
      if (typeof part !== typeof theirs) return typeof part === 'bigint' ? -1 : 1;
      return part < theirs ? -1 : 1;
    }
    return this.pre.length < other.pre.length ? -1 : 0;
  }

  typeOf(): CelType {
    return libraryType('kubernetes.Semver');
  }

  equals(other: Value): boolean | CelError {
    return other instanceof Semver ? this.compare(other) === 0 : noSuchOverload();
  }

  override toString(): string {
    const pre = this.pre.length === 0 ? '' : `-${this.pre.join('.')}`;
    return `${this.numbers.join('.')}${pre}${this.build.length === 0 ? '' : `+${this.build.join('.')}`}`;
  }
}

function numberOf(text: string, which: string): bigint | CelError {
  if (!/^\d*$/.test(text)) return new CelError(`Invalid character(s) found in ${which.toLowerCase()} number ${JSON.stringify(text)}`);
  if (/^0\d/.test(text)) return new CelError(`${which} number must not contain leading zeroes ${JSON.stringify(text)}`);
  return unsigned(text);
}

function preOf(text: string): bigint | string | CelError {
  if (text === '') return new CelError('Prerelease is empty');
  if (/^\d+$/.test(text)) {
    if (/^0\d/.test(text)) return new CelError(`Numeric PreRelease version must not contain leading zeroes ${JSON.stringify(text)}`);
    return unsigned(text);
  }
  return /^[0-9A-Za-z-]+$/.test(text) ? text : new CelError(`Invalid character(s) found in prerelease ${JSON.stringify(text)}`);
}

function unsigned(text: string): bigint | CelError {
  const problem = (what: string): CelError => new CelError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${what}`);
  if (text === '') return problem('invalid syntax');
  const number = BigInt(text);
  return number > MAX_UINT ? problem('value out of range') : number;
}
