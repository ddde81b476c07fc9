import { testRule } from '@plumbline/testing';
import { rule } from './workflow-failfast.ts';

const cron = (dag: string): string => `
  apiVersion: argoproj.io/v1alpha1
  kind: CronWorkflow
  metadata: {name: shop, namespace: shop}
  spec:
    workflowSpec:
      templates:
        - name: main
          dag:
            ${dag}
`;

testRule(rule, {
  valid: { 'the default': cron('tasks: []') },
  invalid: {
    'a workflow of a schedule': {
      yaml: cron('tasks: []\n            failFast: false # <-'),
      problems: [{ message: 'the other branches run on when a task fails', path: '/spec/workflowSpec/templates/0/dag/failFast' }],
      fixed: cron('tasks: []'),
    },
  },
});
