import { isArray, type JsonObject, type JsonValue, member } from '@plumbline/core';
import type { AdmissionRequest, ResourceType } from './request.ts';

/** The form of the request that a rule names; undefined where none does. An absent list of rules matches everything. */
export function matchRules(rules: JsonValue | undefined, isEquivalent: boolean, request: AdmissionRequest): ResourceType | undefined {
  const list = isArray(rules) ? rules : [];
  const forms = isEquivalent ? [request.type, ...request.equivalents] : [request.type];
  for (const form of forms) if (list.some((rule) => matches(rule, form, request))) return form;
  return undefined;
}

function matches(rule: JsonValue, form: ResourceType, request: AdmissionRequest): boolean {
  return (
    hasScope(member(rule, 'scope'), request) &&
    isIn(member(rule, 'operations'), request.operation) &&
    namesForm(rule, form, request.subresource) &&
    hasName(member(rule, 'resourceNames'), request.name)
  );
}

/** Whether criteria may mean objects of a kind at all, whatever their names, labels and namespaces are. */
export function mayMatch(
  criteria: JsonValue | undefined,
  { type, equivalents }: Pick<AdmissionRequest, 'type' | 'equivalents'>,
  operation: AdmissionRequest['operation'],
): boolean {
  const rules = member(criteria, 'resourceRules');
  if (!isArray(rules) || rules.length === 0) return true;
  const forms = member(criteria, 'matchPolicy') === 'Exact' ? [type] : [type, ...equivalents];
  return rules.some((rule) => isIn(member(rule, 'operations'), operation) && forms.some((form) => namesForm(rule, form, '')));
}

function namesForm(rule: JsonValue, form: ResourceType, subresource: string): boolean {
  return (
    isIn(member(rule, 'apiGroups'), form.group) &&
    isIn(member(rule, 'apiVersions'), form.version) &&
    hasResource(member(rule, 'resources'), form.resource, subresource)
  );
}

/** A Namespace counts as cluster-scoped, though requests for it name its own namespace. */
function hasScope(scope: JsonValue | undefined, { type, namespace }: AdmissionRequest): boolean {
  const isClusterScoped = namespace === '' || (type.group === '' && type.resource === 'namespaces');
  if (scope === 'Namespaced') return !isClusterScoped;
  return scope === 'Cluster' ? isClusterScoped : true;
}

function isIn(list: JsonValue | undefined, wanted: string): boolean {
  return isArray(list) && (list.includes('*') || list.includes(wanted));
}

function hasResource(list: JsonValue | undefined, resource: string, subresource: string): boolean {
  return (
    isArray(list) &&
    list.some((entry) => {
      if (typeof entry !== 'string') return false;
      const slash = entry.indexOf('/');
      const [main, sub] = slash < 0 ? [entry, ''] : [entry.slice(0, slash), entry.slice(slash + 1)];
      return (main === '*' || main === resource) && (sub === '*' || sub === subresource);
    })
  );
}

function hasName(names: JsonValue | undefined, name: string): boolean {
  return !isArray(names) || names.length === 0 || names.includes(name);
}

/** Whether policies are not asked about objects of the kind: those that configure admission itself. */
export function isExempt({ type }: Pick<AdmissionRequest, 'type'>): boolean {
  return type.group === 'admissionregistration.k8s.io' && EXEMPT.test(type.kind);
}

const EXEMPT = /^(?:(?:Validating|Mutating)WebhookConfiguration|(?:Validating|Mutating)AdmissionPolicy(?:Binding)?)$/;

/** The members of a policy's matchConstraints or a binding's matchResources. */
export type MatchResources = JsonObject;
