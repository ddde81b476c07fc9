import type { FunctionDeclaration, Overload } from '../library/function.ts';
import { messageNamed } from '../library/protobuf.ts';
import { isLibraryType } from '../library/signature.ts';
import type { Call, Comprehension, Expr, ListExpr, MapExpr, Select, StructExpr } from '../syntax/ast.ts';
import type { RawIssue } from '../syntax/issue.ts';
import { isReserved } from '../types/escape-name.ts';
import { formatType, typeName } from '../types/format-type.ts';
import { isSameType } from '../types/same-type.ts';
import { BOOL, type CelType, DYN, ERROR, INT, isOptional, listOf, mapOf, optionalOf, typeOf } from '../types/type.ts';
import { typeOfValue } from '../value/type-of.ts';
import type { Checked, Reference } from './checked.ts';
import type { Declarations } from './declarations.ts';
import { mostGeneral, Substitutions } from './unify.ts';

/** Finds the type of every node; what does not fit goes to `issues`, in the server's words. */
export function check(expr: Expr, declarations: Declarations, issues: RawIssue[]): Checked {
  const checker = new Checker(declarations, issues);
  checker.check(expr);
  return { expr, types: checker.resolvedTypes(), references: checker.references };
}

class Checker {
  readonly references = new Map<number, Reference>();
  private readonly declarations: Declarations;
  private readonly issues: RawIssue[];
  private readonly types = new Map<number, CelType>();
  private readonly substitutions = new Substitutions();
  private readonly scopes: Map<string, CelType>[] = [];

  constructor(declarations: Declarations, issues: RawIssue[]) {
    this.declarations = declarations;
    this.issues = issues;
  }

  resolvedTypes(): ReadonlyMap<number, CelType> {
    for (const [id, type] of this.types) this.types.set(id, this.substitutions.resolve(type, true));
    return this.types;
  }

  check(expr: Expr): CelType {
    const type = this.typeOf(expr);
    this.types.set(expr.id, type);
    return type;
  }

  private typeOf(expr: Expr): CelType {
    switch (expr.kind) {
      case 'literal':
        return typeOfValue(expr.value);
      case 'ident': {
        const type = this.resolveName(expr.id, expr.name);
        if (type !== undefined) return type;
        return this.fail(expr.at, undeclared(expr.name));
      }
      case 'select':
        return this.select(expr);
      case 'call':
        return expr.name === '_?._' ? this.optionalSelect(expr) : this.call(expr);
      case 'list':
        return this.list(expr);
      case 'map':
        return this.map(expr);
      case 'struct':
        return this.struct(expr);
      case 'comprehension':
        return this.comprehension(expr);
    }
  }

  private fail(offset: number, message: string): CelType {
    this.issues.push({ offset, message });
    return ERROR;
  }

  private local(name: string): CelType | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const type = this.scopes[index]?.get(name);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  private resolveName(id: number, name: string): CelType | undefined {
    const local = this.local(name);
    if (local !== undefined) {
      this.references.set(id, { kind: 'variable', name, isLocal: true });
      return local;
    }
    const global = name.startsWith('.') ? name.slice(1) : name;
    const variable = this.declarations.variables.get(global);
    if (variable !== undefined) {
      this.references.set(id, { kind: 'variable', name: global, isLocal: false });
      return variable;
    }
    const type = this.declarations.findType(global);
    if (type === undefined) return undefined;
    this.references.set(id, { kind: 'type', type });
    return typeOf(type);
  }

  private select(expr: Select): CelType {
    const names = expr.isTest ? undefined : namesOf(expr);
    // A name may be qualified: `net.IP`; a local variable hides what its name begins.
    if (names !== undefined && this.local(names[0] ?? '') === undefined) {
      const type = this.resolveName(expr.id, names.join('.'));
      if (type !== undefined) return type;
    }
    const type = this.field(expr, expr.operand, expr.field, false);
    return expr.isTest ? BOOL : this.substitutions.resolve(type);
  }

  private optionalSelect(expr: Call): CelType {
    const [operand, field] = expr.args;
    if (operand === undefined || field?.kind !== 'literal' || typeof field.value !== 'string')
      return this.fail(expr.at, 'unsupported optional field selection');
    this.types.set(field.id, typeOfValue(field.value));
    const type = this.substitutions.resolve(this.field(expr, operand, field.value, true));
    this.references.set(expr.id, { kind: 'function', name: '_?._', hasTarget: false, overloads: [OPTIONAL_SELECT] });
    return type;
  }

  private field(expr: Expr, operand: Expr, field: string, isOptionalSelect: boolean): CelType {
    const operandType = this.substitutions.resolve(this.check(operand));
    const isOptionalOperand = isOptional(operandType);
    const target = isOptionalOperand ? (operandType.parameters[0] ?? DYN) : operandType;
    const type = this.fieldOf(expr, target, field);
    return isOptionalOperand || isOptionalSelect ? optionalOf(type) : type;
  }

