import { compareVersions, POD_KINDS, type Problem, type ResourceRule, type RunVersion, versionsOfResource } from '@plumbline/core';
import { before, isLive } from '../before.ts';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'env/version-order',
  title: 'No environment runs a newer version than the one before it',
  why: 'What is promoted goes from one environment to the next. A version that is newer in LIVE than in UAT has not been tried there, and the next promotion takes it back.',
  remedy: 'Bring the version to the environment before first, or take it back here.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  kinds: [...POD_KINDS, 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'],
  scope: 'environments',
  check(resource, context) {
    const here = context.environments.of(resource);
    const earlier = before(resource, context);
    if (here === undefined || earlier.length === 0) return NOTHING;
    const problems: Problem[] = [];
    for (const run of versionsOfResource(resource)) {
      const others = earlier.flatMap(({ resource: other, environment }) => {
        const same = versionsOfResource(other).find(({ of }) => of === run.of);
        return same === undefined ? [] : [{ other, environment, run: same }];
      });
      // Of several clusters the one that is nearest to having it.
      const [first] = others.toSorted((a, b) => compareVersions(b.run.version, a.run.version) ?? 0);
      // Where a stage has several clusters, one that has the version has tried it.
      if (first === undefined || !others.every((each) => isNewer(run, each.run))) continue;
      problems.push({
        path: run.path,
        message: `${run.kind} "${nameOf(run)}" is ${run.version} in ${here.name}, and only ${first.run.version} in ${first.environment.name}, which comes before`,
        related: [{ resource: first.other, path: first.run.path, message: `${first.run.version} in ${first.environment.name}` }],
        ...(isLive(here) ? {} : { severity: 'warning' as const }),
      });
    }
    return problems;
  },
};

function isNewer(one: RunVersion, other: RunVersion): boolean {
  return (compareVersions(one.version, other.version) ?? 0) > 0;
}

function nameOf({ of }: RunVersion): string {
  return of.slice(of.indexOf(':') + 1);
}
