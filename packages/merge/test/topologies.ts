// Types for tests, written by hand.
import type { JsonValue } from '@plumbline/core';
import type { FieldTopology, ListTopology, Topology } from '../src/index.ts';

export interface FieldFacts {
  readonly patch?: string;
  readonly key?: string;
  readonly default?: JsonValue;
}
type Fields = Readonly<Record<string, Topology | readonly [Topology, FieldFacts]>>;

export const text: Topology = { scalar: 'string', list: undefined, map: undefined };
export const number: Topology = { scalar: 'numeric', list: undefined, map: undefined };
export const any: Topology = { scalar: 'any', list: undefined, map: undefined };

export function object(fields: Fields, isAtomic = false): Topology {
  const made = new Map(Object.entries(fields).map(([name, field]) => [name, fieldOf(field)]));
  return { scalar: undefined, list: undefined, map: { isAtomic, fields: made, values: undefined, isDeduced: false } };
}

export function mapOf(values: Topology): Topology {
  return { scalar: undefined, list: undefined, map: { isAtomic: false, fields: new Map(), values, isDeduced: false } };
}

export function list(kind: ListTopology['kind'], item: Topology, ...keys: string[]): Topology {
  return { scalar: undefined, list: { kind, keys, item }, map: undefined };
}

function fieldOf(field: Topology | readonly [Topology, FieldFacts]): FieldTopology {
  const [type, facts]: readonly [Topology, FieldFacts] = 'scalar' in field ? [field, {}] : field;
  return { type, default: facts.default, patchStrategies: facts.patch?.split(',') ?? [], mergeKey: facts.key };
}

const port = object({ containerPort: [number, { default: 0 }], protocol: [text, { default: 'TCP' }], name: text });
const container = object({
  name: [text, { default: '' }],
  image: text,
  args: list('atomic', text),
  ports: [list('map', port, 'containerPort', 'protocol'), { patch: 'merge', key: 'containerPort' }],
  env: [list('map', object({ name: text, value: text }), 'name'), { patch: 'merge', key: 'name' }],
});

/** As much of a Deployment as merging has kinds of fields. */
export const deployment: Topology = object({
  apiVersion: text,
  kind: text,
  metadata: object({
    name: text,
    labels: mapOf(text),
    annotations: mapOf(text),
    finalizers: [list('set', text), { patch: 'merge' }],
  }),
  spec: object({
    replicas: number,
    selector: object({ matchLabels: mapOf(text) }, true),
    strategy: [object({ type: text, rollingUpdate: object({ maxSurge: any }) }), { patch: 'retainKeys' }],
    containers: [list('map', container, 'name'), { patch: 'merge', key: 'name' }],
  }),
});
