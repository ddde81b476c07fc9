import {
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type ParsedFile,
  type Repository,
  type Resource,
  STAGES,
  type Stage,
  stageOfName,
  valueAt,
} from '@plumbline/core';

/** The values of a chart for one environment. */
export interface EnvironmentValues {
  readonly path: string;
  /** As the file's name says it: `live` of `values-live.yaml`. */
  readonly name: string;
  readonly stage: Stage;
  readonly values: JsonObject;
}

/** The values files of one chart that differ in the name of the environment only, with what holds for all of them. */
export interface ChartValues {
  readonly own: EnvironmentValues;
  /** In order of promotion. */
  readonly others: readonly EnvironmentValues[];
  /** Whether the chart itself says a key, or a part of the way to it that is not a mapping of known keys: its templates then know what to do without. */
  isKnown(path: FieldPath): boolean;
}

const FOLDERS = /^(?:values|envs?|environments)$/;

/** The values files that belong with one; undefined where it is of no environment, or its chart is not in sight. */
export function chartValuesOf(resource: Resource, repository: Repository): ChartValues | undefined {
  const path = resource.document.file.path;
  const own = environmentValues(path, resource.object);
  const chart = own === undefined ? undefined : chartOf(path, repository);
  if (own === undefined || chart === undefined) return undefined;
  const folder = folderOf(path);
  const others = repository
    .filesBelow(folder)
    .flatMap((file) => {
      if (folderOf(file.file.path) !== folder || file.file.path === path || file.role !== 'helm/Values') return [];
      const value = only(file);
      const other = isObject(value) ? environmentValues(file.file.path, value) : undefined;
      return other === undefined || shapeOf(other.path) !== shapeOf(path) ? [] : [other];
    })
    .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
  return { own, others, isKnown: (at) => isKnownTo(chart, at) };
}

function environmentValues(path: string, values: JsonObject): EnvironmentValues | undefined {
  const word = wordsOfName(path).find((one) => stageOfName(one) !== undefined);
  const stage = stageOfName(wordsOfName(path).join('-'));
  return word === undefined || stage === undefined ? undefined : { path, name: word, stage, values };
}

/** A file's name with `*` in place of its environment. */
function shapeOf(path: string): string {
  return wordsOfName(path)
    .map((word) => (stageOfName(word) === undefined ? word : '*'))
    .join('-');
}

function wordsOfName(path: string): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  // `pre-prod` is one word.
  return name.split(/[._]|-(?!prod)|(?<!pre|non)-/).filter((word) => word !== '');
}

interface Chart {
  readonly defaults: JsonObject;
  /** Names of charts below it, whose defaults are not here. */
  readonly below: ReadonlySet<string>;
}

/** The chart that a values file is of: that of its folder, or of the one above where it lies in a folder of values. */
function chartOf(path: string, repository: Repository): Chart | undefined {
  const folder = folderOf(path);
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  for (const root of FOLDERS.test(name) ? [folder, folderOf(folder)] : [folder]) {
    const inside = (file: string): string => (root === '' ? file : `${root}/${file}`);
    if (repository.kindOf(inside('Chart.yaml')) !== 'file') continue;
    const files = new Map(repository.filesBelow(root).map((file) => [file.file.path, file]));
    const defaults = only(files.get(inside('values.yaml')));
    const definition = only(files.get(inside('Chart.yaml')));
    if (!isObject(defaults) || !isObject(definition)) return undefined;
    const listed = [member(definition, 'dependencies'), member(only(files.get(inside('requirements.yaml'))), 'dependencies')];
    const dependencies = listed.flatMap((list) => (isArray(list) ? [...list] : []));
    const names = dependencies.flatMap((dependency) => [member(dependency, 'name'), member(dependency, 'alias')]);
    const vendored = repository.namesIn(inside('charts'));
    return { defaults, below: new Set([...names.filter((one) => typeof one === 'string'), ...vendored]) };
  }
  return undefined;
}

/** What is read by others than the chart's own templates: by all charts below, by Helm for dependencies, by SOPS. */
const ELSEWHERE = new Set(['global', 'tags', 'sops']);

function isKnownTo({ defaults, below }: Chart, path: FieldPath): boolean {
  const [first] = path;
  if (ELSEWHERE.has(String(first)) || below.has(String(first))) return true;
  for (let length = 1; length <= path.length; length++) {
    const value = valueAt(defaults, path.slice(0, length));
    if (value === undefined) return false;
    if (!isObject(value) || Object.keys(value).length === 0) return true;
  }
  return true;
}

function only(file: ParsedFile | undefined): JsonValue | undefined {
  return file?.documents.length === 1 ? file.documents[0]?.value : undefined;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The ways to the values that `values` sets and the others all lack, each as far as the first key that they lack. */
export function keysLackedBy(others: readonly JsonObject[], values: JsonObject): readonly FieldPath[] {
  const found: FieldPath[] = [];
  const walk = (value: JsonObject, path: FieldPath): void => {
    for (const key of Object.keys(value)) {
      const at = [...path, key];
      if (others.every((other) => valueAt(other, at) === undefined)) {
        found.push(at);
        continue;
      }
      const below = value[key];
      if (isObject(below) && others.every((other) => isObject(valueAt(other, at)) || valueAt(other, at) === undefined)) walk(below, at);
    }
  };
  walk(values, []);
  return found;
}
