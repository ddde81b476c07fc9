import type { Environment, FieldPath, Resource, ResourceRule, RuleContext } from '@plumbline/core';
import { HOST_KINDS, hostsOf, isPublic } from '../hosts.ts';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'env/duplicate-hosts',
  title: 'No two environments serve the same public host',
  why: 'A host name leads to one place: requests that are meant for LIVE end in another environment, or certificates and DNS records are taken from one another.',
  remedy: 'Give each environment a host of its own, most likely in a patch of its overlay.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  kinds: HOST_KINDS,
  scope: 'environments',
  check(resource, context) {
    const here = context.environments.of(resource);
    if (here === undefined || here.rank === undefined) return NOTHING;
    const taken = hostsAbove(here, context);
    return hostsOf(resource).flatMap(({ host, path }) => {
      const other = isPublic(host) ? taken.get(host) : undefined;
      if (other === undefined) return [];
      return [
        {
          path,
          message: `host "${host}" of ${here.name} is that of ${other.environment.name} too`,
          related: [{ resource: other.resource, path: other.path, message: `served in ${other.environment.name}` }],
        },
      ];
    });
  },
};

interface Taken {
  readonly environment: Environment;
  readonly resource: Resource;
  readonly path: FieldPath;
}

const known = new WeakMap<Environment, ReadonlyMap<string, Taken>>();

/** The hosts of environments that come later: who comes first must give way. Clusters of one stage may share a host. */
function hostsAbove(here: Environment, { environments }: RuleContext): ReadonlyMap<string, Taken> {
  let hosts = known.get(here);
  if (hosts === undefined) {
    const made = new Map<string, Taken>();
    // The last wins, so that LIVE is named.
    for (const environment of environments.all) {
      if (environment.rank === undefined || environment.rank <= (here.rank ?? 0)) continue;
      for (const resource of environment.resources)
        for (const { host, path } of hostsOf(resource)) made.set(host, { environment, resource, path });
    }
    hosts = made;
    known.set(here, hosts);
  }
  return hosts;
}
