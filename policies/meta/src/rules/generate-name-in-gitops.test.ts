import { testRule } from '@plumbline/testing';
import { rule } from './generate-name-in-gitops.ts';

testRule(rule, {
  valid: {
    'a name beside the prefix': `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        generateName: settings-
    `,
    'a hook of Argo CD': `
      apiVersion: batch/v1
      kind: Job
      metadata:
        generateName: migrate-
        annotations:
          argocd.argoproj.io/hook: PreSync
    `,
    'a run of Pipelines as Code': {
      path: '.tekton/push.yaml',
      yaml: `
        apiVersion: tekton.dev/v1
        kind: PipelineRun
        metadata:
          generateName: push-
      `,
    },
  },
  invalid: {
    'an object that a kustomization applies': {
      path: 'case.yaml',
      files: { 'kustomization.yaml': 'resources: [case.yaml]' },
      yaml: `
        apiVersion: v1
        kind: Service
        metadata:
          generateName: shop- # <-
      `,
      problems: [{ severity: 'error', message: 'generateName "shop-" stands in place of a name, which cannot be applied' }],
    },
    'a plain file, which may be for kubectl create': {
      yaml: `
        apiVersion: v1
        kind: Service
        metadata:
          generateName: shop- # <-
      `,
      problems: [{ severity: 'info', message: 'generateName "shop-" stands in place of a name, which cannot be applied' }],
    },
    'a job among files, which somebody may create by hand': {
      yaml: `
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: migrate- # <-
      `,
      problems: [{ severity: 'info' }],
    },
  },
});
