import { isSameType } from '../types/same-type.ts';
import { type CelType, DYN, isDynamic, listOf, mapOf, opaque, parameter, type TypeParameter } from '../types/type.ts';

/** What type parameters stand for. A failed attempt leaves it as it was. */
export class Substitutions {
  private readonly types = new Map<string, CelType>();
  private readonly trail: { readonly name: string; readonly before: CelType | undefined }[] = [];
  private count = 0;

  /** A parameter that no declaration has. */
  fresh(): TypeParameter {
    const variable = parameter(`_var${this.count}`);
    this.count += 1;
    return variable;
  }

  /** Says what a parameter stands for. */
  bind(name: string, type: CelType): void {
    this.types.set(name, type);
  }

  /** Whether a value of `from` fits where `to` is wanted; learns what parameters stand for where it does. */
  fits(to: CelType, from: CelType): boolean {
    return this.attempt(() => this.unify(to, from));
  }

  allFit(to: readonly CelType[], from: readonly CelType[]): boolean {
    return this.attempt(() => this.unifyAll(to, from));
  }

  /** The type with its parameters replaced; those that stand for nothing become dyn where asked. */
  resolve(type: CelType, isFinal = false): CelType {
    switch (type.kind) {
      case 'parameter': {
        const known = this.types.get(type.name);
        if (known !== undefined) return this.resolve(known, isFinal);
        return isFinal ? DYN : type;
      }
      case 'list': {
        const element = this.resolve(type.element, isFinal);
        return element === type.element ? type : listOf(element);
      }
      case 'map': {
        const key = this.resolve(type.key, isFinal);
        const value = this.resolve(type.value, isFinal);
        return key === type.key && value === type.value ? type : mapOf(key, value);
      }
      case 'opaque': {
        if (type.parameters.length === 0) return type;
        return opaque(type.name, ...type.parameters.map((each) => this.resolve(each, isFinal)));
      }
      case 'type':
        return type.of === undefined ? type : { kind: 'type', of: this.resolve(type.of, isFinal) };
      default:
        return type;
    }
  }

  private attempt(unify: () => boolean): boolean {
    const mark = this.trail.length;
    if (unify()) {
      if (mark === 0) this.trail.length = 0;
      return true;
    }
    while (this.trail.length > mark) {
      const change = this.trail.pop();
      if (change?.before !== undefined) this.types.set(change.name, change.before);
      else if (change !== undefined) this.types.delete(change.name);
    }
    return false;
  }

  private set(variable: TypeParameter, type: CelType): void {
    this.trail.push({ name: variable.name, before: this.types.get(variable.name) });
    this.types.set(variable.name, type);
  }

  private unify(a: CelType, b: CelType): boolean {
    if (b.kind === 'parameter') {
      const known = this.types.get(b.name);
      if (this.stand(a, b)) return true;
      if (known !== undefined) return false;
    }
    if (a.kind === 'parameter') return this.stand(b, a);
    if (isDynamic(a) || isDynamic(b)) return true;
    if (a.kind === 'null' || b.kind === 'null') return takesNull(a.kind === 'null' ? b : a);
    const left = a.kind === 'wrapper' ? a.of : a;
    const right = b.kind === 'wrapper' ? b.of : b;
    switch (left.kind) {
      case 'list':
        return right.kind === 'list' && this.unify(left.element, right.element);
      case 'map':
        return right.kind === 'map' && this.unify(left.key, right.key) && this.unify(left.value, right.value);
      case 'opaque':
        return right.kind === 'opaque' && left.name === right.name && this.unifyAll(left.parameters, right.parameters);
      case 'type':
        return right.kind === 'type';
      default:
        return isSameType(left, right);
    }
  }

  private unifyAll(a: readonly CelType[], b: readonly CelType[]): boolean {
    return a.length === b.length && a.every((type, index) => this.unify(type, b[index] ?? type));
  }

  /** Whether `variable` may stand for `type`. */
  private stand(type: CelType, variable: TypeParameter): boolean {
    if (isSameType(type, variable)) return true;
    const known = this.types.get(variable.name);
    if (known === undefined) {
      if (this.isWithin(variable, type)) return false;
      this.set(variable, type);
      return true;
    }
    if (isSameType(type, known)) return true;
    if (!this.unify(type, known)) return false;
    const general = mostGeneral(type, known);
    if (!this.isWithin(variable, general)) this.set(variable, general);
    return true;
  }

  private isWithin(variable: TypeParameter, type: CelType): boolean {
    switch (type.kind) {
      case 'parameter': {
        if (type.name === variable.name) return true;
        const known = this.types.get(type.name);
        return known !== undefined && this.isWithin(variable, known);
      }
      case 'list':
        return this.isWithin(variable, type.element);
      case 'map':
        return this.isWithin(variable, type.key) || this.isWithin(variable, type.value);
      case 'opaque':
        return type.parameters.some((each) => this.isWithin(variable, each));
      case 'type':
        return type.of !== undefined && this.isWithin(variable, type.of);
      default:
        return false;
    }
  }
}

function takesNull(type: CelType): boolean {
  return ['null', 'wrapper', 'opaque', 'object', 'any', 'timestamp', 'duration'].includes(type.kind);
}

export function mostGeneral(a: CelType, b: CelType): CelType {
  return isAsGeneral(a, b) ? a : b;
}

function isAsGeneral(a: CelType, b: CelType): boolean {
  if (a.kind === 'dyn' || a.kind === 'any' || a.kind === 'parameter') return true;
  if (b.kind === 'dyn' || b.kind === 'any' || b.kind === 'parameter') return false;
  if (a.kind === 'list') return b.kind === 'list' && isAsGeneral(a.element, b.element);
  if (a.kind === 'map') return b.kind === 'map' && isAsGeneral(a.key, b.key) && isAsGeneral(a.value, b.value);
  if (a.kind === 'type') return b.kind === 'type';
  if (a.kind !== 'opaque') return isSameType(a, b);
  if (b.kind !== 'opaque' || a.name !== b.name || a.parameters.length !== b.parameters.length) return false;
  return a.parameters.every((each, index) => isAsGeneral(each, b.parameters[index] ?? each));
}
