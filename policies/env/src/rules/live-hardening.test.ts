import { testRule } from '@plumbline/testing';
import { rule } from './live-hardening.ts';

const workload = (replicas: number, container: string, image = 'web:1.0.0'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: ${replicas}\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n${container}`;
const PROBE = '          readinessProbe:\n            tcpSocket:\n              port: 80\n';
const LIMITS = '          resources:\n            limits:\n              memory: 1Gi\n';
const EMPTY = '          resources:\n            requests:\n              storage: 1Gi\n';
const BUDGET =
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels:\n      app: web\n';
const HPA =
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: web\n';
const DIGEST = `web@sha256:${'0'.repeat(64)}`;
const live = (yaml: string, theirs: string, more: Readonly<Record<string, string>> = {}) => ({
  yaml,
  path: 'environments/live/web.yaml',
  files: { 'environments/uat/web.yaml': theirs, ...more },
});

testRule(rule, {
  valid: {
    'the same': live(workload(2, PROBE + LIMITS), workload(2, PROBE + LIMITS)),
    'more than UAT has': live(workload(4, PROBE + LIMITS, DIGEST), workload(1, '')),
    'less than UAT, outside of LIVE': {
      yaml: workload(1, ''),
      path: 'environments/uat/web.yaml',
      files: { 'environments/dev/web.yaml': workload(2, PROBE) },
    },
    alone: { yaml: workload(1, ''), path: 'environments/live/web.yaml' },
    'an autoscaler sets the replicas': live(workload(1, ''), workload(3, ''), { 'environments/live/hpa.yaml': HPA }),
    'an autoscaler sets those of UAT': live(workload(1, ''), workload(3, ''), { 'environments/uat/hpa.yaml': HPA }),
    'budgets in both': live(workload(2, ''), workload(2, ''), {
      'environments/live/pdb.yaml': BUDGET,
      'environments/uat/pdb.yaml': BUDGET,
    }),
    'runAsNonRoot for the whole pod': live(
      workload(1, '').replace('      containers:', '      securityContext:\n        runAsNonRoot: true\n      containers:'),
      workload(1, '          securityContext:\n            runAsNonRoot: true\n'),
    ),
  },
  invalid: {
    'fewer replicas': {
      ...live(workload(2, ''), workload(3, '')),
      problems: [{ line: 6, path: '/spec/replicas', message: 'Deployment "web" has 2 replicas in live, and uat has 3' }],
    },
    'no probe': {
      ...live(workload(1, ''), workload(1, PROBE)),
      problems: [{ line: 13, message: 'container "web" has no readiness probe in live, and uat has one' }],
    },
    'no limit': {
      ...live(workload(1, EMPTY), workload(1, LIMITS)),
      problems: [
        {
          line: 15,
          path: '/spec/template/spec/containers/0/resources',
          message: 'container "web" has no memory limit in live, and uat has one',
        },
      ],
    },
    'a tag for a digest': {
      ...live(workload(1, ''), workload(1, '', DIGEST)),
      problems: [{ line: 14, message: 'image "web:1.0.0" is not pinned by digest in live, and uat has one' }],
    },
    'no budget': {
      ...live(workload(2, ''), workload(2, ''), { 'environments/uat/pdb.yaml': BUDGET }),
      problems: [{ line: 4, message: 'no PodDisruptionBudget covers Deployment "web" in live, and uat has one' }],
    },
    'what the options ask for': {
      yaml: workload(1, ''),
      path: 'environments/live/web.yaml',
      options: { require: ['replicas', 'digest', 'limits', 'probes', 'pdb'] },
      problems: [
        { line: 4, message: 'no PodDisruptionBudget covers Deployment "web" in live' },
        { line: 6, message: 'Deployment "web" has 1 replica in live' },
        { line: 13, message: 'container "web" has no memory limit in live' },
        { line: 13, message: 'container "web" has no readiness probe in live' },
        { line: 14, message: 'image "web:1.0.0" is not pinned by digest in live' },
      ],
    },
  },
});
