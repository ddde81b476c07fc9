import { testRule } from '@plumbline/testing';
import { rule } from './priorityclass-missing.ts';

testRule(rule, {
  valid: {
    'classes of the cluster': `
      apiVersion: v1
      kind: Pod
      metadata: {name: shop}
      spec: {priorityClassName: high, runtimeClassName: gvisor, containers: []}
    `,
  },
  invalid: {
    'a slip of a class in sight': {
      yaml: `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          template:
            spec:
              priorityClassName: importnat # <-
              runtimeClassName: sandboxd # <-
              containers: []
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: important}
        ---
        apiVersion: node.k8s.io/v1
        kind: RuntimeClass
        metadata: {name: sandboxed}
      `,
      problems: [
        { severity: 'warning', message: 'no PriorityClass "importnat" is defined here; did you mean "important"?' },
        { severity: 'warning', message: 'no RuntimeClass "sandboxd" is defined here; did you mean "sandboxed"?' },
      ],
    },
  },
});
