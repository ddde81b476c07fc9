export { asCreated, asReceived } from './as-created.ts';
export { ask, bindingsFor, nameOfOutcome, type Outcome, type ValidationAction } from './ask.ts';
export { createCelRules } from './cel-rules.ts';
export { denialOf, type MutationFailure, type MutationPorts, type MutationResult, mutate } from './mutate.ts';
export { compileMutatingPolicy, type MutatingPolicy, uncompiledMutations } from './mutating-policy.ts';
export {
  createPolicyCompiler,
  type PolicyCompiler,
  type PolicyObjects,
  type PolicySet,
  type Relevant,
  type RequestTypes,
} from './policy-set.ts';
export type { AdmissionRequest, Operation, ParamKindInSight, ResourceType, UserInfo, World } from './request.ts';
export { type AdmissionPorts, createAdmissionRule } from './rule.ts';
export type { Decision } from './validate.ts';
export { type CompileOptions, compileValidatingPolicy, uncompiled, type ValidatingPolicy } from './validating-policy.ts';
export type { Looked } from './why.ts';
export { worldOfObjects } from './world-of.ts';
