import { isObject, type JsonObject, type JsonValue, matchesSelector, member } from '@plumbline/core';
import type { AdmissionRequest, Unknown, World } from './request.ts';

/** The parameters that a binding gives a policy: each is asked with by itself, `null` without any. An error is the configuration's. */
export type Params = readonly (JsonObject | null)[] | { readonly error: string } | Unknown;

/** As CollectParams of the API server: `paramKind` of the policy, `paramRef` of the binding. */
export function collectParams(
  paramKind: JsonValue | undefined,
  paramRef: JsonValue | undefined,
  request: AdmissionRequest,
  world: World,
): Params {
  if (!isObject(paramKind) || !isObject(paramRef)) return [null];
  const apiVersion = textIn(paramKind, 'apiVersion');
  const kind = textIn(paramKind, 'kind');
  const inSight = world.params(apiVersion, kind);
  if (inSight === undefined) return { unknown: `parameters of kind ${kind} (${apiVersion}) are not in sight: nothing defines the kind` };
  const asked = textIn(paramRef, 'namespace');
  if (!inSight.isNamespaced && asked !== '') return { error: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`' };
  const namespace = asked || request.namespace;
  if (inSight.isNamespaced && namespace === '')
    return { error: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' };
  const near = inSight.isNamespaced
    ? inSight.objects.filter(({ metadata }) => (textIn(metadata, 'namespace') || 'default') === namespace)
    : inSight.objects;
  const name = textIn(paramRef, 'name');
  const selector = member(paramRef, 'selector');
  const found =
    name !== ''
      ? near.filter(({ metadata }) => textIn(metadata, 'name') === name)
      : near.filter(({ metadata }) => matchesSelector(isObject(selector) ? selector : {}, member(metadata, 'labels')));
  if (found.length > 0) return found.map((param) => (member(param, 'kind') === undefined ? { apiVersion, kind, ...param } : param));
  if (inSight.incomplete !== undefined) return { unknown: `its parameters are not in sight (${inSight.incomplete})` };
  return member(paramRef, 'parameterNotFoundAction') === 'Deny'
    ? { error: 'no params found for policy binding with `Deny` parameterNotFoundAction' }
    : [];
}

function textIn(value: JsonValue | undefined, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}
