import { testRule } from '@plumbline/testing';
import { rule } from './rollout-pause.ts';

testRule(rule, {
  valid: {
    'other steps': `
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: shop}
      spec: {strategy: {canary: {steps: [{setWeight: 20}, {pause: {duration: 60}}]}}}
    `,
  },
  invalid: {
    'the second pause': {
      yaml: `
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec:
          strategy:
            canary:
              steps:
                - pause: {duration: 60}
                - pause: {} # <-
      `,
      problems: [{ message: 'the pause has no duration: somebody has to end it', path: '/spec/strategy/canary/steps/1/pause' }],
    },
  },
});
