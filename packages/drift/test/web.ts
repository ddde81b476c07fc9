import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { object } from './ports.ts';

/** A Deployment with keyed lists, sets, whole lists, quantities and maps. */
export const WEB = object(`
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: {app: web, tier: front}
  annotations: {team: a}
  finalizers: [example.com/a, example.com/b]
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true}
      tolerations: [{key: a, operator: Exists}, {key: b, operator: Exists}]
      containers:
        - name: web
          image: nginx:1.25
          args: [one, two, three]
          resources: {limits: {cpu: 1000m, memory: 1Gi}}
          ports: [{containerPort: 80, name: http}, {containerPort: 443, name: https}]
          env: [{name: A, value: "1"}, {name: B, value: "2"}, {name: C, value: "3"}]
        - name: log
          image: log:2
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]
`);

/** A copy with some of its values changed, removed, added or moved; identities stay. */
export function disturbed(value: JsonValue, random: (bound: number) => number, path = ''): JsonValue {
  if (isArray(value)) {
    const items = value.map((item, index) => disturbed(item, random, `${path}/${index}`));
    if (random(12) === 0) items.splice(random(items.length), 1);
    if (random(12) === 0) items.reverse();
    if (random(12) === 0 && items.length > 0) items.push(twin(items.at(-1) ?? null, random));
    return items;
  }
  if (isObject(value)) {
    const copy: { [key: string]: JsonValue } = {};
    for (const [key, item] of Object.entries(value)) {
      const place = `${path}/${key}`;
      if (FIXED.test(place)) copy[key] = item;
      else if (NEEDED.test(place) || random(20) > 0) copy[key] = disturbed(item, random, place);
    }
    if (random(15) === 0 && /(?:labels|annotations|limits)$/.test(path)) copy[`x${random(3)}`] = `${random(9)}`;
    return copy;
  }
  if (random(10) > 0) return value;
  return typeof value === 'string' ? `${value}${random(9)}` : typeof value === 'number' ? value + 1 : !value;
}

const FIXED = /^\/(?:apiVersion|kind|metadata\/(?:name|namespace|uid)|spec\/selector)$|\/(?:cpu|memory)$/;

/** Members that a server takes no object without. */
const NEEDED = /^\/metadata$|\/(?:name|containerPort|mountPath)$/;

function twin(item: JsonValue, random: (bound: number) => number): JsonValue {
  if (!isObject(item)) return `${String(item)}-${random(9)}`;
  return { ...item, ...(Object.hasOwn(item, 'name') ? { name: `n${random(99)}` } : {}), ...containerPort(item, random) };
}

function containerPort(item: JsonObject, random: (bound: number) => number): JsonObject {
  return Object.hasOwn(item, 'containerPort') ? { containerPort: 1000 + random(99) } : {};
}
