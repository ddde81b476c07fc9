import { isObject, isWritten, mayGainFields, member, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { GIT_REPOSITORY } from '../kinds.ts';

// Of several fields the first here decides. A commit may be joined by its branch.
const BY_PRECEDENCE = ['commit', 'name', 'semver', 'tag', 'branch'] as const;

/** Not a default: a repository that applies itself has to follow a branch. */
export const rule: ResourceRule = {
  id: 'flux/git-ref-branch',
  title: 'A GitRepository names a fixed revision, in one way',
  why: 'A branch moves: whoever may push there changes the cluster. Without a reference Flux looks for "master"; of several it takes one and ignores the others.',
  remedy: 'Name a tag, a range of versions or a commit under spec.ref; accept this finding for the repository that applies itself.',
  severity: 'info',
  class: 'quality',
  set: 'strict',
  link: 'https://fluxcd.io/flux/components/source/gitrepositories/#reference',
  examples: {
    pass: example('GitRepository', ['url: https://git.example.org/shop', 'ref:', '  tag: v1.2.3']),
    fail: example('GitRepository', ['url: https://git.example.org/shop', 'ref:', '  branch: main']),
  },
  kinds: [GIT_REPOSITORY],
  *check(resource): Iterable<Problem> {
    const ref = valueAt(resource.object, ['spec', 'ref']);
    const given = BY_PRECEDENCE.filter((field) => isWritten(resource, ['spec', 'ref', field]));
    const [first, ...others] = given;
    if (first === undefined) {
      if ((ref === undefined || isObject(ref)) && !mayGainFields(resource))
        yield { path: ['spec'], part: 'key', message: 'no reference: Flux takes the branch "master", which may not be there' };
      return;
    }
    for (const field of others) {
      if (first === 'commit' && field === 'branch') continue;
      yield { path: ['spec', 'ref', field], part: 'key', severity: 'warning', message: `"${field}" is ignored beside "${first}"` };
    }
    if (first !== 'branch') return;
    const branch = member(ref, 'branch');
    yield { path: ['spec', 'ref', 'branch'], message: `the source follows the branch "${typeof branch === 'string' ? branch : ''}"` };
  },
};
