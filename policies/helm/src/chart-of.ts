import { type Chart, isVendored, readChart } from '@plumbline/charts';
import type { Location, Resource, RuleContext } from '@plumbline/core';

/** The chart whose Chart.yaml is judged; undefined for another file of that kind, and for a copy of somebody else's chart. */
export function chartOf({ name }: Resource, { repository: { inputs } }: RuleContext): Chart | undefined {
  if (name !== 'Chart.yaml' && !name.endsWith('/Chart.yaml')) return undefined;
  const folder = name === 'Chart.yaml' ? '' : name.slice(0, -'/Chart.yaml'.length);
  return isVendored(folder, inputs) ? undefined : readChart(folder, inputs);
}

/** Where a stretch of a text stands, from its offsets; only its first line. */
export function locationIn(file: string, text: string, start: number, end: number): Location {
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  const column = start - (before.lastIndexOf('\n') + 1) + 1;
  const shown = text.slice(start, end).split('\n')[0]?.trimEnd() ?? '';
  return { file, line, column, endLine: line, endColumn: column + Math.max(1, shown.length) };
}
