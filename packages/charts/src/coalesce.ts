import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import type { Chart, Dependency } from './chart.ts';

/** A chart and the values that its templates and its schema get, as Helm gives them. */
export interface ChartValues {
  readonly chart: Chart;
  readonly values: JsonObject;
  /** By the name that its values have in the parent. Those that are switched off are not there. */
  readonly subcharts: ReadonlyMap<string, ChartValues>;
  /** Names of dependencies that are not in sight: what they add of their own is not in `values`. */
  readonly unseen: ReadonlySet<string>;
}

type Values = Record<string, JsonValue>;

/**
 * `given` over what the chart and its subcharts bring (`ToRenderValues` of Helm 3). Undefined where it is not known: a subchart hands
 * values up, or is given no mapping.
 */
export function coalesceValues(chart: Chart, given: JsonValue | undefined): ChartValues | undefined {
  if (given !== undefined && given !== null && !isObject(given)) return undefined;
  const values = copyOf(given ?? null);
  return coalesce(chart, values, member(merged(values, chart.defaults?.value), 'tags'));
}

function coalesce(chart: Chart, values: Values, tags: JsonValue | undefined): ChartValues | undefined {
  const parts = partsOf(chart, merged(values, chart.defaults?.value), tags);
  if (parts === undefined) return undefined;
  layUnder(values, chart.defaults?.value, new Set(parts.keys()));
  const subcharts = new Map<string, ChartValues>();
  const unseen = new Set<string>();
  for (const [key, part] of parts) {
    const own = member(values, key) ?? {};
    if (!isObject(own)) return undefined;
    const below = copyOf(own);
    takeGlobals(below, values);
    if (part === undefined) unseen.add(key);
    else {
      const inside = coalesce(part, below, tags);
      if (inside === undefined) return undefined;
      subcharts.set(key, inside);
    }
    values[key] = below as JsonObject;
  }
  return { chart, values: values as JsonObject, subcharts, unseen };
}

/** The subcharts that are switched on, each by its name here; undefined for one that is not in sight. */
function partsOf(chart: Chart, values: JsonValue, tags: JsonValue | undefined): ReadonlyMap<string, Chart | undefined> | undefined {
  const parts = new Map<string, Chart | undefined>();
  const named = new Set<string>();
  for (const dependency of chart.dependencies) {
    if (dependency.importsValues) return undefined;
    named.add(dependency.name);
    if (isOn(dependency, values, tags)) parts.set(dependency.key, chart.subcharts.get(dependency.name));
  }
  for (const [name, part] of chart.subcharts) if (!named.has(name)) parts.set(name, part);
  for (const archive of chart.archives) {
    const name = archive.replace(/-v?\d.*$/, '');
    if (!named.has(name) && !parts.has(name)) parts.set(name, undefined);
  }
  return parts;
}

/** The first condition that is there decides; else tags do. */
function isOn({ document, index, conditions }: Dependency, values: JsonValue, tags: JsonValue | undefined): boolean {
  for (const condition of conditions) {
    const value = valueAt(values, condition.split('.'));
    if (typeof value === 'boolean') return value;
  }
  const own = valueAt(document.value, ['dependencies', index, 'tags']);
  const said = (isArray(own) ? own : []).map((tag) => (typeof tag === 'string' ? member(tags, tag) : undefined));
  return said.includes(true) || !said.includes(false);
}

/** The defaults of a chart under its values: null takes a default away. Below the names of subcharts null is kept for the subchart. */
function layUnder(values: Values, defaults: JsonValue | undefined, subcharts: ReadonlySet<string>): void {
  if (!isObject(defaults)) return;
  for (const key of Object.keys(defaults)) {
    const value = member(values as JsonObject, key);
    const under = member(defaults, key) ?? null;
    if (value === undefined) values[key] = copied(under);
    else if (value === null) delete values[key];
    else if (isObject(value) && isObject(under)) joinUnder(value as Values, under, subcharts.has(key));
  }
}

function joinUnder(values: Values, defaults: JsonObject, keepsNull: boolean): void {
  for (const key of Object.keys(defaults)) {
    const value = member(values as JsonObject, key);
    const under = member(defaults, key) ?? null;
    if (value === undefined) values[key] = copied(under);
    else if (value === null && !keepsNull) delete values[key];
    else if (isObject(value) && isObject(under)) joinUnder(value as Values, under, keepsNull);
  }
}

/** Every subchart has `global`: its own, and over it that of the parent. */
function takeGlobals(below: Values, above: Values): void {
  const own = member(below as JsonObject, 'global') ?? {};
  const given = member(above as JsonObject, 'global') ?? {};
  if (!isObject(own) || !isObject(given)) return;
  const globals = copyOf(own);
  for (const key of Object.keys(given)) {
    const value = member(given, key) ?? null;
    const under = member(globals as JsonObject, key);
    if (isObject(value)) {
      if (under !== undefined && !isObject(under)) continue;
      const over = copyOf(value);
      if (isObject(under)) joinUnder(over, under, true);
      globals[key] = over as JsonObject;
    } else if (!isObject(under)) globals[key] = value;
  }
  below.global = globals as JsonObject;
}

function merged(values: Values, defaults: JsonValue | undefined): JsonObject {
  const all = copyOf(values as JsonObject);
  layUnder(all, defaults, new Set());
  return all as JsonObject;
}

function copyOf(value: JsonValue): Values {
  return isObject(value) ? (copied(value) as Values) : empty();
}

function copied(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(copied);
  if (!isObject(value)) return value;
  const copy = empty();
  for (const key of Object.keys(value)) copy[key] = copied(member(value, key) ?? null);
  return copy as JsonObject;
}

/** Without a prototype, so that `__proto__` is a name like any other. */
function empty(): Values {
  return Object.create(null) as Values;
}

/** Files of values, the later over the earlier: mappings are joined, and null stays. */
export function joinValues(layers: readonly JsonValue[]): JsonObject {
  const joined = empty();
  for (const layer of layers) joinOver(joined, layer);
  return joined as JsonObject;
}

function joinOver(values: Values, over: JsonValue): void {
  if (!isObject(over)) return;
  for (const key of Object.keys(over)) {
    const value = member(over, key) ?? null;
    const under = member(values as JsonObject, key);
    if (isObject(under) && isObject(value)) joinOver(under as Values, value);
    else values[key] = copied(value);
  }
}
