import { testRule } from '@plumbline/testing';
import { rule } from './rollout-settings.ts';

const rollout = (spec: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: Rollout
  metadata: {name: shop, namespace: shop}
  spec:
    ${spec}
`;

testRule(rule, {
  valid: {
    'a canary without a router': rollout('strategy: {canary: {scaleDownDelaySeconds: 5, steps: []}}'),
    'subsets of Istio, which need no services': rollout('strategy: {canary: {trafficRouting: {istio: {destinationRule: {name: shop}}}}}'),
    'a router and both services': rollout(
      'strategy: {canary: {stableService: a, canaryService: b, trafficRouting: {nginx: {stableIngress: shop}}}}',
    ),
  },
  invalid: {
    'one service for both': {
      yaml: rollout('strategy: {blueGreen: {activeService: shop, previewService: shop, scaleDownDelaySeconds: 5}} # <-'),
      problems: [
        { message: '"previewService" is "shop", and so is "activeService": they have to differ', severity: 'error' },
        { message: 'old pods go after 5 seconds: in less than 30 not every node has learned of the new ones', severity: 'warning' },
      ],
    },
    'a router without services': {
      yaml: rollout('strategy: {canary: {stableService: shop, trafficRouting: {nginx: {stableIngress: shop}}}} # <-'),
      problems: [{ message: 'the routing of traffic needs "canaryService"', path: '/spec/strategy/canary' }],
    },
    'a slip': {
      yaml: rollout('strategy: {blueGreen: {activeService: storefornt}} # <-'),
      files: { 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: storefront, namespace: shop}\n' },
      problems: [{ message: 'no Service "storefornt" is defined here; did you mean "storefront"?' }],
    },
  },
});
