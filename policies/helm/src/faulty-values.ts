import type { Chart, ChartValues } from '@plumbline/charts';
import {
  closest,
  decode,
  type FieldPath,
  type InputReader,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  type Location,
  type NotEvaluated,
  type Problem,
  parse,
  valueAt,
} from '@plumbline/core';
import { type ChartSchema, type ChartSchemaFault, compileChartSchema } from '@plumbline/schema';
import type { GivenLayer } from './given-layer.ts';

/** In bytes. Those of large charts have some 170,000. */
const MOST_BYTES = 1_000_000;

type ReadSchema =
  | Extract<ChartSchema, { form: 'judge' }>
  | { readonly form: 'unclear'; readonly file: string; readonly why: string }
  | { readonly form: 'invalid'; readonly message: string; readonly at: Location };

const known = new WeakMap<InputReader, Map<string, ReadSchema | undefined>>();

/** The schema of a chart's values, read once; undefined where there is none. */
export function schemaAt(folder: string, inputs: InputReader): ReadSchema | undefined {
  let schemas = known.get(inputs);
  if (schemas === undefined) {
    schemas = new Map();
    known.set(inputs, schemas);
  }
  if (!schemas.has(folder)) schemas.set(folder, readSchema(pathOf(folder), inputs));
  return schemas.get(folder);
}

function pathOf(folder: string): string {
  return folder === '' ? 'values.schema.json' : `${folder}/values.schema.json`;
}

function readSchema(path: string, inputs: InputReader): ReadSchema | undefined {
  const file = inputs.read(path);
  if (file === undefined) return undefined;
  if (file.bytes.length > MOST_BYTES) return { form: 'unclear', file: path, why: `it has more than ${MOST_BYTES} bytes` };
  const [document] = parse(file);
  const start = { file: path, line: 1, column: 1, endLine: 1, endColumn: 2 };
  try {
    JSON.parse(decode(file.bytes).text);
  } catch {
    return { form: 'invalid', message: 'this is no JSON, so that Helm reads no schema', at: start };
  }
  // `true` and `false` are schemas too.
  if (document === undefined || !isObject(document.value)) return { form: 'unclear', file: path, why: 'it is no mapping' };
  const schema = compileChartSchema(document.value);
  if (schema.form === 'unclear') return { form: 'unclear', file: path, why: schema.why };
  if (schema.form === 'judge') return schema;
  const at = { file: path, ...document.rangeOf(schema.path) };
  const name = schema.path.length === 0 ? '' : `"${schema.path.join('.')}" `;
  return { form: 'invalid', message: `the schema is not valid: ${name}${schema.message}`, at };
}

/** Whether the chart, or one below it, has a schema. */
export function hasSchema({ folder, subcharts }: Chart, inputs: InputReader, depth = 0): boolean {
  if (inputs.read(pathOf(folder)) !== undefined) return true;
  return depth < 5 && [...subcharts.values()].some((chart) => hasSchema(chart, inputs, depth + 1));
}

interface Judging {
  /** Whoever installs the chart may give what is missing or empty. */
  readonly mayBeGiven?: boolean;
  /** Of the object that is judged: where what no layer has a place for stands. */
  readonly around?: FieldPath;
}

/** What the schemas of the chart and of those below it do not allow. A fault of the defaults is told with the chart, not with each that installs it. */
export function* faultyValues(
  { chart, values, subcharts, unseen }: ChartValues,
  layers: readonly GivenLayer[],
  inputs: InputReader,
  judging: Judging = {},
  above: FieldPath = [],
): Iterable<Problem | NotEvaluated> {
  const schema = schemaAt(chart.folder, inputs);
  if (schema?.form === 'judge') {
    const faults = schema.judge(values);
    let missing: ReadonlySet<string> | undefined;
    if ('why' in faults) yield { notEvaluated: `${pathOf(chart.folder)}: ${faults.why}` };
    else
      for (const fault of faults) {
        if (unseen.has(String(fault.path[0])) || hasPlaceholder(valueAt(values, fault.path))) continue;
        if (isLeftOpen(fault, values, layers, above)) {
          missing ??= missingWithoutNulls(schema, values);
          if (!isMissing(fault, missing)) continue;
        }
        const problem = problemOf(fault, valueAt(values, fault.path), layers, above, judging);
        if (problem !== undefined) yield problem;
      }
  }
  for (const [key, below] of subcharts) yield* faultyValues(below, layers, inputs, judging, [...above, key]);
}

function problemOf(
  { path, what, message, names }: ChartSchemaFault,
  value: JsonValue | undefined,
  layers: readonly GivenLayer[],
  above: FieldPath,
  { mayBeGiven = false, around }: Judging,
): Problem | undefined {
  const name = [...above, ...path, ...(what === 'missing' ? names : [])].join('.');
  const isEmpty = value === null || value === '' || ((isArray(value) || isObject(value)) && Object.keys(value).length === 0);
  const mayChange = what === 'missing' || what === 'choice' || isEmpty;
  if (mayBeGiven && mayChange) return undefined;
  const near = what === 'unknown' ? closest(String(path.at(-1)), names) : undefined;
  const text = `value "${name}" ${message}${near === undefined ? '' : `, did you mean "${near}"?`}`;
  const part = what === 'unknown' || what === 'missing' ? 'key' : 'value';
  const whole = wholePath(above, path, layers);
  const layer = lastWith(layers, whole);
  if (layer !== undefined) return { ...layer.placeOf(whole, part), message: text };
  // The default is what is wrong: that is said there, but for one that asks to be replaced.
  if (!mayChange) return undefined;
  const told = what !== 'missing' && isEmpty ? `value "${name}" has an empty default, which ${message}` : text;
  const last = layers.at(-1);
  if (last !== undefined) return { ...last.placeOf(whole, 'key'), message: told };
  return around === undefined ? undefined : { path: around, message: told };
}

/** A default of null is kept by some versions of Helm and left out by others. */
function isLeftOpen({ path }: ChartSchemaFault, values: JsonObject, layers: readonly GivenLayer[], above: FieldPath): boolean {
  return valueAt(values, path) === null && lastWith(layers, wholePath(above, path, layers)) === undefined;
}

/** Wrong with null, and wrong without. */
function isMissing({ path, what }: ChartSchemaFault, missing: ReadonlySet<string>): boolean {
  return what === 'type' && missing.has(JSON.stringify(path));
}

function missingWithoutNulls(schema: Extract<ChartSchema, { form: 'judge' }>, values: JsonObject): ReadonlySet<string> {
  const faults = schema.judge(withoutNulls(values) as JsonObject); // a mapping stays one
  if ('why' in faults) return new Set();
  return new Set(faults.flatMap(({ path, what, names }) => (what === 'missing' ? [JSON.stringify([...path, ...names])] : [])));
}

function withoutNulls(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]));
}

/** Globals of a subchart may stand in those of any chart above. */
function wholePath(above: FieldPath, path: FieldPath, layers: readonly GivenLayer[]): FieldPath {
  if (path[0] === 'global')
    for (let length = 0; length < above.length; length++) {
      const there = [...above.slice(0, length), ...path];
      if (lastWith(layers, there) !== undefined) return there;
    }
  return [...above, ...path];
}

function lastWith(layers: readonly GivenLayer[], path: FieldPath): GivenLayer | undefined {
  return layers.findLast(({ value }) => path.length > 0 && valueAt(value, path) !== undefined);
}

/** Something else is put in its place before it is applied. */
function hasPlaceholder(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /\$\{|\{\{|^ENC\[/.test(value);
}
