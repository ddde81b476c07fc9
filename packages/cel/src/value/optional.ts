import { type CelType, DYN, optionalOf } from '../types/type.ts';
import type { CelError } from './cel-error.ts';
import { equal } from './equal.ts';
import { sizeOf } from './size.ts';
import { Boxed, type Value } from './value.ts';

export class Optional extends Boxed {
  /** undefined where there is none. */
  readonly value: Value | undefined;

  constructor(value: Value | undefined) {
    super();
    this.value = value;
  }

  typeOf(): CelType {
    return optionalOf(DYN);
  }

  override size(): number {
    return this.value === undefined ? 1 : sizeOf(this.value);
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof Optional)) return false;
    if (this.value === undefined || other.value === undefined) return this.value === other.value;
    return equal(this.value, other.value);
  }
}

export const NONE = new Optional(undefined);
