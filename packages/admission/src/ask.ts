import { isArray, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { nameOf } from './bindings.ts';
import { inForm, notConverted } from './form.ts';
import { matchResources } from './match-resources.ts';
import { isExempt } from './match-rules.ts';
import { collectParams, type Params } from './params.ts';
import { type AdmissionRequest, isUnknown, type World } from './request.ts';
import { type Decision, validate } from './validate.ts';
import type { ValidatingPolicy } from './validating-policy.ts';

const NO_PARAMS: Params = [null];

export type ValidationAction = 'Deny' | 'Warn' | 'Audit';

/** What a policy, by one of its bindings, says of a request. */
export interface Outcome {
  readonly policy: ValidatingPolicy;
  /** Undefined where the policy could not be held against the request at all. */
  readonly binding: JsonObject | undefined;
  readonly actions: readonly ValidationAction[];
  readonly decision: Decision;
}

/** Asks one policy, by each of its bindings and with each of their parameters. Bindings of other policies are passed over. */
export function ask(
  policy: ValidatingPolicy,
  bindings: readonly JsonObject[],
  request: AdmissionRequest,
  world: World,
): readonly Outcome[] {
  if (isExempt(request)) return [];
  const form = matchResources(policy.matchConstraints, request, world);
  if (form === undefined) return [];
  if (isUnknown(form)) return [{ policy, binding: undefined, actions: [], decision: unknown(form.unknown) }];
  const converted = request.object === null ? null : inForm(request.object, request.type, form);
  const convertedOld = request.oldObject === null ? null : inForm(request.oldObject, request.type, form);
  if (converted === undefined || convertedOld === undefined)
    return [{ policy, binding: undefined, actions: [], decision: unknown(notConverted(request.type, form)) }];
  const isAsWritten = converted === request.object && convertedOld === request.oldObject;
  const asked = isAsWritten ? request : { ...request, object: converted, oldObject: convertedOld };
  const outcomes: Outcome[] = [];
  for (const object of bindings) {
    const { policyName, actions, criteria, paramRef } = readBinding(object);
    if (policyName !== policy.name) continue;
    const matches = matchResources(criteria, request, world);
    if (matches === undefined) continue;
    const params = isUnknown(matches)
      ? matches
      : policy.paramKind === undefined || paramRef === undefined
        ? NO_PARAMS
        : collectParams(policy.paramKind, paramRef, request, world);
    if (isUnknown(params)) outcomes.push({ policy, binding: object, actions, decision: unknown(params.unknown) });
    else if ('error' in params) {
      const message = `failed to configure binding: ${params.error}`;
      outcomes.push({ policy, binding: object, actions, decision: { index: undefined, outcome: 'error', message } });
    } else for (const param of params) outcomes.push(...outcomesOf(policy, object, actions, validate(policy, asked, form, param, world)));
  }
  return outcomes;
}

/** One for each decision. */
export function outcomesOf(
  policy: ValidatingPolicy,
  binding: JsonObject,
  actions: readonly ValidationAction[],
  decisions: readonly Decision[],
): readonly Outcome[] {
  return decisions.map((decision) => ({ policy, binding, actions, decision }));
}

export interface Binding {
  readonly policyName: JsonValue | undefined;
  readonly actions: readonly ValidationAction[];
  readonly criteria: JsonValue | undefined;
  readonly paramRef: JsonValue | undefined;
}

// Bindings are asked about each object: what is in them is looked up once.
const read = new WeakMap<JsonObject, Binding>();

/** What a binding says. */
export function readBinding(object: JsonObject): Binding {
  let binding = read.get(object);
  if (binding === undefined) {
    const { spec } = object;
    const listed = member(spec, 'validationActions');
    binding = {
      policyName: member(spec, 'policyName'),
      actions: (isArray(listed) ? listed : []).filter(isAction),
      criteria: member(spec, 'matchResources'),
      paramRef: member(spec, 'paramRef'),
    };
    read.set(object, binding);
  }
  return binding;
}

/** The bindings of a policy. */
export function bindingsFor(policy: { readonly name: string }, bindings: readonly JsonObject[]): readonly JsonObject[] {
  return bindings.filter(({ spec }) => member(spec, 'policyName') === policy.name);
}

/** `POLICY with binding BINDING`, for messages. */
export function nameOfOutcome({ policy, binding }: Outcome): string {
  return binding === undefined ? policy.name : `${policy.name} with binding ${nameOf(binding)}`;
}

function isAction(value: unknown): value is ValidationAction {
  return value === 'Deny' || value === 'Warn' || value === 'Audit';
}

function unknown(message: string): Decision {
  return { index: undefined, outcome: 'unknown', message };
}
