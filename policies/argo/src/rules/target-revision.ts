import { isArray, isObject, isPlain, type JsonValue, member, type Problem, type ResourceRule } from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';
import { APPLICATION, APPLICATION_SET } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'argo/target-revision',
  title: 'An Application follows a fixed revision',
  why: 'HEAD, a branch or an open range moves: what runs changes without a change of the Application, in all environments at once.',
  remedy: 'Name a tag, a commit or a version of the chart; accept this finding for environments that follow a branch on purpose.',
  severity: 'warning',
  class: 'quality',
  set: 'strict',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/',
  examples: { pass: application(['path: apps', 'targetRevision: v1.2.3']), fail: application(['path: apps', 'targetRevision: HEAD']) },
  kinds: [APPLICATION, APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const found = applicationSpec(resource);
    if (found === undefined) return;
    const { path, spec, mayGain } = found;
    const sources = member(spec, 'sources');
    const all = isArray(sources) ? sources.map((source, index) => [[...path, 'sources', index], source] as const) : [];
    const source = member(spec, 'source');
    for (const [at, each] of source === undefined ? all : [[[...path, 'source'], source] as const, ...all]) {
      if (!isObject(each)) continue;
      const revision = member(each, 'targetRevision');
      const isChart = typeof member(each, 'chart') === 'string';
      if (revision === undefined || revision === null || revision === '') {
        if (!mayGain)
          yield { path: at, part: 'key', message: isChart ? 'the chart has no version' : 'no revision: the Application follows HEAD' };
        continue;
      }
      const what = movesAs(revision, isChart);
      if (what !== undefined) yield { path: [...at, 'targetRevision'], message: `revision "${String(revision)}" ${what}` };
    }
  },
};

function movesAs(revision: JsonValue, isChart: boolean): string | undefined {
  if (typeof revision !== 'string' || !isPlain(revision)) return undefined;
  if (isChart || /[*<>~^]/.test(revision)) return /^[*xX]$|^>(?!.*<)/.test(revision.trim()) ? 'has no upper end' : undefined;
  return /^(?:HEAD|main|master|trunk|develop)$|^refs\/heads\//.test(revision) ? 'moves' : undefined;
}
