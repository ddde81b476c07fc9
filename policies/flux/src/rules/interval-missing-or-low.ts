import { type FieldPath, isWritten, mayGainFields, type Problem, type Resource, type ResourceRule, textAt, valueAt } from '@plumbline/core';
import { durationMs } from '../duration.ts';
import { example } from '../examples.ts';
import { BUCKET, GIT_REPOSITORY, HELM_CHART, HELM_RELEASE, HELM_REPOSITORY, KUSTOMIZATION, OCI_REPOSITORY } from '../kinds.ts';

const INTERVAL: FieldPath = ['spec', 'interval'];
const DURATIONS: readonly FieldPath[] = [
  INTERVAL,
  ['spec', 'retryInterval'],
  ['spec', 'timeout'],
  ...['install', 'upgrade', 'rollback', 'uninstall', 'test'].map((action) => ['spec', action, 'timeout']),
  ['spec', 'chart', 'spec', 'interval'],
];
// Of a HelmRepository it is optional: one of OCI is not polled.
const MAY_LACK = new Set(['HelmRepository']);

/** That a retryInterval is missing, or a timeout longer than the interval, harms nobody: the next try begins when the last has ended. */
export const rule: ResourceRule = {
  id: 'flux/interval-missing-or-low',
  title: 'A Flux object is looked after at a fair interval',
  why: 'An interval that is missing, or no duration, is refused. One of seconds keeps controllers, registries and the API server busy for nothing.',
  remedy:
    'Write an interval of a minute or more, as hours, minutes and seconds (1h, 10m, 1m30s). For changes that must arrive at once, set up a Receiver.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#interval',
  examples: {
    pass: example('Kustomization', ['interval: 10m', 'prune: true']),
    fail: example('Kustomization', ['interval: 5s', 'prune: true']),
  },
  kinds: [KUSTOMIZATION, HELM_RELEASE, GIT_REPOSITORY, OCI_REPOSITORY, HELM_REPOSITORY, HELM_CHART, BUCKET],
  *check(resource): Iterable<Problem> {
    for (const path of DURATIONS) yield* judge(resource, path);
    if (!isWritten(resource, INTERVAL) && !MAY_LACK.has(resource.gvk.kind) && !mayGainFields(resource))
      yield { path: ['spec'], part: 'key', severity: 'error', message: 'the interval is missing, and the definition requires it' };
  },
};

function* judge(resource: Resource, path: FieldPath): Iterable<Problem> {
  const value = valueAt(resource.object, path);
  if (value === undefined || value === null) return;
  const name = String(path.at(-1));
  const text = textAt(resource, path);
  if (text === undefined) {
    if (typeof value !== 'string') yield { path, severity: 'error', message: `${name} ${String(value)} has no unit` };
    return;
  }
  const ms = durationMs(text);
  if (ms === undefined) yield { path, severity: 'error', message: `${name} "${text}" is no duration that Flux takes` };
  else if (path === INTERVAL && ms < 60_000) yield { path, message: `interval "${text}" is less than a minute` };
}
