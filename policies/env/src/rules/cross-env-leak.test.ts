import { testRule } from '@plumbline/testing';
import { rule } from './cross-env-leak.ts';

const settings = (value: string, key = 'ORDERS_URL'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  ${key}: ${value}\n`;
const workload = (secret: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          envFrom:\n            - secretRef:\n                name: ${secret}\n`;
const ANY = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const SERVED = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n    - host: shop.example.com\n';
const OTHERS = { 'environments/uat/a.yaml': ANY, 'environments/dev/a.yaml': `${ANY}---\n${SERVED}` };
const live = (yaml: string, more: Readonly<Record<string, string>> = {}) => ({
  yaml,
  path: 'environments/live/b.yaml',
  files: { ...OTHERS, ...more },
});

testRule(rule, {
  valid: {
    'its own host': live(settings('https://orders.live.example.com')),
    'a host of all': live(settings('https://orders.example.com')),
    'an environment that is not there': live(settings('https://orders.qa.example.com')),
    'a domain that sounds like one': live(settings('https://web.dev')),
    'a domain that sounds like one, and a host of it': live(settings('https://docs.web.dev/learn')),
    'a host of others': live(settings('https://dev.azure.com/shop/_git/web')),
    'services of others': live(settings('https://acme-staging-v02.api.letsencrypt.org/directory')),
    'a class, not a host': live(settings('com.example.dev.OrderService')),
    'a file, not a host': live(settings('settings.uat.shop.yaml')),
    'a word in a part of a label that means other things': live(settings('https://live-orders.shop.example.com'), {}),
    'a comment': live(settings('|\n    # https://orders.dev.example.com\n    url=https://orders.example.com', 'app.conf')),
    'a text about several environments': live(
      settings('|\n    dev=https://orders.dev.example.com\n    uat=https://orders.uat.example.com', 'app.conf'),
    ),
    'a key that means it': live(settings('https://orders.dev.example.com', 'DEV_URL')),
    declared: { ...live(settings('https://mail.dev.example.com')), options: { allowed: ['mail.*'] } },
    'a Secret whose name is only a name': live(workload('db-uat'), { 'environments/uat/b.yaml': workload('db') }),
    'in no environment': { yaml: settings('https://orders.dev.example.com'), path: 'b.yaml', files: OTHERS },
  },
  invalid: {
    'a host of UAT in LIVE': {
      ...live(settings('http://orders.uat.shop.example.com:8080/v1')),
      problems: [
        {
          line: 6,
          path: '/data/ORDERS_URL',
          severity: 'error',
          message: 'host "orders.uat.shop.example.com" is called after uat, and used in live',
        },
      ],
    },
    'a host that is called otherwise': {
      ...live(settings('orders-dev.shop.example.com:443')),
      problems: [{ line: 6, message: /"orders-dev\.shop\.example\.com" is called after dev/ }],
    },
    'a namespace of another environment': { ...live(settings('http://orders.shop-uat.svc.cluster.local')), problems: [{ line: 6 }] },
    'a host of a domain that is served nowhere, and is called otherwise elsewhere': {
      ...live(settings('https://orders.uat.shop.test'), { 'environments/dev/b.yaml': settings('https://orders.dev.shop.test') }),
      problems: [{ line: 6 }],
    },
    'a bucket': {
      ...live(settings('s3://shop-dev-backups/daily')),
      problems: [{ line: 6, message: 'bucket "shop-dev-backups" is called after dev, and used in live' }],
    },
    'a Secret that is that of UAT': {
      ...live(workload('db-uat'), { 'environments/uat/b.yaml': workload('db-uat') }),
      problems: [{ line: 12, message: 'Secret "db-uat" is called after uat, and used in live' }],
    },
    'a host of LIVE in DEV': {
      yaml: settings('https://orders.prod.example.com'),
      path: 'environments/dev/b.yaml',
      files: { 'environments/live/a.yaml': SERVED },
      problems: [{ line: 6, severity: 'error', message: 'host "orders.prod.example.com" is called after live, and used in dev' }],
    },
    'a host of DEV in UAT': {
      yaml: settings('https://orders.dev.example.com'),
      path: 'environments/uat/b.yaml',
      files: OTHERS,
      problems: [{ line: 6, severity: 'warning' }],
    },
  },
});
