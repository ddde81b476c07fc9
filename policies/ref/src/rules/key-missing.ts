import {
  closest,
  type FieldPath,
  type NotEvaluated,
  POD_KINDS,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';
import { type PodReference, podReferencesOf } from '../pod-references.ts';
import { placeOf } from '../sight.ts';
import { isSureSource, type KeyedKind, type Source, sourcesOf } from '../sources.ts';

export const rule: ResourceRule = {
  id: 'ref/key-missing',
  title: 'A key that a pod reads is in the ConfigMap or Secret',
  why: 'A container whose environment names a key that is not there is not started, and a volume that lists one is not mounted. A subPath without its key becomes an empty directory.',
  remedy: 'Correct the key, or add it to the ConfigMap or Secret. Where the pod can do without, say "optional: true".',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: shop
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: color
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
`,
    fail: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: shop
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: colour
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
`,
  },
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
  kinds: POD_KINDS,
  scope: 'unit',
  check(resource, context) {
    let said: (Problem | NotEvaluated)[] | undefined;
    for (const reference of podReferencesOf(resource)) {
      if (reference.keys.length > 0) said = [...(said ?? NOTHING), ...judge(reference, resource, context)];
    }
    return said ?? NOTHING;
  },
};

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

function* judge(reference: PodReference, resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { kind, name, isOptional, keys } = reference;
  if (isOptional || keys.length === 0 || (kind !== 'ConfigMap' && kind !== 'Secret')) return;
  const place = placeOf(resource);
  const sources = sourcesOf(kind, name, place, context);
  if (sources.length === 0) return;
  const known = new Set<string>();
  for (const source of sources) {
    if (source.keys === undefined) return;
    for (const key of source.keys) known.add(key);
  }
  for (const { key, path, use } of keys) {
    if (known.has(key)) continue;
    const source = sources.find((each) => isSureSource(each, place));
    // Another object of the name may have the key.
    if (context.inventory.isExternal(kind, place.namespace, name)) return;
    if (source === undefined) {
      yield { notEvaluated: `the namespace or the build of its ${kind} is not known` };
      return;
    }
    yield absent(kind, name, key, path, use, known, source);
  }
}

function absent(
  kind: KeyedKind,
  name: string,
  key: string,
  path: FieldPath,
  use: PodReference['keys'][number]['use'],
  known: ReadonlySet<string>,
  source: Source,
): Problem {
  const meant = closest(key, known);
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  return {
    path,
    message: `${kind} "${name}" has no key "${key}"${hint}`,
    related: [{ resource: source.resource, path: ['metadata', 'name'], message: `this makes ${kind} "${name}"` }],
    // The pod starts, with an empty directory where the file should be.
    ...(use === 'subPath' ? { severity: 'warning' as const } : {}),
  };
}
