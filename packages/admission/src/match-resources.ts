import { isArray, isObject, type JsonObject, type JsonValue, matchesSelector, member } from '@plumbline/core';
import { matchRules } from './match-rules.ts';
import { type AdmissionRequest, isUnknown, type ResourceType, type Unknown, type World } from './request.ts';
import { namespaceValue } from './request-value.ts';

/**
 * Whether matchConstraints or matchResources mean a request, and in which of its forms; undefined where they do not. Unknown where
 * that hangs on a Namespace that is not in sight. Absent criteria mean every request.
 */
export function matchResources(
  criteria: JsonValue | undefined,
  request: AdmissionRequest,
  world: World,
): ResourceType | Unknown | undefined {
  if (criteria === undefined) return request.type;
  const fixed = fixedForm(criteria, request);
  if (fixed !== undefined) return fixed ?? undefined;
  const isEquivalent = member(criteria, 'matchPolicy') !== 'Exact';
  const inNamespace = matchesNamespace(selectorIn(criteria, 'namespaceSelector'), request, world);
  if (inNamespace === false) return undefined;
  if (!matchesObject(selectorIn(criteria, 'objectSelector'), request)) return undefined;
  if (matchRules(member(criteria, 'excludeResourceRules'), isEquivalent, request) !== undefined) return undefined;
  const rules = member(criteria, 'resourceRules');
  const form = !Array.isArray(rules) || rules.length === 0 ? request.type : matchRules(rules, isEquivalent, request);
  return form !== undefined && isUnknown(inNamespace) ? inNamespace : form;
}

// By criteria and type: most policies say nothing of names, labels or namespaces, and are asked about many objects.
const known = new WeakMap<object, WeakMap<ResourceType, Fixed>>();

/** The form of every request for the type, null for none; undefined where it hangs on the object. */
type Fixed = ResourceType | null | undefined;

/** The form of every request for the type that is like this one but for its object and names. */
export function fixedForm(criteria: JsonValue, request: AdmissionRequest): Fixed {
  if (!isObject(criteria) || request.subresource !== '' || request.operation !== 'CREATE') return undefined;
  let byType = known.get(criteria);
  if (byType === undefined) {
    byType = new WeakMap();
    known.set(criteria, byType);
  }
  const found = byType.get(request.type);
  if (found !== undefined || byType.has(request.type)) return found;
  const rules = criteria.resourceRules;
  const isOfKindsOnly =
    selectorIn(criteria, 'namespaceSelector') === undefined &&
    selectorIn(criteria, 'objectSelector') === undefined &&
    criteria.excludeResourceRules === undefined &&
    (!isArray(rules) || rules.every((rule) => member(rule, 'resourceNames') === undefined && member(rule, 'scope') === undefined));
  const isEquivalent = criteria.matchPolicy !== 'Exact';
  const form = !isArray(rules) || rules.length === 0 ? request.type : matchRules(rules, isEquivalent, request);
  const fixed = isOfKindsOnly ? (form ?? null) : undefined;
  byType.set(request.type, fixed);
  return fixed;
}

function selectorIn(criteria: JsonValue | undefined, key: string): JsonObject | undefined {
  const selector = member(criteria, key);
  if (!isObject(selector)) return undefined;
  const isEmpty = (part: JsonValue | undefined): boolean => part === undefined || part === null || Object.keys(part).length === 0;
  return isEmpty(member(selector, 'matchLabels')) && isEmpty(member(selector, 'matchExpressions')) ? undefined : selector;
}

/** A cluster-scoped object that is no Namespace is never excluded by a selector of namespaces. */
function matchesNamespace(selector: JsonObject | undefined, request: AdmissionRequest, world: World): boolean | Unknown {
  const isNamespace = request.type.resource === 'namespaces' && request.type.group === '';
  if (selector === undefined || (request.namespace === '' && !isNamespace)) return true;
  if (isNamespace && request.object !== null) return matchesSelector(selector, labelsOf(namespaceValue(request.object)));
  const namespace = world.namespace(request.namespace);
  if (namespace === undefined) return { unknown: `namespace "${request.namespace}" is not in sight, and a selector asks for its labels` };
  return matchesSelector(selector, labelsOf(namespaceValue(namespace)));
}

function matchesObject(selector: JsonObject | undefined, { object, oldObject }: AdmissionRequest): boolean {
  if (selector === undefined) return true;
  return [object, oldObject].some((one) => one !== null && matchesSelector(selector, labelsOf(one)));
}

function labelsOf(object: JsonObject): JsonValue | undefined {
  return member(object.metadata, 'labels');
}
