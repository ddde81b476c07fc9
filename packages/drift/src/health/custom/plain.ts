// Kinds whose status keeps to the conventions: they are judged by them, and are on their way until they have one.
import { ofProject } from '../general.ts';
import type { HealthTable } from './custom.ts';

const GROUPS = [
  'addons.cluster.x-k8s.io',
  'atlas.mongodb.com',
  'camel.apache.org',
  'cilium.io',
  'couchbase.com',
  'databases.spotahome.com',
  'druid.apache.org',
  'elbv2.k8s.aws',
  'getambassador.io',
  'hub.traefik.io',
  'jobset.x-k8s.io',
  'kyverno.io',
  'longhorn.io',
  'ray.io',
  'redis.redis.opstreelabs.in',
  'secrets.hashicorp.com',
  'vault.banzaicloud.com',
  'velero.io',
  'zookeeper.pravega.io',
];

export const plain: HealthTable = Object.fromEntries(GROUPS.map((group) => [`${group}/*`, ofProject]));
