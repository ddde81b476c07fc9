import { compareQuantities, formatQuantity, type Quantity } from '@plumbline/core';
import { libraryType } from '../library/signature.ts';
import type { CelType } from '../types/type.ts';
import { type CelError, noSuchOverload } from './cel-error.ts';
import { Boxed, type Value } from './value.ts';

/** A Kubernetes quantity. */
export class QuantityValue extends Boxed {
  readonly quantity: Quantity;

  constructor(quantity: Quantity) {
    super();
    this.quantity = quantity;
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
