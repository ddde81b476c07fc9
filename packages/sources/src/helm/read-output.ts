import { type Chart, type Printed, readsOfTemplates, type TemplateFile } from '@plumbline/charts';
import {
  type BuildResult,
  type BuiltObject,
  type Document,
  decode,
  type FieldPath,
  type InputReader,
  isArray,
  isObject,
  type JsonObject,
  member,
  type Place,
  parse,
} from '@plumbline/core';
import { isCertainlyClusterScoped } from '../kustomize/scopes.ts';
import { indexTemplate, type TemplateIndex } from './align.ts';
import type { Release } from './release.ts';
import { placeAt, RenderedObject, type TemplateSource } from './rendered-object.ts';
import { prints, type TemplateLine } from './template-lines.ts';
import { findValue, layerOfDocument, layersOfSubchart, type ValuesLayer } from './values-layer.ts';
import type { WrittenChart } from './write-chart.ts';

/** What the output of a run came from. */
export interface OutputSource {
  readonly chart: Chart;
  readonly release: Release;
  readonly written: WrittenChart;
  /** The chart's own values, where they count. */
  readonly defaults: readonly Document[];
  readonly inputs: InputReader;
}

/** The objects that `helm template` printed. */
export function readOutput(printed: string, from: OutputSource): BuildResult {
  const sources = new Map<string, TemplateSource>();
  const objects: BuiltObject[] = [];
  for (const document of parse({ path: 'helm template', bytes: new TextEncoder().encode(printed) })) {
    if (document.value === null) continue;
    const name = /^# Source: (\S.*)$/m.exec(document.text)?.[1]?.trim();
    let source = name === undefined ? undefined : sources.get(name);
    if (source === undefined) {
      source = sourceOf(name ?? '', from);
      sources.set(name ?? '', source);
    }
    if (document.value === undefined) return { notBuilt: `what helm template printed for ${source.path} cannot be read` };
    for (const { object, root } of objectsOf(document)) objects.push(placed(document, object, root, source, from.release));
  }
  const inputs = from.written.paths.filter((path) => !/(?:^|\/)crds\//.test(path));
  return { objects, inputs, ...(from.release.open === undefined ? {} : { open: from.release.open }) };
}

/** Objects of a `List` are applied one by one. */
function objectsOf({ value }: Document): readonly { readonly object: JsonObject; readonly root: FieldPath }[] {
  if (!isObject(value)) return [];
  const items = member(value, 'kind') === 'List' ? member(value, 'items') : undefined;
  if (!isArray(items)) return [{ object: value, root: [] }];
  return items.flatMap((object, index) => (isObject(object) ? { object, root: ['items', index] } : []));
}

/** Helm puts objects into the release's namespace where they name none. */
function placed(
  document: Document,
  object: JsonObject,
  root: FieldPath,
  source: TemplateSource,
  { namespace, namespacePlace }: Release,
): BuiltObject {
  const metadata = member(object, 'metadata');
  const added = new Map<string, () => Place>();
  const own = member(metadata, 'namespace');
  if (namespacePlace === undefined || !isObject(metadata) || (own !== undefined && own !== null && own !== '') || !isNamespaced(object))
    return new RenderedObject(document, object, root, source, added);
  added.set('metadata/namespace', namespacePlace);
  return new RenderedObject(document, { ...object, metadata: { ...metadata, namespace } }, root, source, added);
}

const BUILT_IN =
  /^(?:v1|(?:apps|batch|autoscaling|policy|networking\.k8s\.io|rbac\.authorization\.k8s\.io|coordination\.k8s\.io|discovery\.k8s\.io)\/\w+)$/;

function isNamespaced(object: JsonObject): boolean {
  const apiVersion = member(object, 'apiVersion');
  const kind = member(object, 'kind');
  return (
    typeof apiVersion === 'string' && typeof kind === 'string' && BUILT_IN.test(apiVersion) && !isCertainlyClusterScoped(apiVersion, kind)
  );
}

function sourceOf(printed: string, { chart, release, written, defaults, inputs }: OutputSource): TemplateSource {
  const found = written.sourceOf(printed);
  const file = found === undefined || !written.paths.includes(found.path) ? undefined : inputs.read(found.path);
  if (found === undefined || file === undefined) return { path: chartFile(chart), index: EMPTY, printed: [], layers: [] };
  let layers: readonly ValuesLayer[] = [
    ...defaults.map((document) => layerOfDocument(document, '')),
    ...(release.defaults ?? []),
    ...release.layers,
  ];
  for (const [depth, key] of found.keys.entries()) {
    const own = found.charts[depth + 1]?.defaults;
    layers = [...(own === undefined ? [] : [layerOfDocument(own, '')]), ...layersOfSubchart(layers, key)];
  }
  // Values that flags set are not among the layers.
  const isExact = release.flags.length === 0;
  const printedHere = isExact ? printedBy(found.charts).filter(({ file: path }) => path === found.path) : [];
  const valueIn = (line: TemplateLine): string | undefined => {
    const actions = line.parts.filter(({ action }) => action !== undefined && prints(action));
    const [only] = actions;
    const place = only === undefined || actions.length > 1 ? undefined : placeAt(line.start + only.column, found.path, printedHere);
    const value = place === undefined ? undefined : findValue(layers, place)?.value;
    return (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0) ? String(value) : undefined;
  };
  return { path: found.path, index: indexTemplate(decode(file.bytes).text, valueIn), printed: printedHere, layers };
}

const EMPTY: TemplateIndex = { lines: [], literal: new Map(), others: [], expected: new Map() };
const known = new WeakMap<Chart, readonly Printed[]>();

/** What the actions of a chart's templates print, with the named templates of the charts around. */
function printedBy(charts: readonly Chart[]): readonly Printed[] {
  const own = charts[charts.length - 1];
  if (own === undefined) return [];
  let printed = known.get(own);
  if (printed === undefined) {
    const libraries = [...charts.slice(0, -1), ...allBelow(own)].flatMap(({ templates }): readonly TemplateFile[] => templates);
    ({ printed } = readsOfTemplates(own.templates, libraries));
    known.set(own, printed);
  }
  return printed;
}

function allBelow({ subcharts }: Chart): readonly Chart[] {
  return [...subcharts.values()].flatMap((chart) => [chart, ...allBelow(chart)]);
}

function chartFile({ folder }: Chart): string {
  return folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
}
