import { describe, expect, test } from 'vitest';
import { type Around, saidOf } from '../../../test/native-lines.ts';
import { checkAutoscaler } from './autoscaler.ts';

const TARGET = 'scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}';
const said = (text: string, version: string, around: Around = {}): string[] =>
  saidOf(
    (object, judgement) =>
      checkAutoscaler(object, { ...judgement, gvk: { group: 'autoscaling', version, kind: 'HorizontalPodAutoscaler' } }),
    text,
    around,
  );
const of = (spec: string, around?: Around): string[] => said(`{spec: {${TARGET}, ${spec}}}`, 'v2', around);
const metric = (text: string): string[] => of(`maxReplicas: 3, metrics: [${text}]`).map((line) => line.replace('spec.metrics[0]', 'm'));
const rules = (text: string): string[] =>
  of(`maxReplicas: 3, behavior: {scaleUp: {${text}}}`).map((line) => line.replace('spec.behavior.scaleUp', 'up'));

describe('replicas and target', () => {
  test.each([
    ['maxReplicas: 3'],
    ['maxReplicas: -1', 'ha/hpa-max spec.maxReplicas'],
    ['maxReplicas: 2, minReplicas: 3', 'ha/hpa-max spec.maxReplicas'],
    ['maxReplicas: 2, minReplicas: -1', 'schema/invalid spec.minReplicas'],
    ['maxReplicas: 2, minReplicas: 0', 'schema/invalid spec.minReplicas'],
    ['maxReplicas: 2, minReplicas: 0, metrics: [{type: External, external: {metric: {name: a}, target: {type: Value, value: 1}}}]'],
  ])('%s', (spec, ...lines) => {
    expect(of(spec)).toEqual(lines);
  });

  test('none at all is possible from 1.37 on', () => {
    const external = 'metrics: [{type: External, external: {metric: {name: a}, target: {type: Value, value: 1}}}]';
    expect(of(`maxReplicas: 2, minReplicas: 0, ${external}`, { minor: 36 })).toEqual(['schema/invalid spec.minReplicas']);
  });

  test.each([
    ['kind: Deployment, name: a', 'schema/invalid spec.scaleTargetRef.apiVersion'],
    ['apiVersion: v1, kind: Deployment, name: a', 'schema/invalid spec.scaleTargetRef.apiVersion'],
    ['apiVersion: a/b/c, kind: Deployment, name: a', 'schema/invalid spec.scaleTargetRef.apiVersion'],
    ['kind: ReplicationController, name: a'],
    ['apiVersion: apps/v1, kind: a/b, name: ..', 'schema/invalid spec.scaleTargetRef.kind', 'schema/invalid spec.scaleTargetRef.name'],
  ])('target %s', (target, ...lines) => {
    expect(said(`{spec: {scaleTargetRef: {${target}}, maxReplicas: 3}}`, 'v2')).toEqual(lines);
  });
});

describe('metrics', () => {
  test.each([
    ['{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}'],
    ['{type: Pods, pods: {metric: {name: a}, target: {type: AverageValue, averageValue: 1k}}}'],
    ['{type: Object, object: {describedObject: {kind: K, name: n}, metric: {name: a}, target: {type: Value, value: 1, averageValue: 1}}}'],
    ['{type: cpu}', 'schema/invalid m.type'],
    ['{type: Resource}', 'schema/missing-required m.resource'],
    [
      '{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}',
      'schema/invalid m.resource',
      'schema/missing-required m.pods',
    ],
    [
      '{type: Resource, resource: {name: cpu, target: {type: utilization, averageUtilization: 0}}}',
      'schema/enum-case m.resource.target.type',
      'schema/invalid m.resource.target.averageUtilization',
    ],
    [
      '{type: Resource, resource: {name: cpu, target: {type: Utilization}}}',
      'schema/missing-required m.resource.target.averageUtilization',
    ],
    [
      '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 1, averageValue: 1}}}',
      'schema/invalid m.resource.target.averageUtilization',
    ],
    [
      '{type: ContainerResource, containerResource: {name: foo, container: A, target: {type: AverageValue, averageValue: 0}}}',
      'schema/invalid m.containerResource.name',
      'schema/invalid m.containerResource.container',
      'schema/invalid m.containerResource.target.averageValue',
    ],
    [
      '{type: Pods, pods: {metric: {name: a/b}, target: {type: Value, value: 1}}}',
      'schema/invalid m.pods.metric.name',
      'schema/missing-required m.pods.target.averageValue',
    ],
    [
      '{type: External, external: {metric: {name: a}, target: {type: Value, value: 1, averageValue: 1}}}',
      'schema/invalid m.external.target.value',
    ],
  ])('%s', (text, ...lines) => {
    expect(metric(text)).toEqual(lines);
  });
});

describe('behavior', () => {
  test.each([
    [''],
    ['policies: [{type: Pods, value: 1, periodSeconds: 1800}], tolerance: 0.1'],
    ['policies: []', 'schema/missing-required up.policies'],
    [
      'stabilizationWindowSeconds: 3601, selectPolicy: max',
      'schema/invalid up.stabilizationWindowSeconds',
      'schema/enum-case up.selectPolicy',
    ],
    [
      'policies: [{type: pods, value: 0, periodSeconds: 1801}]',
      'schema/enum-case up.policies[0].type',
      'schema/invalid up.policies[0].value',
      'schema/invalid up.policies[0].periodSeconds',
    ],
    ['tolerance: -0.1', 'schema/invalid up.tolerance'],
  ])('%s', (text, ...lines) => {
    expect(rules(text)).toEqual(lines);
  });
});

describe('version 1 has what it has no fields for in annotations', () => {
  const old = (key: string, value: unknown): string[] =>
    said(
      `{metadata: {annotations: {autoscaling.alpha.kubernetes.io/${key}: ${JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value))}}}, spec: {${TARGET}, maxReplicas: 3}}`,
      'v1',
    );
  const AT = 'metadata.annotations["autoscaling.alpha.kubernetes.io/';

  test.each([
    ['metrics', 'no JSON'],
    ['metrics', [{ type: 'Object', object: { target: { kind: 'K', name: 'n' }, metricName: 'a', targetValue: '0', averageValue: '1' } }]],
    ['metrics', [{ type: 'External', external: { metricName: 'a', targetValue: '1' } }]],
    ['metrics', [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 50 } }]],
    ['behavior', { ScaleUp: { Policies: [{ Type: 'Pods', Value: 1, PeriodSeconds: 60 }] } }],
    ['behavior', 'null'],
  ])('%s %j is good', (key, value) => {
    expect(old(key, value)).toEqual([]);
  });

  test.each([
    ['metrics', [null]],
    ['metrics', [{ type: 'Pods', pods: { metricName: 'a' } }]],
    ['metrics', [{ type: 'Object', object: { target: { kind: 'K', name: 'n' }, metricName: 'a' } }]],
    ['behavior', { SCALEUP: {} }],
  ])('%s %j is not', (key, value) => {
    expect(old(key, value).every((line) => line.endsWith(`${AT}${key}"]`))).toBe(true);
    expect(old(key, value)).toHaveLength(1);
  });

  test('and a percentage of its own', () => {
    expect(said(`{spec: {${TARGET}, maxReplicas: 3, targetCPUUtilizationPercentage: 0}}`, 'v1')).toEqual([
      'schema/invalid spec.targetCPUUtilizationPercentage',
    ]);
  });
});
