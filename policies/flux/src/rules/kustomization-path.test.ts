import { testRule } from '@plumbline/testing';
import { rule } from './kustomization-path.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const files = { 'apps/web/config.yaml': CONFIG, 'infrastructure/config.yaml': CONFIG };
const of = (
  path: string,
  source = '{kind: GitRepository, name: flux-system}',
  more = '',
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a, namespace: flux-system}
spec:
  interval: 10m
  prune: true
  sourceRef: ${source}
  path: ${path}
${more}`;

testRule(rule, {
  valid: {
    'the root, a folder, and the ways to write one': {
      yaml: ['.', './', '/', './apps/web', 'apps/web/', '/apps/./web', 'apps/../infrastructure'].map((path) => of(path)).join('---\n'),
      files,
    },
    'what another source has': { yaml: of('./kustomize', '{kind: GitRepository, name: podinfo}'), files },
    'what an artifact has': { yaml: of('./app', '{kind: OCIRepository, name: flux-system}'), files },
    'a variable': { yaml: of('./clusters/${CLUSTER}'), files },
    'a tag of the repository, which may have had the folder': {
      yaml: `${of('./apps/web')}---
${of('./gone')}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {url: https://example.org/x, ref: {tag: v1}}
`,
      files,
    },
    'components that are there, remote, or may be missing': {
      yaml: `${of('./apps/web', undefined, '  components: [../../infrastructure, "https://github.com/a/b//c?ref=v1"]\n')}---
${of('./apps/web', undefined, '  components: [../gone]\n  ignoreMissingComponents: true\n')}`,
      files,
    },
  },
  invalid: {
    'a folder that is not there, while others of the source are': {
      yaml: `${of('./apps/web')}---\n${of('./gone/away # <-')}`,
      files,
      problems: [{ message: 'path "./gone/away" does not exist in the repository', path: '/spec/path' }],
    },
    'a slip': {
      yaml: of('./infrastucture # <-'),
      files,
      problems: [{ message: 'path "./infrastucture" does not exist in the repository; did you mean "./infrastructure"?' }],
    },
    'a file': {
      yaml: of('./apps/web/config.yaml # <-'),
      files,
      problems: [{ message: 'path "./apps/web/config.yaml" is a file, not a folder' }],
    },
    'a component that is not there': {
      yaml: of('./apps/web', undefined, '  components:\n    - ../../infrastructure\n    - ../gone # <-\n'),
      files,
      problems: [{ message: 'component "../gone" is no folder of the repository', path: '/spec/components/1' }],
    },
  },
});
