import {
  closest,
  isObject,
  isPlain,
  listAt,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
} from '@plumbline/core';
import { type ConfigRef, configsOf, judgeMissing, keysOf } from '../config-source.ts';
import { example } from '../examples.ts';
import { HELM_RELEASE } from '../kinds.ts';

const values =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cart-values\n  namespace: shop\ndata:\n  values.yaml: "replicas: 3"\n---\n';
const release = (key: string): string =>
  values + example('HelmRelease', ['interval: 1h', 'valuesFrom:', '  - kind: ConfigMap', '    name: cart-values', `    valuesKey: ${key}`]);

export const rule: ResourceRule = {
  id: 'flux/values-from-missing',
  title: 'The values of a release are where it looks for them',
  why: 'A release whose ConfigMap or Secret, or the key in it, is not there is not upgraded any more. "optional" excuses a missing object, never a missing key.',
  remedy: 'Correct name and valuesKey ("values.yaml" by default); the object has to be in the namespace of the release.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
  examples: { pass: release('values.yaml'), fail: release('values.yml') },
  kinds: [HELM_RELEASE],
  scope: 'repository',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    for (const { ref, key, keyPath } of references(resource)) {
      const found = configsOf(ref, resource, context.repository);
      if (found.length === 0) {
        yield* judgeMissing(ref, resource, context);
        continue;
      }
      const [only] = found;
      if (only === undefined || found.length > 1 || only.unit.state !== 'as-applied' || !isPlain(key)) continue;
      const keys = keysOf(only);
      if (keys === undefined || keys.includes(key)) continue;
      const meant = closest(key, keys);
      yield {
        path: keyPath,
        message: `${ref.kind} "${ref.name}" has no key "${key}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
        related: [{ resource: only, path: ['metadata', 'name'], message: `this ${ref.kind} holds other keys` }],
      };
    }
  },
};

interface ValuesRef {
  readonly ref: ConfigRef;
  readonly key: string;
  readonly keyPath: ConfigRef['path'];
}

function* references(resource: Resource): Iterable<ValuesRef> {
  for (const [index, entry] of listAt(resource, ['spec', 'valuesFrom']).entries()) {
    if (!isObject(entry)) continue;
    const kind = member(entry, 'kind');
    const name = member(entry, 'name');
    if ((kind !== 'ConfigMap' && kind !== 'Secret') || typeof name !== 'string') continue;
    const path = ['spec', 'valuesFrom', index, 'name'];
    const written = member(entry, 'valuesKey');
    const key = typeof written === 'string' && written !== '' ? written : 'values.yaml';
    yield {
      ref: { kind, name, path, isOptional: member(entry, 'optional') === true },
      key,
      keyPath: key === written ? ['spec', 'valuesFrom', index, 'valuesKey'] : path,
    };
  }
}
