import { type CelType, DURATION, TIMESTAMP } from '../types/type.ts';
import { Boxed, type Value } from './value.ts';

/** Seconds of the years 0001 and 9999, the bounds of a timestamp. */
export const MIN_SECONDS = -62_135_596_800;
export const MAX_SECONDS = 253_402_300_799;

export class Timestamp extends Boxed {
  /** Whole seconds since 1970, rounded down. */
  readonly seconds: number;
  /** 0 … 999,999,999. */
  readonly nanos: number;
  /** Of the zone it was written in; only its text depends on it. */
  readonly offsetSeconds: number;

  constructor(seconds: number, nanos: number, offsetSeconds = 0) {
    super();
    this.seconds = seconds;
    this.nanos = nanos;
    this.offsetSeconds = offsetSeconds;
  }

  typeOf(): CelType {
    return TIMESTAMP;
  }

  equals(other: Value): boolean {
    return other instanceof Timestamp && other.seconds === this.seconds && other.nanos === this.nanos;
  }
}

export class Duration extends Boxed {
  /** Nanoseconds, 64 bits. */
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }

  typeOf(): CelType {
    return DURATION;
  }

  equals(other: Value): boolean {
    return other instanceof Duration && other.nanos === this.nanos;
  }
}
