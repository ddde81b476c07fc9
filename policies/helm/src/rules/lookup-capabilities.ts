import type { Problem, ResourceRule } from '@plumbline/core';
import { chartOf, locationIn } from '../chart-of.ts';
import { readsOfChart } from '../chart-reads.ts';

export const rule: ResourceRule = {
  id: 'helm/lookup-capabilities',
  title: 'A chart renders the same each time',
  why: 'Whoever compares the rendered chart with the cluster sees a difference each time, and applies it: passwords and certificates change, pods restart. Argo CD renders without a cluster, where "lookup" finds nothing.',
  remedy: 'Take the value from a Secret that is kept elsewhere, or let whoever installs the chart give it.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['helm/Chart'],
  scope: 'repository',
  *check(resource, context): Iterable<Problem> {
    const chart = chartOf(resource, context);
    const reads = chart === undefined ? undefined : readsOfChart(chart)?.reads;
    if (chart === undefined || reads === undefined) return;
    const isOfArgo = context.repository.deployers.some(({ target, deployer }) => target === chart.folder && deployer.kind === 'argo');
    const looking = new Set(reads.calls.filter(({ name }) => name === 'lookup').map(({ file }) => file));
    const said = new Set<string>();
    for (const { name, file, start, end } of reads.calls) {
      const template = chart.templates.find(({ path }) => path === file);
      if (template === undefined || name.startsWith('Capabilities') || said.has(`${file}:${start}`)) continue;
      const action = template.text.slice(start, end);
      if (name === 'lookup' ? !isOfArgo : mayBeGiven(action) || (looking.has(file) && !isOfArgo)) continue;
      said.add(`${file}:${start}`);
      const message =
        name === 'lookup'
          ? '"lookup" finds nothing where Argo CD renders the chart'
          : `"${name}" gives another result each time the chart is rendered`;
      yield { message, at: locationIn(file, template.text, start, end) };
    }
  },
};

/** Whether a value can take the place of the result. */
function mayBeGiven(action: string): boolean {
  return /\b(?:default|coalesce|ternary)\b/.test(action);
}
