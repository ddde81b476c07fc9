import {
  isObject,
  isPlain,
  kindKey,
  listAt,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
} from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_RELEASE, KUSTOMIZATION, kindOfKey } from '../kinds.ts';
import { isThere, judgeReferences, namedOf, type Reference } from '../references.ts';

const KINDS = [KUSTOMIZATION, HELM_RELEASE];
const after = (name: string): string =>
  example('Kustomization', ['interval: 10m', 'prune: true', 'dependsOn:', `  - name: ${name}`], 'apps');

/** Circles are found by ref/owner-chain-cycle. */
export const rule: ResourceRule = {
  id: 'flux/depends-on',
  title: 'What a Flux object waits for is there, of the same kind',
  why: 'A dependency that Flux does not find is never ready: the object that waits for it is not applied any more, without an end.',
  remedy:
    'Correct name and namespace of the dependency. A Kustomization waits for Kustomizations, a HelmRelease for HelmReleases, in its own namespace unless another is written.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    pass: `${after('infrastructure')}---\n${example('Kustomization', ['interval: 10m', 'prune: true'], 'infrastructure')}`,
    fail: `${after('infrastrucutre')}---\n${example('Kustomization', ['interval: 10m', 'prune: true'], 'infrastructure')}`,
  },
  kinds: KINDS,
  scope: 'repository',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    const { repository } = context;
    const own = kindKey(resource.gvk);
    const other = own === KUSTOMIZATION ? HELM_RELEASE : KUSTOMIZATION;
    const others = new Set<Reference>();
    for (const reference of dependencies(resource)) {
      if (isThere(reference, resource, repository) || !isThere({ ...reference, key: other }, resource, repository)) continue;
      if (namedOf(repository, own).has(reference.name)) continue;
      others.add(reference);
      yield {
        path: reference.path,
        message: `"${reference.name}" is a ${kindOfKey(other)}: a ${kindOfKey(own)} can only wait for a ${kindOfKey(own)}`,
      };
    }
    const spoken = new Set([...others].map(({ name }) => name));
    const rest = (from: Resource): Iterable<Reference> => [...dependencies(from)].filter(({ name }) => !spoken.has(name));
    yield* judgeReferences(others.size === 0 ? dependencies : rest, KINDS, resource, context);
  },
};

function* dependencies(resource: Resource): Iterable<Reference> {
  for (const [index, dependency] of listAt(resource, ['spec', 'dependsOn']).entries()) {
    const name = isObject(dependency) ? member(dependency, 'name') : undefined;
    if (typeof name !== 'string' || !isPlain(name)) continue;
    const namespace = member(dependency, 'namespace');
    yield {
      key: kindKey(resource.gvk),
      name,
      namespace: typeof namespace === 'string' && namespace !== '' ? namespace : resource.namespace,
      path: ['spec', 'dependsOn', index, 'name'],
    };
  }
}
