import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '@plumbline/core';
import type { Random } from './random.ts';

/** An object with one thing changed, and what was changed. */
export interface Mutant {
  readonly object: JsonObject;
  readonly what: string;
}

type Step = string | number;
type Path = readonly Step[];

// What people get wrong, and what sits at the bounds of what a server takes.
const TEXTS = [
  '',
  ' ',
  'X',
  'a b',
  'a_b',
  'a.b',
  '-a',
  'a-',
  'ä',
  '5',
  'true',
  'x'.repeat(64),
  'x'.repeat(300),
  '*',
  '/',
  '/x',
  '../x',
  'a/b',
  'a/b/c',
];
const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.256',
  '::1',
  '10.0.0.0/8',
  '10.0.0.0/33',
  'fd00::/64',
  'example.com',
  '*.example.com',
  'Example.com',
  'localhost',
];
const AMOUNTS = ['1', '100m', '1Gi', '1.5', '-1', '0', '1GB', '1gi', '0.0001', '1e3', '5%', '101%', '1 Gi'];
const TIMES = ['* * * * *', '@hourly', '*/5 * * *', '61 * * * *', 'TZ=UTC * * * * *', '10s', '1h', 'Europe/Berlin', 'Mars/Base'];
const WORDS = [
  'Always',
  'Never',
  'OnFailure',
  'IfNotPresent',
  'TCP',
  'tcp',
  'UDP',
  'ClusterIP',
  'None',
  'Prefix',
  'Exact',
  'In',
  'Exists',
  'NoSchedule',
  'NoExecute',
  'Equal',
  'RollingUpdate',
  'Recreate',
  'Delete',
  'Retain',
  'Fail',
  'Ignore',
  'Localhost',
  'RuntimeDefault',
];
const NUMBERS: readonly JsonValue[] = [-1, 0, 1, 2, 80, 100, 65535, 65536, 30000, 86400, 2147483647, 1.5];
const ODD: readonly JsonValue[] = [null, true, false, [], {}, [null], { a: null }, [{}], 'text', 7];

const WAYS: readonly ((object: JsonObject, random: Random) => Mutant | undefined)[] = [
  function drop(object, random) {
    const path = random.pick(pathsOf(object).slice(1));
    if (path === undefined) return undefined;
    return { object: without(object, path), what: `without ${dotted(path)}` };
  },
  function scalar(object, random) {
    const path = random.pick(pathsOf(object).filter((one) => !isContainer(at(object, one))));
    if (path === undefined) return undefined;
    const now = at(object, path);
    const pool: readonly JsonValue[] =
      typeof now === 'number' || typeof now === 'bigint' ? NUMBERS : [...TEXTS, ...ADDRESSES, ...AMOUNTS, ...TIMES, ...WORDS];
    const value = random.pick(pool) ?? null;
    return { object: replaced(object, path, value), what: `${dotted(path)} = ${JSON.stringify(value)}` };
  },
  function shape(object, random) {
    const path = random.pick(pathsOf(object).slice(1));
    if (path === undefined) return undefined;
    const value = random.pick(ODD) ?? null;
    return { object: replaced(object, path, value), what: `${dotted(path)} = ${JSON.stringify(value)}` };
  },
  function twice(object, random) {
    const lists = pathsOf(object).filter((path) => {
      const list = at(object, path);
      return isArray(list) && list.length > 0;
    });
    const path = random.pick(lists);
    if (path === undefined) return undefined;
    const list = at(object, path) as readonly JsonValue[]; // the filter let lists through only
    return { object: replaced(object, path, [...list, random.pick(list) ?? null]), what: `an item of ${dotted(path)} twice` };
  },
  function rename(object, random) {
    const path = random.pick(pathsOf(object).filter((one) => typeof one.at(-1) === 'string'));
    const key = path?.at(-1);
    if (path === undefined || typeof key !== 'string') return undefined;
    const other = random.pick([key.toLowerCase(), `${key}s`, key.slice(0, -1), `${key[0]?.toUpperCase()}${key.slice(1)}`]);
    if (other === undefined || other === key || other === '') return undefined;
    const value = at(object, path) ?? null;
    return { object: replaced(without(object, path), [...path.slice(0, -1), other], value), what: `${dotted(path)} called ${other}` };
  },
  function move(object, random) {
    const all = pathsOf(object).slice(1);
    const from = random.pick(all);
    const to = random.pick(all);
    if (from === undefined || to === undefined) return undefined;
    return { object: replaced(object, to, at(object, from) ?? null), what: `${dotted(to)} as ${dotted(from)}` };
  },
];

/** An object with one thing changed at random; the object given stays as it is. */
export function mutate(object: JsonObject, random: Random): Mutant {
  for (;;) {
    const mutant = random.pick(WAYS)?.(object, random);
    if (mutant !== undefined) return mutant;
  }
}

/** Paths of the object and of all that is in it. */
function pathsOf(value: JsonValue, path: Path = [], found: Path[] = []): Path[] {
  found.push(path);
  if (isArray(value)) for (const [index, item] of value.entries()) pathsOf(item, [...path, index], found);
  else if (isObject(value)) for (const key of Object.keys(value)) pathsOf(value[key] ?? null, [...path, key], found);
  return found;
}

function at(value: JsonValue, path: Path): JsonValue | undefined {
  let now: JsonValue | undefined = value;
  for (const step of path) now = isArray(now) ? now[Number(step)] : isObject(now) ? now[step] : undefined;
  return now;
}

function replaced(object: JsonObject, path: Path, value: JsonValue): JsonObject {
  return edit(object, path, (holder, step) => {
    if (Array.isArray(holder)) holder[Number(step)] = value;
    else setMember(holder, String(step), value);
  });
}

function without(object: JsonObject, path: Path): JsonObject {
  return edit(object, path, (holder, step) => {
    if (Array.isArray(holder)) holder.splice(Number(step), 1);
    else delete holder[step];
  });
}

type Holder = JsonValue[] | Record<string, JsonValue>;

function edit(object: JsonObject, path: Path, change: (holder: Holder, step: Step) => void): JsonObject {
  const copy = structuredClone(object) as Record<string, JsonValue>; // a copy of its own may be written to
  const holder = at(copy, path.slice(0, -1));
  const step = path.at(-1);
  if (step !== undefined && isContainer(holder)) change(holder as Holder, step); // as above
  return copy;
}

function isContainer(value: JsonValue | undefined): boolean {
  return isArray(value) || isObject(value);
}

function dotted(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
}
