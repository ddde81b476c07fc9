import { typeName } from '../types/format-type.ts';
import { type CelType, TYPE } from '../types/type.ts';
import { Boxed, type Value } from './value.ts';

/** A type as a value: `int`, or what `type(x)` gives. Two are equal by name; parameters do not count. */
export class TypeValue extends Boxed {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  typeOf(): CelType {
    return TYPE;
  }

  equals(other: Value): boolean {
    return other instanceof TypeValue && other.name === this.name;
  }
}

/** The name of a type at run time: `list`, not `list(int)`. */
export function runtimeName(type: CelType): string {
  return type.kind === 'list' || type.kind === 'map' || type.kind === 'type'
    ? type.kind
    : type.kind === 'opaque'
      ? type.name
      : typeName(type);
}
