import type { NotEvaluated, Problem, Resource, ResourceRule, RuleContext } from '@plumbline/core';
import { orphansOf } from '../orphans.ts';

export const rule: ResourceRule = {
  id: 'kust/orphan-file',
  title: 'A manifest beside a kustomization is named by it',
  why: 'Kustomize reads what the kustomization lists, and nothing else: the file looks as if it were applied, and is not.',
  remedy:
    'Add it to `resources`, delete it, or move it out of the folder. A comment in the kustomization that names the file says that it is left out on purpose.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  kinds: ['*'],
  scope: 'repository',
  check: (resource, context) => (resource.locate === undefined ? judge(resource, context) : NOTHING),
};

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

function judge({ document, root }: Resource, { repository }: RuleContext): readonly (Problem | NotEvaluated)[] {
  const orphan = orphansOf(repository).get(document.file.path);
  if (orphan === undefined || (root.length > 0 && root[root.length - 1] !== 0)) return NOTHING;
  const first = orphan.file.documents.find(({ value }) => value !== null && value !== undefined);
  if (first !== document || repository.unseenFrom(document.file.path) !== undefined) return NOTHING;
  if (!orphan.isSure) return [{ notEvaluated: 'the repository has too many texts to search all of them for the name of the file' }];
  const name = orphan.kustomization.slice(orphan.kustomization.lastIndexOf('/') + 1);
  return [{ path: ['kind'], message: `nothing applies this file: ${name} lists its neighbours, and not it` }];
}
