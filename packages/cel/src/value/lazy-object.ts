import type { CelType } from '../types/type.ts';
import { CelError } from './cel-error.ts';
import { Struct } from './struct.ts';
import type { Result, Value } from './value.ts';

/** An object whose fields are found when an expression asks for them, each once: the `variables` of a policy. */
export class LazyObject extends Struct {
  private readonly find: (name: string) => Result | undefined;
  private readonly known = new Map<string, Result | undefined>();

  constructor(type: CelType, find: (name: string) => Result | undefined) {
    super(type);
    this.find = find;
  }

  field(name: string): Result | undefined {
    if (!this.known.has(name)) this.known.set(name, this.find(name));
    return this.known.get(name);
  }

  absent(name: string): Result {
    return new CelError(`no such key: ${name}`);
  }

  equals(other: Value): boolean {
    return other === this;
  }
}
