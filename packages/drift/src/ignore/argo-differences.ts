import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import type { IgnoreRule } from './ignore-rule.ts';

/** The rules of `spec.ignoreDifferences` of an Argo CD Application, or of the template of an ApplicationSet. */
export function argoDifferences(application: JsonObject): readonly IgnoreRule[] {
  const path = application.kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
  const rules = valueAt(application, [...path, 'ignoreDifferences']);
  const name = textAt(member(application, 'metadata') ?? null, 'name');
  const reason = `ignoreDifferences of the ${application.kind === 'ApplicationSet' ? 'ApplicationSet' : 'Application'} "${name}"`;
  return (isArray(rules) ? rules : []).flatMap((rule, index) => {
    const origin = { object: application, path: [...path, 'ignoreDifferences', index] };
    return isObject(rule) ? rulesOf(rule, reason).map((each) => ({ ...each, origin })) : [];
  });
}

/** Two rules: what it says of fields, and of managers. Argo CD takes either. */
function rulesOf(rule: JsonObject, reason: string): readonly IgnoreRule[] {
  const target = {
    // Argo CD takes no group for the core group, and `*` for any.
    group: textAt(rule, 'group'),
    ...(textAt(rule, 'kind') === '' ? {} : { kind: textAt(rule, 'kind') }),
    ...(textAt(rule, 'namespace') === '' ? {} : { namespace: textAt(rule, 'namespace') }),
    ...(textAt(rule, 'name') === '' ? {} : { name: textAt(rule, 'name') }),
  };
  return differencesOf(rule).map((fields) => ({ target, ...fields, reason }));
}

/** Fields, and managers, as Argo CD names them: `jsonPointers`, `jqPathExpressions`, `managedFieldsManagers`. */
export function differencesOf(rule: JsonValue): readonly Pick<IgnoreRule, 'exactPointers' | 'expressions' | 'managers'>[] {
  const [exactPointers, expressions, managers] = ['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'].map((key) =>
    textsAt(rule, key),
  );
  const fields = { ...(exactPointers?.length ? { exactPointers } : {}), ...(expressions?.length ? { expressions } : {}) };
  return [...(Object.keys(fields).length > 0 ? [fields] : []), ...(managers?.length ? [{ managers }] : [])];
}

export function textsAt(value: JsonValue, key: string): readonly string[] {
  const list = member(value, key);
  return isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

export function textAt(value: JsonValue, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}
