import type { Counterpart, Environment, Resource, RuleContext } from '@plumbline/core';

/** The same object in the nearest environments that come before the one it is applied in: several where a stage has several clusters. */
export function before(resource: Resource, { environments }: RuleContext): readonly Counterpart[] {
  const rank = environments.of(resource)?.rank;
  if (rank === undefined) return NONE;
  const earlier = environments
    .counterparts(resource)
    .filter(({ environment }) => environment.rank !== undefined && environment.rank < rank);
  const nearest = Math.max(...earlier.map(({ environment }) => environment.rank ?? -1));
  return earlier.filter(({ environment }) => environment.rank === nearest);
}

/** Whether an environment is the one that customers use. */
export function isLive(environment: Environment | undefined): boolean {
  return environment?.stage === 'live';
}

const NONE: readonly Counterpart[] = [];
