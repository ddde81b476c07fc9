import { testRule } from '@plumbline/testing';
import { rule } from './unexpected-diff.ts';

const service = (port: number, name = 'http', extra = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - name: other\n      port: 9\n    - name: ${name}\n      port: ${port}\n${extra}`;
const SECRET = (value: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: ${value}\n`;
const live = (yaml: string, theirs: string, allowed: readonly string[] = []) => ({
  yaml,
  path: 'environments/live/web.yaml',
  files: { 'environments/uat/web.yaml': theirs },
  options: { allowed },
});

testRule(rule, {
  valid: {
    'nothing is declared': { yaml: service(80), path: 'environments/live/web.yaml', files: { 'environments/uat/web.yaml': service(81) } },
    'the same': live(service(80), service(80)),
    'what is declared': live(service(80), service(81), ['spec.ports[http].port']),
    'what a pattern declares': live(service(80), service(81), ['spec.*']),
    'names that say their environment': live(
      service(80).replace('name: web', 'name: web-live'),
      service(80).replace('name: web', 'name: web-uat'),
    ),
    'what a Secret holds': live(SECRET('a'), SECRET('b')),
  },
  invalid: {
    'a port, by the name of its item': {
      ...live(service(80), service(81), ['spec.type']),
      problems: [{ line: 10, path: '/spec/ports/1/port', message: 'spec.ports[http].port differs between live and uat' }],
    },
    'an item more and an item less': {
      ...live(service(80, 'a'), service(80, 'b')),
      problems: [
        { line: 6, path: '/spec/ports', message: 'spec.ports[b] differs between live and uat' },
        { line: 9, path: '/spec/ports/1', message: 'spec.ports[a] differs between live and uat' },
      ],
    },
    'a field that is not there': {
      ...live(service(80), service(80, 'http', '  type: NodePort\n')),
      problems: [{ line: 5, path: '/spec/type', message: 'spec.type differs between live and uat' }],
    },
  },
});
