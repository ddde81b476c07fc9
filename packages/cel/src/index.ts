export type {
  Bindings,
  Compilation,
  CompileFailure,
  CostEstimate,
  Environment,
  EnvironmentOptions,
  EvaluateOptions,
  Evaluation,
  EvaluationError,
  ExplainedStep,
  Explanation,
  Extension,
  Issue,
  Matcher,
  Pattern,
  PatternLibrary,
  Program,
  Variable,
} from './api.ts';
export { createEnvironment } from './environment.ts';
export type { AuthorizationCheck, AuthorizationDecision, Authorizer } from './library/authorizer.ts';
export { AUTHORIZER_TYPE, authorizerValue, RESOURCE_CHECK_TYPE } from './library/authz.ts';
export { PER_CALL_COST_LIMIT } from './program.ts';
export { escapeName, unescapeName } from './types/escape-name.ts';
export { formatType, typeName } from './types/format-type.ts';
export {
  ANY,
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  type Field,
  type Fields,
  INT,
  type ListType,
  listOf,
  type MapType,
  mapOf,
  NULL,
  type ObjectType,
  type OpaqueType,
  opaque,
  optionalOf,
  type ScalarType,
  STRING,
  TIMESTAMP,
  UINT,
} from './types/type.ts';
export { CelError } from './value/cel-error.ts';
export { type DescribedValue, describeValue } from './value/describe.ts';
export { formatValue } from './value/format-value.ts';
export { fromJson } from './value/json.ts';
export { LazyObject } from './value/lazy-object.ts';
export { NONE as NO_OPTIONAL, Optional as OptionalValue } from './value/optional.ts';
export { toJson } from './value/to-json.ts';
export { typeNameFaults } from './value/type-names.ts';
export type { Result, Value } from './value/value.ts';
