import { type JsonObject, readLenient } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { type HealthStatus, healthOf } from './health.ts';

function object(text: string): JsonObject {
  const read = readLenient(text);
  if ('error' in read) throw new Error(read.error);
  return read.value as JsonObject; // the tests' own text
}

type Case = readonly [what: string, status: HealthStatus | undefined, manifest: string];

const deployment = (spec: string, status: string): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {generation: 2}, spec: {replicas: 2, ${spec}}, status: {observedGeneration: 2, ${status}}}`;
const statefulSet = (spec: string, status: string): string =>
  `{apiVersion: apps/v1, kind: StatefulSet, metadata: {generation: 1}, spec: {replicas: 3, ${spec}}, status: {observedGeneration: 1, ${status}}}`;
const daemonSet = (status: string): string =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 2, ${status}}}`;
const pod = (policy: string, status: string): string =>
  `{apiVersion: v1, kind: Pod, spec: {restartPolicy: ${policy}}, status: {${status}}}`;
const job = (type: string): string => `{apiVersion: batch/v1, kind: Job, status: {conditions: [{type: ${type}, status: "True"}]}}`;
const hpa = (conditions: string): string =>
  `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, status: {conditions: [${conditions}]}}`;

describe('built-in kinds', () => {
  test.each<Case>([
    ['all replicas new and available', 'Healthy', deployment('', 'replicas: 2, updatedReplicas: 2, availableReplicas: 2')],
    ['one old replica left', 'Progressing', deployment('', 'replicas: 3, updatedReplicas: 2, availableReplicas: 3')],
    ['one new replica missing', 'Progressing', deployment('', 'replicas: 2, updatedReplicas: 1, availableReplicas: 2')],
    ['a new replica not available', 'Progressing', deployment('', 'replicas: 2, updatedReplicas: 2, availableReplicas: 1')],
    ['stuck', 'Degraded', deployment('', 'conditions: [{type: Progressing, reason: ProgressDeadlineExceeded, status: "False"}]')],
    ['paused', 'Suspended', deployment('paused: true', '')],
    ['not seen yet', 'Progressing', deployment('', 'observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2')],
    [
      'going',
      'Progressing',
      '{apiVersion: apps/v1, kind: Deployment, metadata: {deletionTimestamp: "2026-01-01T00:00:00Z"}, spec: {paused: true}}',
    ],
  ])('Deployment, %s: %s', (_, status, manifest) => expect(healthOf(object(manifest))?.status).toBe(status));

  test.each<Case>([
    ['at the new revision', 'Healthy', statefulSet('', 'readyReplicas: 3, updateRevision: b, currentRevision: b')],
    ['between revisions', 'Progressing', statefulSet('', 'readyReplicas: 3, updateRevision: b, currentRevision: a')],
    ['a pod not ready', 'Progressing', statefulSet('', 'readyReplicas: 2, updateRevision: b, currentRevision: b')],
    [
      'as far as its partition',
      'Healthy',
      statefulSet('updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}', 'readyReplicas: 3, updatedReplicas: 1'),
    ],
    [
      'short of its partition',
      'Progressing',
      statefulSet('updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}', 'readyReplicas: 3, updatedReplicas: 1'),
    ],
    [
      'updated by hand',
      'Healthy',
      statefulSet('updateStrategy: {type: OnDelete}', 'readyReplicas: 3, updateRevision: b, currentRevision: a'),
    ],
    ['everywhere', 'Healthy', daemonSet('updatedNumberScheduled: 2, numberAvailable: 2')],
    ['one node to update', 'Progressing', daemonSet('updatedNumberScheduled: 1, numberAvailable: 2')],
    ['one pod not available', 'Progressing', daemonSet('updatedNumberScheduled: 2, numberAvailable: 1')],
    [
      'cannot make pods',
      'Degraded',
      '{apiVersion: apps/v1, kind: ReplicaSet, status: {conditions: [{type: ReplicaFailure, status: "True"}]}}',
    ],
    ['short of replicas', 'Progressing', '{apiVersion: apps/v1, kind: ReplicaSet, spec: {replicas: 2}, status: {availableReplicas: 1}}'],
  ])('workloads, %s: %s', (_, status, manifest) => expect(healthOf(object(manifest))?.status).toBe(status));

  test.each<Case>([
    ['ready', 'Healthy', pod('Always', 'phase: Running, conditions: [{type: Ready, status: "True"}]')],
    ['not ready', 'Progressing', pod('Always', 'phase: Running')],
    [
      'not ready after it ended',
      'Degraded',
      pod('Always', 'phase: Running, containerStatuses: [{name: a, lastState: {terminated: {exitCode: 1}}}]'),
    ],
    ['without its image', 'Degraded', pod('Always', 'phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff}}}]')],
    [
      'that ends, without its image',
      'Progressing',
      pod('Never', 'phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff}}}]'),
    ],
    ['that ends, at work', 'Progressing', pod('OnFailure', 'phase: Running, conditions: [{type: Ready, status: "True"}]')],
    ['done', 'Healthy', pod('Never', 'phase: Succeeded')],
    ['failed', 'Degraded', pod('Never', 'phase: Failed')],
    ['lost', 'Unknown', pod('Always', 'phase: Unknown')],
  ])('Pod, %s: %s', (_, status, manifest) => expect(healthOf(object(manifest))?.status).toBe(status));

  test.each<Case>([
    ['a Job that is done', 'Healthy', job('Complete')],
    ['a Job that failed', 'Degraded', job('Failed')],
    ['a Job that is suspended', 'Suspended', job('Suspended')],
    ['a Job at work', 'Progressing', '{apiVersion: batch/v1, kind: Job, status: {active: 1}}'],
    ['a CronJob', 'Healthy', '{apiVersion: batch/v1, kind: CronJob, spec: {}}'],
    ['a CronJob that is suspended', 'Suspended', '{apiVersion: batch/v1, kind: CronJob, spec: {suspend: true}}'],
    ['a Service', 'Healthy', '{apiVersion: v1, kind: Service, spec: {type: ClusterIP}}'],
    ['a Service without its load balancer', 'Progressing', '{apiVersion: v1, kind: Service, spec: {type: LoadBalancer}}'],
    [
      'an Ingress with one',
      'Healthy',
      '{apiVersion: networking.k8s.io/v1, kind: Ingress, status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}}',
    ],
    ['a claim that is bound', 'Healthy', '{apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Bound}}'],
    ['a claim whose volume is lost', 'Degraded', '{apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Lost}}'],
    ['an autoscaler that scales', 'Healthy', hpa('{type: AbleToScale, status: "True", reason: ReadyForNewScale}')],
    [
      'an autoscaler without metrics',
      'Degraded',
      hpa('{type: AbleToScale, status: "True"}, {type: ScalingActive, status: "False", reason: FailedGetResourceMetric}'),
    ],
    ['an autoscaler that is new', 'Progressing', hpa('')],
    [
      'an autoscaler of v1, whose conditions are noted',
      'Healthy',
      `{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {annotations: {autoscaling.alpha.kubernetes.io/conditions: '[{"type":"AbleToScale","status":"True"}]'}}}`,
    ],
    [
      'an autoscaler of v1, noted wrongly',
      'Progressing',
      '{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {annotations: {autoscaling.alpha.kubernetes.io/conditions: "["}}}',
    ],
    [
      'an API that does not answer',
      'Progressing',
      '{apiVersion: apiregistration.k8s.io/v1, kind: APIService, status: {conditions: [{type: Available, status: "False"}]}}',
    ],
    [
      'a definition that is established',
      'Healthy',
      '{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, status: {conditions: [{type: Established, status: "True"}]}}',
    ],
    ['a ConfigMap has none', undefined, '{apiVersion: v1, kind: ConfigMap, data: {}}'],
  ])('%s: %s', (_, status, manifest) => expect(healthOf(object(manifest))?.status).toBe(status));
});

