import {
  isArray,
  isPlain,
  meantPath,
  member,
  type NotEvaluated,
  type Problem,
  type ResourceRule,
  resolvePath,
  textAt,
  valueAt,
} from '@plumbline/core';
import { KUSTOMIZATION } from '../kinds.ts';
import { isThisRepository, whyOtherContent } from '../same-source.ts';
import { sourceOfKustomization } from '../sources.ts';

export const rule: ResourceRule = {
  id: 'flux/kustomization-path',
  title: 'The folder that a Flux Kustomization applies exists',
  why: 'Flux cannot build a path that its source does not have: nothing below it is applied any more, nor what depends on it.',
  remedy: 'Correct spec.path, which begins at the root of the source, or add the folder.',
  severity: 'error',
  class: 'quality',
  set: 'core',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  examples: {
    pass: `${kustomization('apps')}---\n${kustomization('infra')}  path: ./\n`,
    fail: `${kustomization('apps')}  path: ./case.yaml\n`,
  },
  kinds: [KUSTOMIZATION],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    const { file } = resource.document;
    const written = textAt(resource, ['spec', 'path']);
    const source = sourceOfKustomization(resource);
    if (source === undefined) return;
    const unseen = repository.unseenFrom(file.path);
    const plain = resolvePath('', written ?? '');
    if (plain === undefined || (written === undefined && valueAt(resource.object, ['spec', 'path']) !== undefined)) return;
    const found = unseen === undefined ? repository.locate(plain, file.path) : undefined;
    if (found !== undefined) {
      yield* missingComponents();
      return;
    }
    if (unseen !== undefined) {
      yield { notEvaluated: unseen };
      return;
    }
    if (source.kind !== 'GitRepository') {
      yield { notEvaluated: 'what an artifact holds is not in sight' };
      return;
    }
    const other = whyOtherContent(source, resource, repository);
    if (other !== undefined) {
      yield { notEvaluated: other };
      return;
    }
    if (repository.kindOf(plain) === 'file') {
      yield { path: ['spec', 'path'], message: `path "${written}" is a file, not a folder` };
      return;
    }
    const meant = meantPath(plain, repository);
    if (meant !== undefined || isThisRepository(source, repository)) {
      const hint = meant === undefined ? '' : `; did you mean "./${meant}"?`;
      yield { path: ['spec', 'path'], message: `path "${written}" does not exist in the repository${hint}` };
    } else yield { notEvaluated: 'the source may be another repository' };

    function* missingComponents(): Iterable<Problem> {
      const components = valueAt(resource.object, ['spec', 'components']);
      if (!isArray(components) || member(resource.object.spec, 'ignoreMissingComponents') === true || source?.kind !== 'GitRepository')
        return;
      if (found === undefined || whyOtherContent(source, resource, repository) !== undefined) return;
      for (const [index, component] of components.entries()) {
        if (typeof component !== 'string' || !isPlain(component) || component.includes(':') || component.includes('?')) continue;
        const path = resolvePath(found, component);
        if (path === undefined || repository.kindOf(path) === 'folder') continue;
        if (/^(?:github|gitlab|bitbucket|dev\.azure)\.|\.git(?:\/|$)/.test(component)) continue;
        yield { path: ['spec', 'components', index], message: `component "${component}" is no folder of the repository` };
      }
    }
  },
};

function kustomization(name: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
}
