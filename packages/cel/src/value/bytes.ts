import { BYTES, type CelType } from '../types/type.ts';
import { Boxed, type Value } from './value.ts';

export class Bytes extends Boxed {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }

  typeOf(): CelType {
    return BYTES;
  }

  override size(): number {
    return this.bytes.length;
  }

  equals(other: Value): boolean {
    return other instanceof Bytes && compareBytes(this.bytes, other.bytes) === 0;
  }
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(a.length - b.length);
}
