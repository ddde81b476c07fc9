import {
  type Counterpart,
  compareVersions,
  historyMissing,
  type NotEvaluated,
  POD_KINDS,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  type RunVersion,
  versionsOfResource,
} from '@plumbline/core';
import { before, isLive } from '../before.ts';
import { NOTHING } from '../nothing.ts';
import { fileOfVersion, isWrittenInFile, namesVersion, schemeOf } from '../past.ts';

export const rule: ResourceRule = {
  id: 'env/version-skipped',
  title: 'LIVE runs what an environment before it has run',
  why: 'A version that no environment before LIVE ever had was tried by nobody: a fix that went straight to LIVE, or a typing error. The next promotion takes it away again.',
  remedy:
    'Set the version in the environment before LIVE first, and bring it from there. Where it was tried elsewhere, say so with a waiver.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: [...POD_KINDS, 'helm.toolkit.fluxcd.io/HelmRelease', 'argoproj.io/Application'],
  scope: 'environments',
  check(resource, context) {
    const here = context.environments.of(resource);
    if (here?.rank === undefined || !isLive(here)) return NOTHING;
    const rank = here.rank;
    const earlier = context.environments
      .counterparts(resource)
      .filter(({ environment }) => environment.rank !== undefined && environment.rank < rank);
    if (earlier.length === 0) return NOTHING;
    const found: (Problem | NotEvaluated)[] = [];
    for (const run of versionsOfResource(resource)) {
      const problem = judge(resource, run, earlier, context);
      if (problem !== undefined) found.push(problem);
    }
    return found;
  },
};

function judge(
  resource: Resource,
  run: RunVersion,
  earlier: readonly Counterpart[],
  context: RuleContext,
): Problem | NotEvaluated | undefined {
  const { environments, history, repository } = context;
  // A range, a branch or `latest` is no version that was tried or not.
  const scheme = schemeOf(run.version);
  if (scheme === undefined) return undefined;
  const others = earlier.flatMap(({ environment, resource: other }) =>
    versionsOfResource(other).flatMap((same) => (same.of === run.of ? [{ environment, other, run: same }] : [])),
  );
  if (others.length === 0 || others.some((each) => each.run.version === run.version)) return undefined;
  // Where others name versions in another way, as a range does, they may have had it under another name.
  if (!others.every((each) => schemeOf(each.run.version) === scheme)) return undefined;
  // What is newer than all that is before it is said by env/version-order.
  const nearest = new Set(before(resource, context).map(({ resource: other }) => other));
  const right = others.filter(({ other }) => nearest.has(other));
  if (right.length > 0 && right.every((each) => (compareVersions(run.version, each.run.version) ?? 0) > 0)) return undefined;

  const isWritten = (where: Resource, which: RunVersion): boolean => isWrittenInFile(where, which, repository);
  if (!isWritten(resource, run) || !others.every((each) => isWritten(each.other, each.run))) return undefined;
  const theirs = history.textsOf(others.flatMap(({ other }) => placesOf(other, environments)));
  if (theirs.texts.some(({ text }) => namesVersion(text, run.version))) return undefined;
  const own = history.textsOf([fileOfVersion(resource, run)]);
  const missing = historyMissing(theirs) ?? historyMissing(own);
  if (missing !== undefined) return missing;
  // Where they came with or after it, what there was before is not known.
  const introduced = own.texts.findLast(({ text }) => namesVersion(text, run.version))?.commit ?? -1;
  const witness = others.find(({ other, run: same }) => {
    const file = fileOfVersion(other, same);
    return theirs.texts.some(({ path, commit }) => path === file && commit > introduced);
  });
  if (witness === undefined) return undefined;
  const names = [...new Set(others.map(({ environment }) => environment.name))];
  return {
    path: run.path,
    message: `${run.kind} "${run.of.slice(run.of.indexOf(':') + 1)}" is ${run.version} in ${environments.of(resource)?.name}, which ${names.length === 1 ? `${names[0]} never had` : `none of ${names.join(', ')} ever had`}`,
    related: [{ resource: witness.other, path: witness.run.path, message: `${witness.run.version} in ${witness.environment.name}` }],
  };
}

/** Where the versions of an object were ever set: the files that it is made of, and what else its folder held. */
function placesOf(resource: Resource, environments: RuleContext['environments']): readonly string[] {
  const { root } = resource.unit;
  return [...environments.filesOf(resource), ...(root === '' || root === '.' ? [] : [`${root}/`])];
}
