import { type Chart, type KnownReads, knownReads, readsOfTemplates, readsOfText, type TemplateReads } from '@plumbline/charts';
import { isArray, isObject, type JsonValue, member } from '@plumbline/core';

/** What the templates of a chart read of its values; undefined where that is not known for certain. */
export interface ChartReads extends KnownReads {
  readonly reads: TemplateReads;
}

const known = new WeakMap<Chart, ChartReads | undefined>();

/** `given`: further values that it is given: texts in them may be templates. */
export function readsOfChart(chart: Chart, given: readonly JsonValue[] = []): ChartReads | undefined {
  let found = known.get(chart);
  if (!known.has(chart)) {
    found = chart.templates.length === 0 || chart.isLibrary ? undefined : workedOut(chart);
    known.set(chart, found);
  }
  if (found === undefined || !found.reads.usesTemplatesInValues) return found;
  const texts = [chart.defaults?.value ?? null, ...given].flatMap(templatesIn).map(readsOfText);
  if (texts.some(({ unclear }) => unclear !== undefined)) return undefined;
  // What such a text hands on is not told apart.
  return withMore(
    chart,
    found.reads,
    texts.flatMap(({ values }) => values),
  );
}

function workedOut(chart: Chart): ChartReads | undefined {
  const libraries = allBelow(chart).flatMap(({ templates }) => templates);
  const reads = readsOfTemplates(chart.templates, libraries);
  if (reads.unclear !== undefined || chart.dependencies.some(({ importsValues }) => importsValues)) return undefined;
  return withMore(chart, reads, []);
}

function withMore(chart: Chart, reads: TemplateReads, values: TemplateReads['values']): ChartReads {
  const names = [
    'global',
    'tags',
    ...chart.dependencies.map(({ key }) => key),
    ...chart.subcharts.keys(),
    ...chart.archives.map((archive) => archive.replace(/-v?\d.*$/, '')),
  ];
  const more = [
    ...values,
    ...names.map((name) => ({ path: [name], how: 'whole' as const })),
    ...chart.dependencies.flatMap(({ conditions }) => conditions.map((path) => ({ path: path.split('.'), how: 'whole' as const }))),
  ];
  return { ...knownReads(reads, more), reads };
}

function allBelow({ subcharts }: Chart, depth = 0): readonly Chart[] {
  return depth > 5 ? [] : [...subcharts.values()].flatMap((chart) => [chart, ...allBelow(chart, depth + 1)]);
}

function templatesIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.includes('{{') ? [value] : [];
  if (isArray(value)) return value.flatMap(templatesIn);
  return isObject(value) ? Object.keys(value).flatMap((key) => templatesIn(member(value, key) ?? null)) : [];
}
