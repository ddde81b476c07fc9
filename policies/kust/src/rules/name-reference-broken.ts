import {
  type FieldPath,
  isArray,
  isObject,
  type JsonValue,
  kindKey,
  member,
  type Problem,
  type Renamed,
  type Resource,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';

export const rule: ResourceRule = {
  id: 'kust/name-reference-broken',
  title: 'What names an object follows when a build renames it',
  why: 'A prefix, a suffix or a hash gives the object another name. Kustomize corrects the fields that it knows; in a custom resource it knows none, and the field names an object that does not exist.',
  remedy:
    'Name the field under `nameReference` in a file of `configurations`, or keep the name as it is (`disableNameSuffixHash: true` for a generated object).',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configurations/',
  kinds: ['*'],
  scope: 'unit',
  check: (resource, context) => (resource.renamed === undefined ? NOTHING : [...judge(resource, resource.renamed, context)]),
};

const NOTHING: readonly Problem[] = [];

function* judge(resource: Resource, renamed: readonly Renamed[], { inventory, kinds }: RuleContext): Generator<Problem> {
  // The fields of built-in kinds are known to Kustomize, and to the rules about references.
  if (kinds.isBuiltinGroup(resource.gvk.group)) return;
  for (const { path, kind, name } of referencesIn(member(resource.object, 'spec'), ['spec'])) {
    const target = renamed.find((each) => each.kind === kind && each.from.includes(name));
    if (target === undefined || isThere(target, name, resource, { inventory, renamed })) continue;
    yield { path, message: `this names ${kind} "${name}", which the build renames to "${target.to}" without changing it here` };
  }
}

interface Around {
  readonly inventory: RuleContext['inventory'];
  readonly renamed: readonly Renamed[];
}

/** Whether something else bears the name. */
function isThere({ group, kind }: Renamed, name: string, { namespace }: Resource, { inventory, renamed }: Around): boolean {
  const key = kindKey({ group, version: '', kind });
  if (renamed.some((each) => each.kind === kind && each.to === name)) return true;
  if (inventory.byKind(key).some((other) => other.name === name)) return true;
  // A chart could make one too; but then it would have the very name that the build gave away.
  return inventory.isExternal(key, namespace, name);
}

interface Reference {
  readonly path: FieldPath;
  readonly kind: string;
  readonly name: string;
}

/** Fields that say the kind of what they name: by `kind` beside `name`, or by their own name (`secretRef`, `configMapKeyRef`, `existingSecret`). */
function* referencesIn(value: JsonValue | undefined, path: FieldPath): Generator<Reference> {
  if (isArray(value)) for (const [index, item] of value.entries()) yield* referencesIn(item, [...path, index]);
  if (!isObject(value)) return;
  const name = member(value, 'name');
  const kind = kindOf(value, path);
  if (typeof name === 'string' && name !== '' && kind !== undefined && !makesIt(path)) yield { path: [...path, 'name'], kind, name };
  for (const key of Object.keys(value)) {
    // Templates of objects and values of charts are no fields of this kind.
    if (key === 'template' || key === 'values' || key === 'metadata') continue;
    yield* referencesIn(value[key], [...path, key]);
  }
}

/** What a mapping with a name in it refers to. */
function kindOf(value: JsonValue, path: FieldPath): string | undefined {
  const kind = member(value, 'kind');
  if (typeof kind === 'string') return kind;
  if (kind !== undefined) return undefined;
  const key = String(path.findLast((step) => typeof step === 'string') ?? '');
  return /^secret(?:Key)?Ref$/.test(key) ? 'Secret' : /^configMap(?:Key)?Ref$/.test(key) ? 'ConfigMap' : undefined;
}

/** Whether the field says what is to be made, not what is there. */
function makesIt(path: FieldPath): boolean {
  return path.some((step) =>
    /^(?:target|targets|output|outputs|destination|writeConnectionSecretToRef|create|generated?)$/i.test(String(step)),
  );
}
