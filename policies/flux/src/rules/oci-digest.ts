import { isWritten, mayGainFields, type Problem, type ResourceRule, textAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { OCI_REPOSITORY } from '../kinds.ts';
import { isUnbounded } from '../version-range.ts';

export const rule: ResourceRule = {
  id: 'flux/oci-digest',
  title: 'An OCIRepository says which version it takes',
  why: 'The tag "latest" and open ranges move: what runs is not what Git says, and cannot be rolled back by Git.',
  remedy: 'Name a version tag, a range that ends (1.2.x), or the digest under spec.ref.',
  severity: 'warning',
  class: 'quality',
  set: 'strict',
  link: 'https://fluxcd.io/flux/components/source/ocirepositories/#reference',
  examples: {
    pass: example('OCIRepository', ['url: oci://registry.example.org/shop', 'ref:', '  tag: 1.2.3']),
    fail: example('OCIRepository', ['url: oci://registry.example.org/shop', 'ref:', '  tag: latest']),
  },
  kinds: [OCI_REPOSITORY],
  *check(resource): Iterable<Problem> {
    const at = (field: string): string[] => ['spec', 'ref', field];
    if (isWritten(resource, at('digest'))) return;
    const semver = textAt(resource, at('semver'));
    if (isWritten(resource, at('semver'))) {
      if (semver !== undefined && isUnbounded(semver)) yield { path: at('semver'), message: `version "${semver}" has no upper end` };
      return;
    }
    if (textAt(resource, at('tag')) === 'latest') yield { path: at('tag'), message: 'the tag "latest" moves' };
    else if (!isWritten(resource, at('tag')) && !mayGainFields(resource))
      yield { path: ['spec'], part: 'key', message: 'no reference: Flux takes the tag "latest"' };
  },
};
