import { compareQuantities, formatQuantity, type Quantity } from '@plumbline/core';
import { libraryType } from '../library/signature.ts';
import type { CelType } from '../types/type.ts';
import { type CelError, noSuchOverload } from './cel-error.ts';
import { Boxed, type Value } from './value.ts';

/** A Kubernetes quantity. */
export class QuantityValue extends Boxed {
  readonly quantity: Quantity;
  /** Whether the server keeps it as an integer of 64 bits and a power of ten, rather than as a decimal: only such are integers to it. */
  readonly isSmall: boolean;

  constructor(quantity: Quantity, isSmall: boolean) {
    super();
    this.quantity = quantity;
    this.isSmall = isSmall;
  }

  typeOf(): CelType {
    return libraryType('kubernetes.Quantity');
  }

  equals(other: Value): boolean | CelError {
    return other instanceof QuantityValue ? compareQuantities(this.quantity, other.quantity) === 0 : noSuchOverload();
  }

  override toString(): string {
    return formatQuantity(this.quantity);
  }
}
