import { type Change, isArray, member, type ResourceRule } from '@plumbline/core';
import { judgedEntries } from '../entries.ts';
import { hasComment } from '../text.ts';

export const rule: ResourceRule = {
  id: 'kust/images-unused',
  title: 'Each entry of images fits a container',
  why: 'Kustomize says nothing when no container has the image: the tag that the entry sets is deployed nowhere, and whoever raises it thinks that it was.',
  remedy: 'Write the name as the containers do (the registry is part of it), or remove the entry.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/',
  kinds: ['kustomize/Kustomization'],
  scope: 'repository',
  *check(resource, context) {
    const images = judgedEntries(resource, ['images', 'imageTags'], context);
    if ('notEvaluated' in images) yield images;
    else
      for (const { path, entry, effect } of images) {
        const name = member(entry, 'name');
        if (effect.matched || typeof name !== 'string') continue;
        const [field = ''] = path;
        const all = member(resource.object, String(field));
        const changes: Change[] = [{ op: 'remove', path: isArray(all) && all.length === 1 ? [field] : path }];
        const fix = hasComment(resource, path) ? {} : { fix: { title: 'remove the entry', safe: false, changes } };
        yield { path: [...path, 'name'], message: `no container has the image "${name}"`, ...fix };
      }
  },
};
