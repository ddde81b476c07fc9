import type { CelType } from '../types/type.ts';
import { type CelError, isError } from './cel-error.ts';
import { equal } from './equal.ts';
import { Boxed, type Result, type Value } from './value.ts';

/** An object by its fields: what an expression constructs (`Object{…}`), or what the caller computes when asked (`variables`). */
export abstract class Struct extends Boxed {
  readonly type: CelType;

  constructor(type: CelType) {
    super();
    this.type = type;
  }

  /** The field's value; undefined where it is not set. */
  abstract field(name: string): Result | undefined;

  /** What a field that is not set gives: an error, unless its type has a default. */
  abstract absent(name: string): Result;

  typeOf(): CelType {
    return this.type;
  }
}

/** An object with the fields that an expression gave it. */
export class BuiltStruct extends Struct {
  readonly fields: ReadonlyMap<string, Value>;
  private readonly whenAbsent: (name: string) => Result;

  constructor(type: CelType, fields: ReadonlyMap<string, Value>, whenAbsent: (name: string) => Result) {
    super(type);
    this.fields = fields;
    this.whenAbsent = whenAbsent;
  }

  field(name: string): Value | undefined {
    return this.fields.get(name);
  }

  absent(name: string): Result {
    return this.whenAbsent(name);
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof BuiltStruct) || nameOf(other.type) !== nameOf(this.type) || other.fields.size !== this.fields.size) return false;
    for (const [name, value] of this.fields) {
      const theirs = other.fields.get(name);
      if (theirs === undefined) return false;
      const isEqual = equal(value, theirs);
      if (isError(isEqual) || !isEqual) return isEqual;
    }
    return true;
  }
}

function nameOf(type: CelType): string {
  return type.kind === 'object' || type.kind === 'opaque' ? type.name : type.kind;
}
