import { isObject, listAt, member, type NotEvaluated, type Problem, type Resource, type ResourceRule, valueAt } from '@plumbline/core';
import { appliedBy } from '../applied-files.ts';
import { type ConfigRef, configsOf, judgeMissing, keysOf } from '../config-source.ts';
import { example } from '../examples.ts';
import { KUSTOMIZATION } from '../kinds.ts';

// What kustomize-controller holds every name against before it substitutes anything.
const NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;
const settings = (key: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  ${key}: live.example.org\n---\n${example(
    'Kustomization',
    ['interval: 10m', 'prune: true', 'postBuild:', '  substituteFrom:', '    - kind: ConfigMap', '      name: settings'],
  )}`;

export const rule: ResourceRule = {
  id: 'flux/substitute-from-missing',
  title: 'The variables of a Kustomization are where it looks for them, and have names that Flux takes',
  why: 'Without the ConfigMap or Secret, or with one key in it that is no name of a variable (a dash is enough), Flux applies nothing of the Kustomization.',
  remedy:
    'Correct the name; the object has to be in the namespace of the Kustomization. Write keys with letters, digits and underscores only.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  examples: { pass: settings('domain_name'), fail: settings('domain-name') },
  kinds: [KUSTOMIZATION],
  scope: 'repository',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    // Where the folder is in sight it is built, and the build says so of the names itself (flux/build-fails).
    const isBuilt = appliedBy(resource, context.repository) !== undefined;
    const inline = ['spec', 'postBuild', 'substitute'];
    const variables = isBuilt ? undefined : valueAt(resource.object, inline);
    for (const name of isObject(variables) ? Object.keys(variables) : [])
      if (!NAME.test(name)) yield { path: [...inline, name], part: 'key', message: `"${name}" is no name of a variable` };
    for (const ref of references(resource)) {
      const found = configsOf(ref, resource, context.repository);
      if (found.length === 0) yield* judgeMissing(ref, resource, context);
      else if (!isBuilt && found.length === 1 && found[0] !== undefined) yield* judgeKeys(ref, found[0]);
    }
  },
};

function* judgeKeys({ kind, name, path }: ConfigRef, found: Resource): Iterable<Problem> {
  for (const key of keysOf(found) ?? []) {
    if (NAME.test(key)) continue;
    yield {
      path,
      message: `key "${key}" of ${kind} "${name}" is no name of a variable`,
      related: [{ resource: found, path: ['metadata', 'name'], message: `this ${kind} has the key` }],
    };
  }
}

function* references(resource: Resource): Iterable<ConfigRef> {
  const list = ['spec', 'postBuild', 'substituteFrom'];
  for (const [index, entry] of listAt(resource, list).entries()) {
    const kind = member(entry, 'kind');
    const name = member(entry, 'name');
    if ((kind !== 'ConfigMap' && kind !== 'Secret') || typeof name !== 'string') continue;
    yield { kind, name, path: [...list, index, 'name'], isOptional: member(entry, 'optional') === true };
  }
}