const flux = (spec: string, conditions: string): string =>
  `{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, spec: {${spec}}, status: {conditions: [${conditions}]}}`;
const unknown = (status: string): string => `{apiVersion: example.com/v1, kind: Thing, metadata: {generation: 2}, status: {${status}}}`;

describe('kinds of projects', () => {
  test.each<Case>([
    ['ready', 'Healthy', flux('', '{type: Ready, status: "True"}')],
    ['not ready, and trying again', 'Degraded', flux('', '{type: Reconciling, status: "True"}, {type: Ready, status: "False"}')],
    ['at work', 'Progressing', flux('', '{type: Ready, status: Unknown}')],
    ['suspended', 'Suspended', flux('suspend: true', '{type: Ready, status: "True"}')],
    [
      'of a sub-group',
      'Degraded',
      '{apiVersion: s3.aws.crossplane.io/v1, kind: Bucket, status: {conditions: [{type: Synced, status: "False", reason: ReconcileError}, {type: Ready, status: "True"}]}}',
    ],
    ['a Rollout at a pause', 'Suspended', '{apiVersion: argoproj.io/v1alpha1, kind: Rollout, status: {phase: Paused}}'],
    [
      'a Rollout of an older generation',
      'Progressing',
      '{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {generation: 3}, status: {observedGeneration: "2", phase: Healthy}}',
    ],
    [
      'a route that one parent refuses',
      'Degraded',
      '{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, status: {parents: [{conditions: [{type: Accepted, status: "True"}]}, {conditions: [{type: Accepted, status: "False"}]}]}}',
    ],
    [
      'a certificate that is being issued',
      'Progressing',
      '{apiVersion: cert-manager.io/v1, kind: Certificate, status: {conditions: [{type: Issuing, status: "True"}, {type: Ready, status: "False"}]}}',
    ],
    ['known to have a status, without one', 'Progressing', '{apiVersion: cert-manager.io/v1, kind: Certificate}'],
  ])('%s: %s', (_, status, manifest) => expect(healthOf(object(manifest))?.status).toBe(status));
});

describe('any other kind, by its conditions and phase', () => {
  test.each<Case>([
    ['Ready', 'Healthy', unknown('conditions: [{type: Ready, status: "True"}]')],
    ['not Ready', 'Degraded', unknown('conditions: [{type: Ready, status: "False", reason: Broken}]')],
    ['not Ready yet', 'Progressing', unknown('conditions: [{type: Ready, status: "False", reason: Creating}]')],
    ['Stalled', 'Degraded', unknown('conditions: [{type: Ready, status: "True"}, {type: Stalled, status: "True"}]')],
    ['Paused', 'Suspended', unknown('conditions: [{type: Ready, status: "True"}, {type: Paused, status: "True"}]')],
    ['an older generation', 'Progressing', unknown('observedGeneration: 1, conditions: [{type: Ready, status: "True"}]')],
    ['a phase', 'Degraded', unknown('phase: Failed')],
    ['a phase in other letters', 'Progressing', unknown('state: SCALING_UP')],
    ['nothing to go by', 'Healthy', unknown('count: 3')],
    ['no status', undefined, '{apiVersion: example.com/v1, kind: Thing, spec: {}}'],
  ])('%s: %s', (_, status, manifest) => expect(healthOf(object(manifest))?.status).toBe(status));

  test('says why, in the words of the object', () => {
    expect(healthOf(object(unknown('conditions: [{type: Ready, status: "False", message: no disk left}]')))).toEqual({
      status: 'Degraded',
      message: 'no disk left',
    });
  });
});
