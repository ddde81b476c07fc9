import { mayGainFields, type Problem, type Resource, type ResourceRule, valueAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { HELM_RELEASE } from '../kinds.ts';

export const rule: ResourceRule = {
  id: 'flux/remediation',
  title: 'A release that failed is tried again',
  why: 'By default Flux tries an install or upgrade once. After a moment of trouble in the cluster the release stays failed until somebody changes it.',
  remedy: 'Set install.remediation.retries and upgrade.remediation.retries (3, or -1 for ever), or the strategy RetryOnFailure.',
  severity: 'info',
  class: 'quality',
  set: 'strict',
  link: 'https://fluxcd.io/flux/components/helm/helmreleases/#install-remediation',
  examples: {
    pass: example('HelmRelease', [
      'interval: 1h',
      'install:',
      '  remediation:',
      '    retries: 3',
      'upgrade:',
      '  remediation:',
      '    retries: 3',
    ]),
    fail: example('HelmRelease', ['interval: 1h']),
  },
  kinds: [HELM_RELEASE],
  *check(resource): Iterable<Problem> {
    if (mayGainFields(resource)) return;
    const never = ['install', 'upgrade'].filter((action) => !isTriedAgain(resource, action));
    const [first] = never;
    if (first === undefined) return;
    const isWritten = valueAt(resource.object, ['spec', first]) !== undefined;
    yield { path: isWritten ? ['spec', first] : ['spec'], part: 'key', message: `a failed ${never.join(' or ')} is not tried again` };
  },
};

function isTriedAgain({ object }: Resource, action: string): boolean {
  const retries = valueAt(object, ['spec', action, 'remediation', 'retries']);
  const strategy = valueAt(object, ['spec', action, 'strategy', 'name']);
  return strategy === 'RetryOnFailure' || (retries !== undefined && retries !== 0 && retries !== null);
}
