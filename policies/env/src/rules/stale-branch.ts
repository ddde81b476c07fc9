import {
  compareVersions,
  historyMissing,
  member,
  type NotEvaluated,
  POD_KINDS,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  type RunVersion,
  versionsOfResource,
} from '@plumbline/core';
import { before } from '../before.ts';
import { NOTHING } from '../nothing.ts';
import { fileOfVersion, namesVersion } from '../past.ts';

const DAY = 86_400;

export const rule: ResourceRule = {
  id: 'env/stale-branch',
  title: 'What is tried in one environment is promoted to the next',
  why: 'The longer an environment stays behind, the more comes with the next promotion, and the less anybody knows of it.',
  remedy:
    'Promote the version (plumbline promote), or take it back where it waits. The option `days` says how long is too long (30 by default).',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  kinds: [...POD_KINDS, 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'],
  scope: 'environments',
  check(resource, context) {
    const here = context.environments.of(resource);
    const earlier = before(resource, context);
    if (here === undefined || earlier.length === 0) return NOTHING;
    const found: (Problem | NotEvaluated)[] = [];
    for (const run of versionsOfResource(resource)) {
      for (const { environment, resource: other } of earlier) {
        const theirs = versionsOfResource(other).find(({ of }) => of === run.of);
        if (theirs === undefined || (compareVersions(theirs.version, run.version) ?? 0) <= 0) continue;
        const age = daysOf(other, theirs, context);
        if (typeof age !== 'number') {
          if (age !== undefined) found.push(age);
        } else if (age > limitOf(context))
          found.push({
            path: run.path,
            message: `${run.kind} "${run.of.slice(run.of.indexOf(':') + 1)}" is ${run.version} in ${here.name}, and has been ${theirs.version} in ${environment.name} for ${age} days`,
            related: [{ resource: other, path: theirs.path, message: `${theirs.version} in ${environment.name}` }],
          });
        else continue;
        // One environment before that waits is enough.
        break;
      }
    }
    return found;
  },
};

function limitOf({ options }: RuleContext): number {
  const days = member(options, 'days');
  return typeof days === 'number' && days >= 0 ? days : 30;
}

/** For how many whole days a file has set a version; undefined where it is not committed yet, or nobody says which day it is. */
function daysOf(resource: Resource, run: RunVersion, { history, today }: RuleContext): number | NotEvaluated | undefined {
  if (today === undefined) return undefined;
  const file = fileOfVersion(resource, run);
  const past = history.textsOf([file]);
  const since = past.texts.findIndex(({ text }) => !namesVersion(text, run.version));
  // Where the history ends before the version came, it has been there for longer than can be seen.
  const first = past.texts[since < 0 ? past.texts.length - 1 : since - 1];
  if (first === undefined) return historyMissing(past);
  const days = Math.floor((Date.parse(`${today}T00:00:00Z`) / 1000 - first.time) / DAY);
  return Number.isNaN(days) ? undefined : days;
}
