import type { PatternLibrary } from '@plumbline/cel';
import { isArray, isObject, type JsonObject, type KindCatalogue, parse } from '@plumbline/core';
import type { AdmissionRequest, ResourceType, World } from '../src/request.ts';
import { worldOfObjects } from '../src/world-of.ts';

/** The objects of a YAML text. */
export function objects(text: string): readonly JsonObject[] {
  const documents = parse({ path: 'test.yaml', bytes: new TextEncoder().encode(text) });
  return documents.flatMap(({ value, problems }) => {
    if (value === undefined) throw new Error(problems[0]?.message ?? 'the text of the test cannot be read');
    return isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
  });
}

export function object(text: string): JsonObject {
  const [first] = objects(text);
  if (first === undefined) throw new Error('the text of the test has no object');
  return first;
}

/** JavaScript's own patterns do for what the tests ask. */
export const patterns = (): PatternLibrary => ({
  compile: (source) => ({
    test: (text) => new RegExp(source, 'u').test(text),
    matcher: () => {
      throw new Error('not asked for');
    },
  }),
});

export const OPTIONS = { minor: 36, patterns } as const;

export const type = (group: string, version: string, kind: string, resource: string, isNamespaced = true): ResourceType => ({
  group,
  version,
  kind,
  resource,
  isNamespaced,
});

export const CONFIG_MAPS = type('', 'v1', 'ConfigMap', 'configmaps');

/** The kinds of the tests: ConfigMap and Limit are namespaced, ClusterLimit is not. */
const KINDS: KindCatalogue = {
  scopeOf: ({ kind }) => (kind === 'ConfigMap' || kind === 'Limit' ? 'Namespaced' : kind === 'ClusterLimit' ? 'Cluster' : undefined),
  isBuiltinGroup: () => false,
};

export function world(text = ''): World {
  return worldOfObjects(objects(text), KINDS);
}

/** A request to create a ConfigMap `web` in `shop` with labels and data, unless it is told otherwise. */
export function request(more: Partial<AdmissionRequest> = {}): AdmissionRequest {
  const given: AdmissionRequest = {
    type: CONFIG_MAPS,
    equivalents: [],
    subresource: '',
    name: 'web',
    namespace: 'shop',
    operation: 'CREATE',
    object: object(
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: shop, labels: {team: red}}, data: {k: v, num: "7"}}',
    ),
    oldObject: null,
    userInfo: { username: 'ann', groups: ['dev'] },
  };
  return { ...given, ...more };
}
