/**
 * A CEL type as plain data. Whoever declares variables builds these; sizes are what costs are estimated with, and the
 * checker does not look at them.
 */
export type CelType = ScalarType | ListType | MapType | ObjectType | OpaqueType | TypeType | WrapperType | TypeParameter;

export type ScalarKind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'null'
  | 'dyn'
  | 'any'
  | 'timestamp'
  | 'duration'
  /** What follows from an expression that does not check; it fits everything. */
  | 'error';

export interface ScalarType extends Size {
  readonly kind: ScalarKind;
  /** How a value stands in JSON, where that is not the kind's own way: `date` for a timestamp without time, `int-or-string` for dyn. */
  readonly format?: 'date' | 'int-or-string' | 'preserved';
}

/** Bounds of a value that its schema gives; absent is unbounded. */
interface Size {
  /** Characters, bytes, items or members. */
  readonly maxSize?: number | undefined;
  /** The smallest JSON text in bytes. */
  readonly minJsonSize?: number;
  /** Whether JSON may have null in its place. */
  readonly isNullable?: boolean;
}

export interface ListType extends Size {
  readonly kind: 'list';
  readonly element: CelType;
  /** Sets compare without order; maps by the members `keys`. */
  readonly listType?: 'set' | 'map' | 'atomic' | undefined;
  /** JSON names. */
  readonly keys?: readonly string[];
}

export interface MapType extends Size {
  readonly kind: 'map';
  readonly key: CelType;
  readonly value: CelType;
}

export interface ObjectType extends Size {
  readonly kind: 'object';
  /** Unique among the types of an environment: two types of one name are one type to the checker. */
  readonly name: string;
  readonly fields: Fields;
}

/** Fields by their CEL name (`escapeName`); may find them lazily. A ReadonlyMap will do. */
export interface Fields {
  get(name: string): Field | undefined;
}

export interface Field {
  /** The name in JSON. */
  readonly name: string;
  readonly type: CelType;
}

/** `optional_type(T)` and what Kubernetes' libraries add: `kubernetes.Quantity`, `net.IP`, … */
export interface OpaqueType {
  readonly kind: 'opaque';
  readonly name: string;
  readonly parameters: readonly CelType[];
}

/** The type of a type: `type(int)`. */
export interface TypeType {
  readonly kind: 'type';
  readonly of?: CelType;
}

/** A protobuf wrapper: its value, or null. */
export interface WrapperType {
  readonly kind: 'wrapper';
  readonly of: ScalarType;
}

export interface TypeParameter {
  readonly kind: 'parameter';
  readonly name: string;
}

export const BOOL: ScalarType = { kind: 'bool' };
export const INT: ScalarType = { kind: 'int' };
export const UINT: ScalarType = { kind: 'uint' };
export const DOUBLE: ScalarType = { kind: 'double' };
export const STRING: ScalarType = { kind: 'string' };
export const BYTES: ScalarType = { kind: 'bytes' };
export const NULL: ScalarType = { kind: 'null' };
export const DYN: ScalarType = { kind: 'dyn' };
export const ANY: ScalarType = { kind: 'any' };
export const TIMESTAMP: ScalarType = { kind: 'timestamp' };
export const DURATION: ScalarType = { kind: 'duration' };
export const ERROR: ScalarType = { kind: 'error' };
export const TYPE: TypeType = { kind: 'type' };

export function listOf(element: CelType): ListType {
  return { kind: 'list', element };
}

export function mapOf(key: CelType, value: CelType): MapType {
  return { kind: 'map', key, value };
}

export function opaque(name: string, ...parameters: readonly CelType[]): OpaqueType {
  return { kind: 'opaque', name, parameters };
}

export function optionalOf(type: CelType): OpaqueType {
  return opaque('optional_type', type);
}

export function typeOf(of: CelType): TypeType {
  return { kind: 'type', of };
}

export function wrapperOf(of: ScalarType): WrapperType {
  return { kind: 'wrapper', of };
}

export function parameter(name: string): TypeParameter {
  return { kind: 'parameter', name };
}

export function isOptional(type: CelType): type is OpaqueType {
  return type.kind === 'opaque' && type.name === 'optional_type';
}

export function isDynamic(type: CelType): boolean {
  return type.kind === 'dyn' || type.kind === 'error' || type.kind === 'any';
}
