import { testRule } from '@plumbline/testing';
import { rule } from './hook-annotation.ts';

const job = (annotations: string): string => `
  apiVersion: batch/v1
  kind: Job
  metadata:
    name: migrate
    annotations:
      ${annotations}
`;

testRule(rule, {
  valid: {
    'several names': job('argocd.argoproj.io/hook: PreSync, PostSync'),
    'what a template fills in': job('argocd.argoproj.io/hook: "{{ .Values.hook }}"'),
    "hooks of Helm are Helm's": job('helm.sh/hook: pre-install'),
  },
  invalid: {
    'the name that Helm has for it': {
      yaml: job('argocd.argoproj.io/hook: pre-sync # <-'),
      problems: [{ message: '"pre-sync" is no hook of Argo CD; did you mean "PreSync"?' }],
      fixed: job('argocd.argoproj.io/hook: PreSync'),
    },
    'a policy of no name': {
      yaml: job('argocd.argoproj.io/hook: Sync\n      argocd.argoproj.io/hook-delete-policy: Always # <-'),
      problems: [{ message: '"Always" is no delete policy of Argo CD, only HookSucceeded, HookFailed, BeforeHookCreation' }],
    },
  },
});
