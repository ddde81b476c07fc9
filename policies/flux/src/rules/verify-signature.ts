import { isWritten, mayGainFields, type Problem, type ResourceRule } from '@plumbline/core';
import { example } from '../examples.ts';
import { GIT_REPOSITORY, OCI_REPOSITORY } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'flux/verify-signature',
  title: 'Flux verifies who signed a source',
  why: 'Without it, whoever can write to the repository or registry decides what runs.',
  remedy: 'Sign commits or artifacts, and say under spec.verify with which keys or identities.',
  severity: 'info',
  class: 'policy',
  set: 'optional',
  link: 'https://fluxcd.io/flux/components/source/gitrepositories/#verification',
  examples: {
    pass: example('GitRepository', ['url: https://git.example.org/shop', 'verify:', '  mode: HEAD', '  secretRef:', '    name: keys']),
    fail: example('GitRepository', ['url: https://git.example.org/shop']),
  },
  kinds: [GIT_REPOSITORY, OCI_REPOSITORY],
  *check(resource): Iterable<Problem> {
    if (!isWritten(resource, ['spec', 'verify']) && !mayGainFields(resource))
      yield { path: ['spec'], part: 'key', message: `${resource.gvk.kind} "${resource.name}" is not verified` };
  },
};
