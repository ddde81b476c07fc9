import {
  type Document,
  decode,
  type InputReader,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parse,
} from '@plumbline/core';
import type { TemplateFile } from './template-reads.ts';

/** A Helm chart of the repository, as far as it is in sight. */
export interface Chart {
  /** From the repository's root, `''` for the root. */
  readonly folder: string;
  /** Chart.yaml; undefined where it is not there or cannot be read. */
  readonly metadata: Document | undefined;
  /** A library chart is not installed itself: its templates are there for others. */
  readonly isLibrary: boolean;
  readonly dependencies: readonly Dependency[];
  /** values.yaml; undefined where there is none that can be read. */
  readonly defaults: Document | undefined;
  /** The files below `templates`, in order. */
  readonly templates: readonly TemplateFile[];
  /** Charts that lie unpacked below `charts`, or that a `file://` repository names, by their own names. */
  readonly subcharts: ReadonlyMap<string, Chart>;
  /** Names of the archives below `charts`: `postgresql-12.1.0.tgz`. */
  readonly archives: readonly string[];
}

/** An entry of `dependencies` in Chart.yaml, or of the older requirements.yaml. */
export interface Dependency {
  /** Where it stands. */
  readonly document: Document;
  readonly index: number;
  readonly name: string;
  /** What its values are called in the parent: the alias, else the name. */
  readonly key: string;
  readonly version: string | undefined;
  readonly repository: string | undefined;
  /** Paths of values that switch it on or off. */
  readonly conditions: readonly string[];
  readonly importsValues: boolean;
}

const MAX_DEPTH = 5;
const known = new WeakMap<InputReader, Map<string, Chart>>();

/** Reads the chart of a folder; the same object for the same folder and reader. */
export function readChart(folder: string, files: InputReader, depth = 0): Chart {
  let charts = known.get(files);
  if (charts === undefined) {
    charts = new Map();
    known.set(files, charts);
  }
  let chart = charts.get(folder);
  if (chart === undefined) {
    chart = chartOf(folder, files, depth);
    charts.set(folder, chart);
  }
  return chart;
}

function chartOf(folder: string, files: InputReader, depth: number): Chart {
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const paths = files.list(folder);
  const metadata = documentAt(at('Chart.yaml'), files);
  const requirements = documentAt(at('requirements.yaml'), files);
  const dependencies = [metadata, requirements].flatMap((document) => (document === undefined ? [] : dependenciesOf(document)));
  const inside = at('templates/');
  const templates = paths.flatMap((path): TemplateFile[] => {
    const file = path.startsWith(inside) ? files.read(path) : undefined;
    return file === undefined ? [] : [{ path, text: decode(file.bytes).text }];
  });
  const below = at('charts/');
  const entries = new Set(paths.flatMap((path) => (path.startsWith(below) ? (path.slice(below.length).split('/')[0] ?? []) : [])));
  const subcharts = new Map<string, Chart>();
  const add = (place: string): void => {
    if (depth >= MAX_DEPTH || files.read(`${place}/Chart.yaml`) === undefined) return;
    const chart = readChart(place, files, depth + 1);
    const name = member(chart.metadata?.value, 'name');
    if (typeof name === 'string' && !subcharts.has(name)) subcharts.set(name, chart);
  };
  for (const entry of entries) if (!entry.includes('.')) add(`${below}${entry}`);
  for (const { repository } of dependencies) {
    const place = repository?.startsWith('file://') ? besides(folder, repository.slice('file://'.length)) : undefined;
    if (place !== undefined && place !== folder) add(place);
  }
  return {
    folder,
    metadata,
    isLibrary: member(metadata?.value, 'type') === 'library',
    dependencies,
    defaults: documentAt(at('values.yaml'), files),
    templates,
    subcharts,
    archives: [...entries].filter((entry) => entry.endsWith('.tgz')),
  };
}

function documentAt(path: string, files: InputReader): Document | undefined {
  const file = files.read(path);
  const documents = file === undefined ? [] : parse(file);
  return documents.length === 1 && documents[0]?.value !== undefined ? documents[0] : undefined;
}

function dependenciesOf(document: Document): readonly Dependency[] {
  const entries = member(document.value, 'dependencies');
  if (!isArray(entries)) return [];
  return entries.flatMap((entry, index): Dependency[] => {
    const name = textOf(entry, 'name');
    if (!isObject(entry) || name === undefined) return [];
    return [
      {
        document,
        index,
        name,
        key: textOf(entry, 'alias') ?? name,
        version: textOf(entry, 'version'),
        repository: textOf(entry, 'repository'),
        conditions: (textOf(entry, 'condition') ?? '')
          .split(',')
          .map((path) => path.trim())
          .filter(Boolean),
        importsValues: isArray(member(entry, 'import-values')),
      },
    ];
  });
}

function textOf(entry: JsonValue | undefined, key: string): string | undefined {
  const value = member(entry, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A path seen from a folder; undefined where it leaves the repository. */
export function besides(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/')) return undefined;
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of relative.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** The nearest folder at or above a file that holds a Chart.yaml; undefined where none does. */
export function chartFolderOf(path: string, files: InputReader): string | undefined {
  for (let at = path; at !== ''; ) {
    const slash = at.lastIndexOf('/');
    at = slash < 0 ? '' : at.slice(0, slash);
    if (files.read(at === '' ? 'Chart.yaml' : `${at}/Chart.yaml`) !== undefined) return at;
  }
  return undefined;
}

/** Whether a chart is a copy of somebody else's: it lies below another's `charts`, which names a repository for it. */
export function isVendored(folder: string, files: InputReader): boolean {
  const found = /^(?:(.*)\/)?charts\/([^/]+)$/.exec(folder);
  if (found === null) return false;
  const parent = found[1] ?? '';
  if (files.read(parent === '' ? 'Chart.yaml' : `${parent}/Chart.yaml`) === undefined) return false;
  const name = member(readChart(folder, files).metadata?.value, 'name') ?? found[2];
  const entry = readChart(parent, files).dependencies.find((dependency) => dependency.name === name);
  return (entry?.repository !== undefined && !entry.repository.startsWith('file:')) || isVendored(parent, files);
}

/** The values of a chart with others over them, as Helm lays them: mappings are joined, null takes a default away. */
export function mergeValues(under: JsonValue | undefined, over: JsonValue | undefined): JsonValue | undefined {
  if (over === undefined) return under;
  if (!isObject(under) || !isObject(over)) return over;
  const merged: Record<string, JsonValue> = Object.assign(Object.create(null), under);
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else merged[key] = mergeValues(member(under, key), value) ?? null;
  }
  return merged as JsonObject;
}
