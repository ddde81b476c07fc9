import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import type { IgnoreRule } from './ignore-rule.ts';

/** The rules of `spec.ignoreDifferences` of an Argo CD Application, or of the template of an ApplicationSet. */
export function argoDifferences(application: JsonObject): readonly IgnoreRule[] {
  const path = application.kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
  const rules = valueAt(application, [...path, 'ignoreDifferences']);
  const name = textAt(member(application, 'metadata') ?? null, 'name');
  return (isArray(rules) ? rules : []).filter(isObject).map((rule) => ruleOf(rule, name));
}

function ruleOf(rule: JsonObject, application: string): IgnoreRule {
  const target = {
    // Argo CD takes no group for the core group, and `*` for any.
    group: textAt(rule, 'group'),
    ...(textAt(rule, 'kind') === '' ? {} : { kind: textAt(rule, 'kind') }),
    ...(textAt(rule, 'namespace') === '' ? {} : { namespace: textAt(rule, 'namespace') }),
    ...(textAt(rule, 'name') === '' ? {} : { name: textAt(rule, 'name') }),
  };
  return {
    target,
    pointers: textsAt(rule, 'jsonPointers'),
    expressions: textsAt(rule, 'jqPathExpressions'),
    managers: textsAt(rule, 'managedFieldsManagers'),
    reason: `ignoreDifferences of the Application "${application}"`,
  };
}

export function textsAt(value: JsonValue, key: string): readonly string[] {
  const list = member(value, key);
  return isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

export function textAt(value: JsonValue, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}
