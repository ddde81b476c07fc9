import { testRule } from '@plumbline/testing';
import { rule } from './feature-flag-left.ts';

const settings = (line: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  ${line}\n`;
const workload = (replicas: number, env = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n        - name: web\n${env}`;
const HPA = 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata:\n  name: web\nspec:\n  scaleTargetRef:\n    name: web\n';
const path = 'overlays/production/a.yaml';

testRule(rule, {
  valid: {
    'info in LIVE': { yaml: settings('LOG_LEVEL: info'), path },
    'debug in DEV': { yaml: settings('LOG_LEVEL: debug'), path: 'overlays/dev/a.yaml' },
    'debug nowhere in particular': { yaml: settings('LOG_LEVEL: debug'), path: 'a.yaml' },
    'the switch is off': { yaml: settings('DEBUG: "false"'), path },
    'a pattern of debug names': { yaml: settings('DEBUG: "app:*"'), path },
    declared: { yaml: settings('LOG_LEVEL: debug'), path, options: { allowed: ['LOG_*'] } },
    'something else scales it': { yaml: workload(0), path, files: { 'overlays/production/b.yaml': HPA } },
  },
  invalid: {
    'debug logs': {
      yaml: settings('APP_LOG_LEVEL: DEBUG'),
      path,
      problems: [{ line: 6, path: '/data/APP_LOG_LEVEL', message: 'APP_LOG_LEVEL is "DEBUG" in production' }],
    },
    'debug logs of a framework': { yaml: settings('logging.level: trace'), path, problems: [{ line: 6 }] },
    'a debug mode of a container': {
      yaml: workload(2, '          env:\n            - name: FLASK_DEBUG\n              value: "1"\n'),
      path,
      problems: [{ line: 13, message: 'FLASK_DEBUG is "1" in production' }],
    },
    'no replicas': { yaml: workload(0), path, problems: [{ line: 6, message: 'Deployment "web" has no replicas in production' }] },
    'another is scaled': {
      yaml: workload(0),
      path,
      files: { 'overlays/production/b.yaml': HPA.replace(/name: web\n$/, 'name: api\n') },
      problems: [{ line: 6 }],
    },
  },
});
