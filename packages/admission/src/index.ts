export { asCreated } from './as-created.ts';
export { ask, bindingsFor, nameOfOutcome, type Outcome, type ValidationAction } from './ask.ts';
export type { AdmissionRequest, Operation, ParamKindInSight, ResourceType, UserInfo, World } from './request.ts';
export { type AdmissionPorts, createAdmissionRule } from './rule.ts';
export type { Decision } from './validate.ts';
export { type CompileOptions, compileValidatingPolicy, uncompiled, type ValidatingPolicy } from './validating-policy.ts';
