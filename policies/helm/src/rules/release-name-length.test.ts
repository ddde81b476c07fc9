import { testRule } from '@plumbline/testing';
import { rule } from './release-name-length.ts';

const path = 'charts/web/templates/a.yaml';
const files = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
const service = (name: string, kind = 'Service'): string => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

testRule(rule, {
  valid: {
    'a short suffix': { path, yaml: service('{{ .Release.Name }}-web'), files },
    'exactly as long as may be': { path, yaml: service('{{ .Release.Name }}-123456789'), files },
    'a name that is cut': { path, yaml: service('{{ printf "%s-something-long" .Release.Name | trunc 63 }}'), files },
    'another kind': { path, yaml: service('{{ .Release.Name }}-something-long', 'ConfigMap'), files },
  },
  invalid: {
    'a long suffix': {
      path,
      yaml: service('{{ .Release.Name }}-something-long # <-'),
      files,
      problems: [{ message: 'with a release of 53 characters the name has 68; a Service has at most 63', column: 9 }],
    },
  },
});
