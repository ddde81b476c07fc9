// Random values from a seed, and inputs that nothing may write to.
import { isArray, isObject, type JsonObject, type JsonValue } from '@plumbline/core';

/** A whole number below `below`. */
export type Random = (below: number) => number;

/** The numbers of one seed are always the same (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const KEYS = ['a', 'b', 'a/b', 'c~d', '__proto__', 'constructor', '0', ''];
const SCALARS: readonly JsonValue[] = [null, true, false, 0, 1, 2.5, 'x', 'y', '', 9007199254740993n, -9223372036854775808n];

export function randomValue(random: Random, depth = 3): JsonValue {
  const kind = depth === 0 ? 0 : random(4);
  if (kind < 2) return SCALARS[random(SCALARS.length)] ?? null;
  if (kind === 2) return Array.from({ length: random(5) }, () => randomValue(random, depth - 1));
  const entries = Array.from({ length: random(4) }, () => [KEYS[random(KEYS.length)], randomValue(random, depth - 1)]);
  return Object.fromEntries(entries) as JsonObject; // of JSON values
}

/** The value with something changed here and there, so that much stays the same. */
export function changed(value: JsonValue, random: Random): JsonValue {
  if (random(6) === 0) return randomValue(random, 2);
  if (isArray(value)) {
    const items = value.flatMap((item) =>
      random(6) === 0 ? [] : random(6) === 0 ? [randomValue(random, 1), item] : [changed(item, random)],
    );
    return items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => (random(6) === 0 ? [] : [[key, changed(item, random)]]));
  return Object.fromEntries(entries) as JsonObject; // of JSON values
}

const names = ['web', 'proxy', 'log'];
const FINALIZERS = ['f/1', 'f/2', 'f/3'];
const some = (random: Random): boolean => random(3) > 0;

/** An object of the type `deployment`. `hasTwins`: ports may have one number and two protocols. */
export function randomDeployment(random: Random, hasTwins: boolean): JsonObject {
  const pick = (of: readonly string[]): readonly string[] => of.filter(() => some(random)).sort(() => random(2) - 0.5);
  const ports = (): JsonValue => {
    const all = [80, 443].flatMap((containerPort) =>
      (hasTwins ? ['TCP', 'UDP'] : ['TCP']).map((protocol) => ({ containerPort, protocol })),
    );
    return all.filter(() => some(random)).map((port) => (some(random) ? port : { ...port, name: `n${random(3)}` }));
  };
  const containers = pick(names).map((name): JsonObject => {
    return {
      name,
      image: `i:${random(3)}`,
      ...(some(random) ? { ports: ports() } : {}),
      ...(some(random) ? { env: pick(['A', 'B', 'C']).map((key): JsonObject => ({ name: key, value: `${random(3)}` })) } : {}),
      ...(some(random) ? { args: pick(['-x', '-y']) } : {}),
    };
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      ...(some(random) ? { labels: Object.fromEntries(pick(['l', 'm']).map((key) => [key, `${random(2)}`])) } : {}),
      // kubectl mistakes the order of lists of scalars that are not in order.
      ...(some(random) ? { finalizers: hasTwins ? pick(FINALIZERS) : FINALIZERS.filter(() => some(random)) } : {}),
    },
    spec: {
      ...(some(random) ? { replicas: random(3) } : {}),
      selector: { matchLabels: { app: 'web' } },
      ...(some(random) ? { strategy: some(random) ? { type: 'Recreate' } : { rollingUpdate: { maxSurge: random(3) } } } : {}),
      containers,
    },
  };
}

/** The same value, and an error for whoever writes to it. */
export function frozen<T extends JsonValue>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) frozen(item as JsonValue); // a list's or an object's own
    Object.freeze(value);
  }
  return value;
}
