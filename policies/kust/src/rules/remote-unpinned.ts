import { isArray, member, type ResourceRule } from '@plumbline/core';
import { unpinned } from '../remote.ts';

export const rule: ResourceRule = {
  id: 'kust/remote-unpinned',
  title: 'What a kustomization includes from elsewhere is of one revision',
  why: 'What is behind a branch changes without a commit here: two builds of one commit differ, and whoever can push there changes what is applied.',
  remedy:
    'Name a tag or, better, a commit: `?ref=v1.2.3` behind a repository, the tag in place of the branch in the URL of a file. Or copy it into the repository.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  kinds: ['kustomize/Kustomization'],
  *check({ object }) {
    for (const field of ['resources', 'bases', 'components', 'crds']) {
      const entries = member(object, field);
      if (!isArray(entries)) continue;
      for (const [index, entry] of entries.entries()) {
        if (typeof entry !== 'string' || entry.includes('\n')) continue;
        const why = unpinned(entry);
        if (why !== undefined)
          yield { path: [field, index], message: `the remote entry "${withoutPassword(entry)}" is not pinned: ${why}` };
      }
    }
  },
};

/** A URL may hold a token. */
function withoutPassword(entry: string): string {
  return entry.replace(/\/\/[^/@]*:[^/@]*@/, '//');
}
