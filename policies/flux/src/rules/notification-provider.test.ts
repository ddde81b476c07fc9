import { testRule } from '@plumbline/testing';
import { rule } from './notification-provider.ts';

const alert = (provider: string, sources: string, mark = ''): string => `
  apiVersion: notification.toolkit.fluxcd.io/v1beta3
  kind: Alert
  metadata: {name: shop, namespace: flux-system}
  spec:
    providerRef: {name: ${provider}}${mark}
    eventSources:
      ${sources}
`;
const files = {
  'provider.yaml': `
    apiVersion: notification.toolkit.fluxcd.io/v1beta3
    kind: Provider
    metadata: {name: chat, namespace: flux-system}
    spec: {type: slack}
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: infrastructure, namespace: platform}
    spec: {interval: 10m, prune: true}
  `,
};

testRule(rule, {
  valid: {
    'everything, one object, and one of elsewhere': {
      yaml: alert('chat', "- {kind: GitRepository, name: '*'}\n      - {kind: Kustomization, name: infrastructure, namespace: platform}"),
      files,
    },
    'a provider that may be kept elsewhere': { yaml: alert('pager', "- {kind: GitRepository, name: '*'}"), files },
  },
  invalid: {
    'an object of another namespace': {
      yaml: alert('chat', '- {kind: Kustomization, name: infrastructure} # <-'),
      files,
      problems: [{ message: 'no Kustomization "infrastructure" in namespace "flux-system", only in "platform"', severity: 'warning' }],
    },
    'a receiver of a slip': {
      yaml: `
        apiVersion: notification.toolkit.fluxcd.io/v1
        kind: Receiver
        metadata: {name: shop, namespace: platform}
        spec:
          resources:
            - {kind: Kustomization, name: infrastucture} # <-
      `,
      files,
      problems: [
        {
          message: 'no Kustomization "infrastucture" in namespace "platform"; did you mean "infrastructure"?',
          path: '/spec/resources/0/name',
        },
      ],
    },
  },
});