  private fieldOf(expr: Expr, target: CelType, field: string): CelType {
    switch (target.kind) {
      case 'map':
        return target.value;
      case 'object':
        if (isLibraryType(target)) return this.fail(expr.at, `unexpected failed resolution of '${target.name}'`);
        return fieldType(target, field) ?? this.fail(expr.at, `undefined field '${field}'`);
      case 'parameter':
        this.substitutions.fits(DYN, target);
        return DYN;
      case 'dyn':
      case 'any':
      case 'error':
        return DYN;
      default:
        this.fail(expr.at, `type '${formatType(target)}' does not support field selection`);
        return DYN;
    }
  }

  private call(expr: Call): CelType {
    for (const arg of expr.args) this.check(arg);
    const { target } = expr;
    if (target === undefined) {
      const name = expr.name.startsWith('.') ? expr.name.slice(1) : expr.name;
      const declaration = this.declarations.functions.get(name);
      if (declaration === undefined) return this.fail(expr.at, undeclared(expr.name));
      return this.overload(expr, declaration, undefined);
    }
    // `sets.contains(a, b)` is a function's name rather than a call on `sets`.
    const prefix = namesOf(target)?.join('.');
    const qualified = prefix === undefined ? undefined : this.declarations.functions.get(`${prefix.replace(/^\./, '')}.${expr.name}`);
    if (qualified !== undefined) return this.overload(expr, qualified, undefined);
    this.check(target);
    const declaration = this.declarations.functions.get(expr.name);
    if (declaration === undefined) return this.fail(expr.at, undeclared(expr.name));
    return this.overload(expr, declaration, target);
  }

  private overload(expr: Call, declaration: FunctionDeclaration, target: Expr | undefined): CelType {
    const nodes = target === undefined ? expr.args : [target, ...expr.args];
    const args = nodes.map((node) => this.types.get(node.id) ?? ERROR);
    const matched: Overload[] = [];
    let result: CelType | undefined;
    for (const overload of declaration.overloads) {
      if (overload.isMember !== (target !== undefined)) continue;
      if (declaration.name === '_&&_' || declaration.name === '_||_') {
        const isFitting = args.map((arg, index) => this.expectType(nodes[index]?.at ?? expr.at, arg, BOOL)).every(Boolean);
        if (!isFitting) return ERROR;
        matched.push(overload);
        result = BOOL;
        break;
      }
      const instance = overload.hasParameters ? this.instantiate(overload) : overload;
      if (!this.substitutions.allFit(args, instance.args)) continue;
      matched.push(overload);
      const type = this.substitutions.resolve(instance.result);
      if (result === undefined) result = type;
      else if (result.kind !== 'dyn' && result.kind !== 'any' && !isSameType(type, result)) result = DYN;
    }
    if (result === undefined) {
      const resolved = args.map((arg) => formatType(this.substitutions.resolve(arg, true)));
      const [first, ...rest] = resolved;
      const signature = target === undefined ? `(${resolved.join(', ')})` : `${first}.(${rest.join(', ')})`;
      return this.fail(expr.at, `found no matching overload for '${declaration.name}' applied to '${signature}'`);
    }
    const hasTarget = target !== undefined;
    this.references.set(expr.id, { kind: 'function', name: declaration.name, hasTarget, overloads: matched });
    return result;
  }

  private instantiate(overload: Overload): { readonly args: readonly CelType[]; readonly result: CelType } {
    const own = new Substitutions();
    const names = new Set<string>();
    for (const type of [...overload.args, overload.result]) collectParameters(type, names);
    for (const name of names) own.bind(name, this.substitutions.fresh());
    return { args: overload.args.map((arg) => own.resolve(arg)), result: own.resolve(overload.result) };
  }

  private expectType(offset: number, actual: CelType, expected: CelType): boolean {
    if (this.substitutions.fits(expected, actual)) return true;
    this.fail(offset, `expected type '${formatType(expected)}' but found '${formatType(this.substitutions.resolve(actual))}'`);
    return false;
  }

  private list(expr: ListExpr): CelType {
    let element: CelType | undefined;
    expr.items.forEach((item, index) => {
      const type = this.check(item);
      element = this.join(element, expr.optionals.has(index) ? this.unwrapOptional(item, type) : type);
    });
    return listOf(element ?? this.substitutions.fresh());
  }

  private map(expr: MapExpr): CelType {
    let key: CelType | undefined;
    let value: CelType | undefined;
    for (const entry of expr.entries) {
      key = this.join(key, this.check(entry.key));
      const type = this.check(entry.value);
      value = this.join(value, entry.isOptional ? this.unwrapOptional(entry.value, type) : type);
    }
    return mapOf(key ?? this.substitutions.fresh(), value ?? this.substitutions.fresh());
  }

  private unwrapOptional(node: Expr, type: CelType): CelType {
    if (isOptional(type)) return type.parameters[0] ?? DYN;
    if (type.kind !== 'dyn' && type.kind !== 'any') this.mismatch(node, optionalOf(type), type);
    return type;
  }

