import { testRule } from '@plumbline/testing';
import { rule } from './sync-policy.ts';

const app = (
  policy: string,
  metadata = '{name: shop, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io/background]}',
): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: ${metadata}
  spec:
    syncPolicy: ${policy}
`;

testRule(rule, {
  valid: {
    'a sync by hand': app('{syncOptions: []}'),
    'one that is switched off': app('{automated: {enabled: false}}'),
    'all of it': app('{automated: {prune: true, selfHeal: true}}'),
  },
  invalid: {
    'a prune that is not there, and an empty folder that may be': {
      yaml: app('{automated: {selfHeal: true, allowEmpty: true}} # <-'),
      problems: [
        { message: 'the automatic sync has no "prune"', path: '/spec/syncPolicy/automated' },
        { message: 'an empty folder deletes everything that the Application has applied' },
      ],
    },
    'no finalizer': {
      yaml: app('{automated: {prune: true, selfHeal: true}}', '{name: shop, namespace: argocd} # <-'),
      problems: [{ message: 'without the finalizer "resources-finalizer.argocd.argoproj.io" the objects of a deleted Application stay' }],
    },
  },
});
