import {
  type FieldPath,
  isObject,
  isPlain,
  isSureSlip,
  type NotEvaluated,
  type Problem,
  type Repository,
  type Resource,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { mayBeIn, namedOf } from './references.ts';

/** A ConfigMap or Secret that a Flux object takes values from; always in its own namespace. */
export interface ConfigRef {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly path: FieldPath;
  readonly isOptional: boolean;
}

// The hash that Kustomize puts behind the name of what it generates.
const HASH = /^-[bcdfghkmt2456789]{10}$/;

/** The ConfigMaps or Secrets in sight that may be meant. */
export function configsOf({ kind, name }: ConfigRef, from: Resource, repository: Repository): readonly Resource[] {
  return (namedOf(repository, kind).get(name) ?? []).filter((resource) => mayBeIn(resource, from.namespace, from));
}

/** Judges a reference that leads to nothing in sight. What it names may well be made outside of Git: only a slip, or the hash of a generator, is certain. */
export function* judgeMissing(ref: ConfigRef, from: Resource, { repository, inventory }: RuleContext): Iterable<Problem | NotEvaluated> {
  const { kind, name, path, isOptional } = ref;
  if (isOptional || !isPlain(name) || inventory.isExternal(kind, from.namespace, name)) return;
  const unseen = repository.unseenFrom(from.document.file.path);
  if (unseen !== undefined) {
    yield { notEvaluated: unseen };
    return;
  }
  const same = repository.byKind(kind).filter((resource) => resource.namespace === from.namespace && resource.unit.state === 'as-applied');
  const hashed = same.find(
    (resource) => resource.unit === from.unit && resource.name.startsWith(name) && HASH.test(resource.name.slice(name.length)),
  );
  const message = `no ${kind} "${name}"${from.namespace === undefined ? '' : ` in namespace "${from.namespace}"`}`;
  if (hashed !== undefined) {
    yield {
      path,
      message: `${message}: Kustomize generates it as "${hashed.name}", and does not know this reference`,
      related: [
        {
          resource: hashed,
          path: ['metadata', 'name'],
          message: 'set disableNameSuffixHash, or tell Kustomize of the field by "configurations"',
        },
      ],
    };
    return;
  }
  const meant = same.find((resource) => isSureSlip(name, resource.name));
  if (meant === undefined) yield { notEvaluated: 'it may exist outside Git' };
  else {
    yield {
      path,
      message: `${message}; did you mean "${meant.name}"?`,
      related: [{ resource: meant, path: ['metadata', 'name'], message: `this ${kind} has a similar name` }],
    };
  }
}

/** The keys of a ConfigMap or Secret; undefined where something else may fill it. */
export function keysOf({ object, gvk }: Resource): readonly string[] | undefined {
  const keys = (gvk.kind === 'Secret' ? ['data', 'stringData'] : ['data', 'binaryData']).flatMap((field) => {
    const data = valueAt(object, [field]);
    return isObject(data) ? Object.keys(data) : [];
  });
  return keys.length === 0 ? undefined : keys;
}
