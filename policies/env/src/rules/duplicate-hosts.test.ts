import { testRule } from '@plumbline/testing';
import { rule } from './duplicate-hosts.ts';

const ingress = (host: string, name = 'web'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${name}\nspec:\n  rules:\n    - host: ${host}\n`;
const route = (host: string): string =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: web\nspec:\n  hostnames:\n    - ${host}\n`;
const uat = (yaml: string, live: string) => ({ yaml, path: 'environments/uat/a.yaml', files: { 'environments/live/a.yaml': live } });

testRule(rule, {
  valid: {
    'hosts of their own': uat(ingress('uat.shop.example.com'), ingress('shop.example.com')),
    'a name that only a cluster knows': uat(ingress('shop.local'), ingress('shop.local')),
    'a name without a domain': uat(ingress('shop'), ingress('shop')),
    'any host below a domain': uat(ingress('"*.shop.example.com"'), ingress('"*.shop.example.com"')),
    'clusters of one stage': {
      yaml: ingress('shop.example.com'),
      path: 'clusters/prod-eu/a.yaml',
      files: { 'clusters/prod-us/a.yaml': ingress('shop.example.com') },
    },
    'LIVE keeps what it has': {
      yaml: ingress('shop.example.com'),
      path: 'environments/live/a.yaml',
      files: { 'environments/uat/a.yaml': ingress('shop.example.com') },
    },
  },
  invalid: {
    'the host of LIVE': {
      ...uat(ingress('shop.example.com'), ingress('SHOP.example.com', 'other')),
      problems: [{ line: 7, path: '/spec/rules/0/host', message: 'host "shop.example.com" of uat is that of live too' }],
    },
    'of another kind': {
      ...uat(route('shop.example.com'), ingress('shop.example.com')),
      problems: [{ line: 7, path: '/spec/hostnames/0' }],
    },
  },
});
