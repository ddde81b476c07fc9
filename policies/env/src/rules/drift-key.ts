import {
  type FieldPath,
  isObject,
  type JsonObject,
  member,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  STAGES,
  stageOfWord,
  valueAt,
  withoutStage,
  wordsOf,
} from '@plumbline/core';
import { allowed } from '../allowed.ts';
import { before } from '../before.ts';
import { chartValuesOf, type EnvironmentValues, keysLackedBy } from '../chart-values.ts';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'env/drift-key',
  title: 'Settings have the same keys in each environment',
  why: 'A key that one environment lacks is read as empty or as a default there, or keeps pods from starting, which nobody sees before that environment.',
  remedy: 'Add the key where it is missing, or name it in the option `allowed` of the rule (a list; * stands for any text).',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['ConfigMap', 'Secret', 'helm/Values'],
  scope: 'environments',
  check(resource, context) {
    if (resource.gvk.version === '') return inValues(resource, context);
    const { environments, options } = context;
    const here = environments.of(resource);
    const counterparts = environments.counterparts(resource);
    if (here === undefined || counterparts.length === 0) return NOTHING;
    const isAllowed = allowed(options);
    const own = keysOf(resource, here.name);
    const others = counterparts.map(({ resource: other, environment }) => ({ environment, other, keys: keysOf(other, environment.name) }));
    const problems: Problem[] = [];
    for (const key of missing(resource, others, context)) {
      const holder = others.find(({ keys }) => keys.has(key));
      const place = holder?.keys.get(key);
      if (own.has(key) || holder === undefined || place === undefined || isAllowed(key) || isForTrying(key)) continue;
      const holders = others.filter(({ keys }) => keys.has(key)).map(({ environment }) => environment.name);
      problems.push({
        ...placeOfLack(resource),
        message: `key "${key}" is missing in ${here.name}, and ${holders.join(', ')} ${holders.length === 1 ? 'has' : 'have'} it`,
        related: [{ resource: holder.other, path: place, message: `set in ${holder.environment.name}` }],
      });
    }
    // Where three or more have the object, a key of one alone was left behind, or never promoted.
    if (others.length >= 2)
      for (const [key, path] of own) {
        if (others.some(({ keys }) => keys.has(key)) || isAllowed(key) || isForTrying(key)) continue;
        problems.push({
          path,
          part: 'key',
          message: `key "${key}" is in ${here.name} only, and in none of ${others.map(({ environment }) => environment.name).join(', ')}`,
        });
      }
    return problems;
  },
};

/** What the values of a chart for one environment lack that those for others set, or set alone; the chart's own values know neither. */
function inValues(resource: Resource, { options, repository }: RuleContext): readonly Problem[] {
  const files = chartValuesOf(resource, repository);
  const [first, ...rest] = files?.others ?? [];
  if (files === undefined || first === undefined) return NOTHING;
  const { own, others, isKnown } = files;
  const isAllowed = allowed(options);
  const isQuiet = (path: FieldPath): boolean => {
    const key = path.join('.');
    return isKnown(path) || isAllowed(key) || isForTrying(key);
  };
  const problems: Problem[] = [];
  const rank = (values: EnvironmentValues): number => STAGES.indexOf(values.stage);
  // Where there are two, the one that comes before tells what the other needs.
  if (rest.length > 0 || rank(first) < rank(own))
    for (const path of keysLackedBy([own.values], first.values)) {
      if (!rest.every(({ values }) => valueAt(values, path) !== undefined) || isQuiet(path)) continue;
      const holders = others.map(({ name }) => name);
      problems.push({
        path: deepestKnown(own.values, path),
        part: 'key',
        message: `key "${path.join('.')}" is missing in ${own.name}, and ${holders.join(', ')} ${holders.length === 1 ? 'has' : 'have'} it (${first.path})`,
      });
    }
  if (rest.length > 0)
    for (const path of keysLackedBy(
      others.map(({ values }) => values),
      own.values,
    )) {
      if (isQuiet(path)) continue;
      problems.push({
        path,
        part: 'key',
        message: `key "${path.join('.')}" is in ${own.name} only, and in none of ${others.map(({ name }) => name).join(', ')}`,
      });
    }
  return problems;
}

function deepestKnown(values: JsonObject, path: FieldPath): FieldPath {
  let length = path.length - 1;
  while (length > 0 && valueAt(values, path.slice(0, length)) === undefined) length--;
  return path.slice(0, length);
}

/** The mapping that lacks a key; the name where there is none. */
function placeOfLack({ object }: Resource): Pick<Problem, 'path' | 'part'> {
  const part = ['data', 'stringData'].find((key) => isObject(member(object, key)));
  return part === undefined ? { path: ['metadata', 'name'] } : { path: [part], part: 'key' };
}

interface Other {
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/** The keys that an object surely lacks: those of all others where there are several, else those of the environment before. */
function missing(resource: Resource, others: readonly (Other & { readonly other: Resource })[], context: RuleContext): Iterable<string> {
  const [first, ...rest] = others;
  if (first === undefined) return [];
  if (rest.length > 0) return [...first.keys.keys()].filter((key) => rest.every(({ keys }) => keys.has(key)));
  return before(resource, context).some(({ resource: other }) => other === first.other) ? first.keys.keys() : [];
}

/** Keys with their paths, without what names the environment: `application-live.yaml` is `application.yaml`. */
function keysOf({ object }: Resource, environment: string): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const part of ['data', 'stringData', 'binaryData']) {
    const values = member(object, part);
    if (!isObject(values)) continue;
    for (const key of Object.keys(values)) keys.set(plainKey(key, environment), [part, key]);
  }
  return keys;
}

function plainKey(key: string, environment: string): string {
  const dot = key.lastIndexOf('.');
  return dot <= 0 ? key : `${withoutStage(key.slice(0, dot), environment)}${key.slice(dot)}`;
}

const TRYING = new Set([
  'debug',
  'debugger',
  'trace',
  'test',
  'mock',
  'fake',
  'stub',
  'dev',
  'profiling',
  'sandbox',
  'feature',
  'flag',
  'experimental',
]);

/** Whether a key says that it is for trying things out, which some environments are for, or for one environment. */
function isForTrying(key: string): boolean {
  return wordsOf(key.toLowerCase()).some((word) => TRYING.has(word) || stageOfWord(word) !== undefined);
}
