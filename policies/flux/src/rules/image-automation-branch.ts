import { isWritten, type NotEvaluated, type Problem, type ResourceRule, textAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { GIT_REPOSITORY, IMAGE_UPDATE_AUTOMATION } from '../kinds.ts';
import { namedOf } from '../references.ts';

const automation = (branch: string): string =>
  example('ImageUpdateAutomation', [
    'interval: 30m',
    'git:',
    '  checkout:',
    '    ref:',
    '      branch: main',
    '  push:',
    `    branch: ${branch}`,
    'update:',
    '  path: ./clusters/live',
  ]);

export const rule: ResourceRule = {
  id: 'flux/image-automation-branch',
  title: 'Image updates are pushed to a branch of their own, for one folder',
  why: 'Pushed to the branch that Flux follows, a new image goes live without a review; without a path the automation edits every environment.',
  remedy: 'Set git.push.branch to another branch and open a pull request from it; set update.path.',
  severity: 'info',
  class: 'policy',
  set: 'optional',
  link: 'https://fluxcd.io/flux/guides/image-update/#push-updates-to-a-different-branch',
  examples: { pass: automation('image-updates'), fail: automation('main') },
  kinds: [IMAGE_UPDATE_AUTOMATION],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    const push = ['spec', 'git', 'push', 'branch'];
    const to = textAt(resource, push);
    const source = textAt(resource, ['spec', 'sourceRef', 'name']) ?? '';
    const follows = (namedOf(repository, GIT_REPOSITORY).get(source) ?? []).map((git) => textAt(git, ['spec', 'ref', 'branch']));
    const from = textAt(resource, ['spec', 'git', 'checkout', 'ref', 'branch']) ?? (follows.length === 1 ? follows[0] : undefined);
    if (!isWritten(resource, push) && !isWritten(resource, ['spec', 'git', 'push', 'refspec']))
      yield { path: ['spec'], part: 'key', message: 'updates are pushed to the branch that they are made from' };
    else if (to !== undefined && to === from) yield { path: push, message: `updates are pushed to "${to}", from which they are made` };
    if (!isWritten(resource, ['spec', 'update', 'path']))
      yield { path: ['spec'], part: 'key', message: 'no update.path: every file of the repository is edited' };
  },
};