  private mismatch(node: Expr, expected: CelType, actual: CelType): CelType {
    return this.fail(node.at, `expected type '${formatType(expected)}' but found '${formatType(actual)}'`);
  }

  /** Items of different types are dyn here; that literals are of one type is looked at once all else is well. */
  private join(previous: CelType | undefined, current: CelType): CelType {
    if (previous === undefined) return current;
    return this.substitutions.fits(previous, current) ? mostGeneral(previous, current) : DYN;
  }

  private struct(expr: StructExpr): CelType {
    const name = expr.name.replace(/^\./, '');
    const type = this.declarations.findType(name);
    if (type === undefined) return this.fail(expr.at, undeclared(expr.name));
    const fields = constructedFields(type, name);
    if (fields === undefined) this.fail(expr.at, `'${typeName(type)}' is not a message type`);
    else this.references.set(expr.id, { kind: 'type', type });
    for (const field of expr.fields) {
      let value = this.check(field.value);
      const wanted = fields === undefined ? ERROR : (fields.get(field.name) ?? this.fail(field.at, `undefined field '${field.name}'`));
      if (field.isOptional) value = this.unwrapOptional(field.value, value);
      if (!this.substitutions.fits(wanted, value)) {
        const provided = formatType(value);
        this.fail(field.at, `expected type of field '${field.name}' is '${formatType(wanted)}' but provided type is '${provided}'`);
      }
    }
    return fields === undefined ? ERROR : type;
  }

  private comprehension(expr: Comprehension): CelType {
    const range = this.substitutions.resolve(this.check(expr.range));
    const accumulator = this.check(expr.init);
    this.scopes.push(new Map([[expr.accumulator, accumulator]]));
    const variables = this.rangeVariables(expr, range);
    this.scopes.push(variables);
    this.assertType(expr.condition, this.check(expr.condition), BOOL);
    this.assertType(expr.step, this.check(expr.step), accumulator);
    this.scopes.pop();
    const result = this.check(expr.result);
    this.scopes.pop();
    return this.substitutions.resolve(result);
  }

  private assertType(node: Expr, actual: CelType, expected: CelType): void {
    if (!this.substitutions.fits(expected, actual)) this.mismatch(node, expected, actual);
  }

  private rangeVariables(expr: Comprehension, range: CelType): Map<string, CelType> {
    const hasTwo = expr.variable2 !== undefined;
    const named = (first: CelType, second: CelType): Map<string, CelType> => {
      const variables = new Map([[expr.variable, first]]);
      if (expr.variable2 !== undefined) variables.set(expr.variable2, second);
      return variables;
    };
    switch (range.kind) {
      case 'list':
        return hasTwo ? named(INT, range.element) : named(range.element, DYN);
      case 'map':
        return named(range.key, range.value);
      case 'dyn':
      case 'any':
      case 'error':
      case 'parameter':
        this.substitutions.fits(DYN, range);
        return named(DYN, DYN);
      default: {
        const type = formatType(range);
        this.fail(expr.range.at, `expression of type '${type}' cannot be range of a comprehension (must be list, map, or dynamic)`);
        return named(ERROR, ERROR);
      }
    }
  }
}

const OPTIONAL_SELECT: Overload = {
  id: 'select_optional_field',
  isMember: false,
  args: [],
  result: DYN,
  hasParameters: false,
  call: undefined,
};

function undeclared(name: string): string {
  return `undeclared reference to '${name}' (in container '')`;
}

/** A field by its CEL name; a word that CEL reserves may also be written as it is. */
export function fieldType(type: CelType, field: string): CelType | undefined {
  if (type.kind !== 'object') return undefined;
  return (type.fields.get(field) ?? (isReserved(field) ? type.fields.get(`__${field}__`) : undefined))?.type;
}

/** The names of `a.b.c`, where the expression is nothing else. */
function namesOf(expr: Expr): readonly string[] | undefined {
  const names: string[] = [];
  let at = expr;
  while (at.kind === 'select') {
    if (at.isTest) return undefined;
    names.push(at.field);
    at = at.operand;
  }
  if (at.kind !== 'ident') return undefined;
  names.push(at.name);
  return names.reverse();
}

function collectParameters(type: CelType, names: Set<string>): void {
  switch (type.kind) {
    case 'parameter':
      names.add(type.name);
      return;
    case 'list':
      collectParameters(type.element, names);
      return;
    case 'map':
      collectParameters(type.key, names);
      collectParameters(type.value, names);
      return;
    case 'opaque':
      for (const each of type.parameters) collectParameters(each, names);
      return;
    case 'type':
      if (type.of !== undefined) collectParameters(type.of, names);
      return;
  }
}

/** The fields that `T{…}` takes; undefined where no value is built so. */
function constructedFields(type: CelType, name: string): { get(field: string): CelType | undefined } | undefined {
  if (type.kind === 'object') return { get: (field) => type.fields.get(field)?.type };
  return messageNamed(name)?.fields;
}
