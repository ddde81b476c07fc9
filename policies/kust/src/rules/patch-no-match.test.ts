import { testRule } from '@plumbline/testing';
import { BASE } from '../fixtures.ts';
import { rule } from './patch-no-match.ts';

const path = 'live/kustomization.yaml';
const PATCH = '[{"op": "replace", "path": "/spec/replicas", "value": 2}]';

testRule(
  rule,
  {
    valid: {
      'a target that is there, by the name before and after the prefix': {
        path,
        files: BASE,
        yaml: `
        resources: [../base]
        namePrefix: live-
        patches:
          - target: {kind: Deployment, name: web}
            patch: '${PATCH}'
        patchesJson6902:
          - target: {group: apps, version: v1, kind: Deployment, name: live-web}
            patch: '${PATCH}'
      `,
      },
      'a component that one of two overlays has something for': {
        path: 'component/kustomization.yaml',
        files: {
          ...BASE,
          'qa/kustomization.yaml': 'resources: [m.yaml]\ncomponents: [../component]\n',
          'qa/m.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n',
          'live/kustomization.yaml': 'resources: [../base]\ncomponents: [../component]\n',
        },
        yaml: `
        kind: Component
        apiVersion: kustomize.config.k8s.io/v1alpha1
        patches:
          - target: {kind: Deployment, name: web}
            patch: '${PATCH}'
      `,
      },
      'a component that nobody includes': {
        path: 'component/kustomization.yaml',
        yaml: `
        kind: Component
        apiVersion: kustomize.config.k8s.io/v1alpha1
        patches:
          - target: {kind: Deployment, name: web}
            patch: '${PATCH}'
      `,
      },
      'a build that cannot be done': {
        path,
        files: BASE,
        yaml: `
        resources: [../base, "github.com/acme/app?ref=v1"]
        patches:
          - target: {kind: Deployment, name: other}
            patch: '${PATCH}'
      `,
      },
    },
    invalid: {
      'a slip in the name, another group, and a kind that there is none of': {
        path,
        files: { ...BASE, 'live/patch.yaml': PATCH },
        yaml: `
        resources: [../base]
        patches:
          - target: {kind: Deployment, name: wbe} # <-
            patch: '${PATCH}'
          - path: patch.yaml
            target: # <-
              group: extensions
              kind: Deployment
              name: web
          - target: {kind: StatefulSet} # <-
            patch: '${PATCH}'
        patchesJson6902:
          - target: {version: v1, kind: Service, name: web} # <-
            patch: '${PATCH}'
      `,
        problems: [
          {
            message: 'the target of the patch fits no object: kind "Deployment", name "wbe"',
            severity: 'error',
            path: '/patches/0/target',
          },
          { message: 'the target of the patch fits no object: group "extensions", kind "Deployment", name "web"' },
          { message: 'the target of the patch fits no object: kind "StatefulSet"', severity: 'info' },
          { path: '/patchesJson6902/0/target' },
        ],
      },
      'the target of a replacement': {
        path,
        files: BASE,
        yaml: `
        resources: [../base]
        replacements:
          - source: {kind: Deployment, name: web, fieldPath: spec.replicas}
            targets:
              - select: {kind: Deployment, name: web}
                fieldPaths: [spec.replicas]
              - select: {kind: Deployment, name: worker} # <-
                fieldPaths: [spec.replicas]
      `,
        problems: [{ message: 'the target of the replacement fits no object: kind "Deployment", name "worker"' }],
      },
    },
  },
  { builds: true },
);
