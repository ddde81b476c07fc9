// How many merges a second of one processor: `node scripts/run.mjs packages/testing/src/bench/merge.ts`
import type { JsonObject } from '@plumbline/core';
import {
  applyConfig,
  applyConfiguration,
  applyJsonPatch,
  applyStrategicPatch,
  createThreeWayMergePatch,
  createThreeWayPatch,
  diffJsonPatch,
  type Managers,
  type Topology,
} from '@plumbline/merge';
import { createDefaults, createSchemaSet, kindTypes, topologyOf } from '@plumbline/schema';
import { dataDirectory, openData } from '@plumbline/schemas-kubernetes';

const MINOR = '1.37';
/** Of processor time: long enough for the compiler to have done its work, short enough to share the machine. */
const WARM_MS = 500;
const TIMED_MS = 1500;

const schemas = createSchemaSet(openData(dataDirectory()));
const { applyDefaults } = createDefaults(schemas);

/** A Deployment as charts make them: two containers with ports, environment, probes, resources and volumes. */
function deployment(tag: string, replicas: number): JsonObject {
  const labels = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop', 'app.kubernetes.io/version': tag };
  const env = Array.from({ length: 12 }, (_, index) => ({ name: `SETTING_${index}`, value: index === 0 ? tag : `value ${index}` }));
  const probe = { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 };
  const container = (name: string): JsonObject => ({
    name,
    image: `registry.example.com/shop/${name}:${tag}`,
    args: ['--log-level', 'info'],
    env,
    ports: [
      { name: 'http', containerPort: 8080 },
      { name: 'metrics', containerPort: 9090 },
    ],
    livenessProbe: probe,
    readinessProbe: probe,
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/shop' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: 'shop', labels, annotations: { 'example.com/owner': 'team-shop' } },
    spec: {
      replicas,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'shop',
          containers: [container('web'), container('worker')],
          volumes: [
            { name: 'config', configMap: { name: 'shop' } },
            { name: 'tmp', emptyDir: {} },
          ],
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels },
            },
          ],
        },
      },
    },
  };
}

function main(): void {
  const [last, wanted] = [deployment('1.2.3', 3), deployment('1.2.4', 4)];
  const live = applyDefaults(last, MINOR);
  const type = typeOf(last);
  const by = { manager: 'git', version: 'apps/v1' };
  const first = applyConfig({ value: { apiVersion: 'apps/v1', kind: 'Deployment' }, type }, { value: last, type }, new Map(), by);
  if ('conflicts' in first) throw new Error('nobody else owns anything yet');
  const managers: Managers = first.managers;
  const patch = createThreeWayPatch(last, wanted, live, type);
  const fewer = withoutEnvironment(wanted);
  const sidecar: JsonObject = { spec: { template: { spec: { containers: [{ name: 'proxy', image: 'proxy:1' }] } } } };

  const rows: readonly (readonly [string, () => unknown])[] = [
    ['three-way strategic merge patch made (kubectl)', () => createThreeWayPatch(last, wanted, live, type)],
    ['three-way strategic merge patch made (safe)', () => createThreeWayPatch(last, wanted, live, type, { isSafe: true })],
    [
      'three-way strategic merge patch made and applied',
      () => applyStrategicPatch(live, createThreeWayPatch(last, wanted, live, type), type),
    ],
    ['strategic merge patch applied', () => applyStrategicPatch(live, patch, type)],
    ['three-way JSON merge patch made', () => createThreeWayMergePatch(last, wanted, live)],
    ['server-side apply, a new image and scale', () => applyConfig({ value: live, type }, { value: wanted, type }, managers, by)],
    ['server-side apply, fields removed', () => applyConfig({ value: live, type }, { value: fewer, type }, managers, by)],
    ['server-side apply, nothing new', () => applyConfig({ value: live, type }, { value: last, type }, managers, by)],
    ['apply configuration (MutatingAdmissionPolicy)', () => applyConfiguration(live, sidecar, type)],
    ['JSON patch made and applied', () => applyJsonPatch(last, diffJsonPatch(last, wanted, { hasTests: true }))],
  ];
  for (const [name, run] of rows) process.stdout.write(`${String(Math.round(rateOf(run))).padStart(8)} /s  ${name}\n`);
}

function typeOf(object: JsonObject): Topology {
  const type = kindTypes(schemas, MINOR)(object)?.type;
  if (type === undefined) throw new Error('the schema data has no Deployment');
  return topologyOf(type);
}

/** The manifest as it would be had all variables of the environment been taken out. */
function withoutEnvironment(object: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(object, (key, value: unknown) => (key === 'env' ? undefined : value))) as JsonObject; // of an object
}

/** Runs a second of one processor: what others do on the machine does not count. */
function rateOf(run: () => unknown): number {
  for (const end = cpuMs() + WARM_MS; cpuMs() < end; ) run();
  const start = cpuMs();
  let [count, now] = [0, start];
  for (; now < start + TIMED_MS; now = cpuMs()) {
    for (let index = 0; index < 50; index++) run();
    count += 50;
  }
  return (count / (now - start)) * 1000;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

main();
