import { isObject, type JsonObject, member, parse } from '@plumbline/core';
import { differencesOf, textAt } from './argo-differences.ts';
import type { IgnoreRule } from './ignore-rule.ts';

const PREFIX = 'resource.customizations.ignoreDifferences.';

/**
 * The rules for all Applications in Argo CD's own settings, the ConfigMap `argocd-cm`: `resource.customizations.ignoreDifferences.GROUP_KIND`,
 * `….KIND` for the core group, `….all`; each a text of YAML.
 */
export function argoSettings(settings: JsonObject): readonly IgnoreRule[] {
  const data = member(settings, 'data');
  if (!isObject(data)) return [];
  return Object.keys(data).flatMap((key) => {
    if (!key.startsWith(PREFIX)) return [];
    const target = targetOf(key.slice(PREFIX.length));
    const [document] = parse({ path: key, bytes: new TextEncoder().encode(textAt(data, key)) });
    return differencesOf(document?.value ?? null).map((fields) => ({ target, ...fields, reason: `"${key}" of argocd-cm` }));
  });
}

function targetOf(name: string): NonNullable<IgnoreRule['target']> {
  if (name === 'all') return {};
  const [first = '', second] = name.split('_');
  return second === undefined ? { group: '', kind: first } : { group: first, kind: second };
}
