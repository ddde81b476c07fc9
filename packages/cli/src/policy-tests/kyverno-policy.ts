import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';

/**
 * A policy or binding with what the Kyverno command does not ask for filled in: rules without operations mean each, a binding without actions
 * denies.
 */
export function asKyvernoReads(object: JsonObject): JsonObject {
  if (!isObject(object.spec)) return object;
  const spec: Record<string, JsonValue> = { ...object.spec };
  for (const key of ['matchConstraints', 'matchResources'] as const) {
    const criteria = spec[key];
    if (isObject(criteria)) spec[key] = withOperations(criteria);
  }
  if (object.kind === 'ValidatingAdmissionPolicyBinding' && spec.validationActions === undefined) spec.validationActions = ['Deny'];
  return { ...object, spec };
}

function withOperations(criteria: JsonObject): JsonObject {
  const copy: Record<string, JsonValue> = { ...criteria };
  for (const key of ['resourceRules', 'excludeResourceRules'] as const) {
    const rules = copy[key];
    if (isArray(rules))
      copy[key] = rules.map((rule) => (isObject(rule) && rule.operations === undefined ? { ...rule, operations: ['*'] } : rule));
  }
  return copy;
}
