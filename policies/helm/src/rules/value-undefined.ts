import { type FieldPath, isObject, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { chartOf, locationIn } from '../chart-of.ts';
import { readsOfChart } from '../chart-reads.ts';

export const rule: ResourceRule = {
  id: 'helm/value-undefined',
  title: 'A value that a template reads has a default',
  why: 'Without a default nothing is printed where the value should be, and nobody who installs the chart is told that it is wanted.',
  remedy: 'Write a default into values.yaml, use "default", or ask for the value with "required".',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  kinds: ['helm/Chart'],
  scope: 'repository',
  *check(resource, context): Iterable<Problem> {
    const chart = chartOf(resource, context);
    const known = chart === undefined ? undefined : readsOfChart(chart);
    // Without any values of its own a chart leaves all of them to whoever installs it.
    if (chart?.defaults === undefined || known === undefined) return;
    const others = new Set(['global', ...chart.dependencies.map(({ key }) => key), ...chart.subcharts.keys()]);
    const guarded = new Set(
      known.reads.values.filter(({ isGuarded, how }) => isGuarded || how === 'test').map(({ path }) => path.join('\n')),
    );
    const said = new Set<string>();
    for (const { path, file, start, end } of known.reads.values) {
      const template = chart.templates.find((each) => each.path === file);
      const key = path.join('.');
      if (template === undefined || path.length === 0 || path.includes('*') || others.has(path[0] ?? '') || said.has(key)) continue;
      if (path.some((_, index) => guarded.has(path.slice(0, index + 1).join('\n')))) continue;
      if (isThere(chart.defaults.value, path) || /\brequired\b/.test(template.text.slice(start, end))) continue;
      said.add(key);
      yield { message: `value "${key}" is read and has no default in values.yaml`, at: locationIn(file, template.text, start, end) };
    }
  },
};

/** Also below what is no mapping: that is another mistake. */
function isThere(values: Parameters<typeof valueAt>[0], path: FieldPath): boolean {
  return (
    path.some((_, index) => {
      const above = valueAt(values, path.slice(0, index));
      return index > 0 && above !== undefined && above !== null && !isObject(above);
    }) || valueAt(values, path) !== undefined
  );
}
