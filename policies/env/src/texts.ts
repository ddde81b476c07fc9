import {
  containersOf,
  type FieldPath,
  isArray,
  isObject,
  type JsonValue,
  member,
  podSpecOf,
  type Resource,
  valueAt,
} from '@plumbline/core';
import { hostsOf } from './hosts.ts';

/** A text that says where an object looks, with the key that it stands under. */
export interface PlacedText {
  readonly key: string;
  readonly text: string;
  readonly path: FieldPath;
}

/** Settings, arguments, hosts and the values of a Helm release. */
export function* textsOf(resource: Resource): Generator<PlacedText> {
  const { object, gvk } = resource;
  if (gvk.group === '' && gvk.kind === 'ConfigMap') yield* below(member(object, 'data'), ['data'], '');
  if (gvk.group === 'helm.toolkit.fluxcd.io') yield* below(valueAt(object, ['spec', 'values']), ['spec', 'values'], '');
  if (gvk.group === '' && gvk.kind === 'Service')
    yield* below(valueAt(object, ['spec', 'externalName']), ['spec', 'externalName'], 'externalName');
  for (const { host, path } of hostsOf(resource)) yield { key: 'host', text: host, path };
  for (const { container, path } of containersOf(resource)) {
    const env = member(container, 'env');
    if (isArray(env))
      for (const [index, entry] of env.entries()) {
        const name = member(entry, 'name');
        yield* below(member(entry, 'value'), [...path, 'env', index, 'value'], typeof name === 'string' ? name : '');
      }
    for (const key of ['args', 'command']) yield* below(member(container, key), [...path, key], key);
  }
}

/** Names of the Secrets, ConfigMaps and claims that a workload takes its settings and data from. */
export function* namesOf(resource: Resource): Generator<PlacedText> {
  const pod = podSpecOf(resource);
  if (pod === undefined) return;
  const named = function* (value: JsonValue | undefined, path: FieldPath, keys: readonly string[]): Generator<PlacedText> {
    for (const key of keys) {
      const text = member(value, key);
      if (typeof text === 'string') yield { key, text, path: [...path, key] };
    }
  };
  const volumes = member(pod.spec, 'volumes');
  if (isArray(volumes))
    for (const [index, volume] of volumes.entries()) {
      const path = [...pod.path, 'volumes', index];
      yield* named(member(volume, 'secret'), [...path, 'secret'], ['secretName']);
      yield* named(member(volume, 'configMap'), [...path, 'configMap'], ['name']);
      yield* named(member(volume, 'persistentVolumeClaim'), [...path, 'persistentVolumeClaim'], ['claimName']);
    }
  for (const { container, path } of containersOf(resource)) {
    for (const list of ['env', 'envFrom']) {
      const entries = member(container, list);
      if (!isArray(entries)) continue;
      for (const [index, entry] of entries.entries()) {
        const at = [...path, list, index];
        if (list === 'envFrom') for (const key of ['secretRef', 'configMapRef']) yield* named(member(entry, key), [...at, key], ['name']);
        else
          for (const key of ['secretKeyRef', 'configMapKeyRef'])
            yield* named(member(member(entry, 'valueFrom'), key), [...at, 'valueFrom', key], ['name']);
      }
    }
  }
}

function* below(value: JsonValue | undefined, path: FieldPath, key: string): Generator<PlacedText> {
  if (typeof value === 'string') yield { key, text: value, path };
  else if (isArray(value)) for (const [index, item] of value.entries()) yield* below(item, [...path, index], key);
  else if (isObject(value)) for (const name of Object.keys(value)) yield* below(value[name], [...path, name], name);
}
