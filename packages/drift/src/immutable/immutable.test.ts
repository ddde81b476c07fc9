import { describe, expect, test } from 'vitest';
import { object, ports, stored } from '../../test/ports.ts';
import { driftOfObject } from '../object-drift.ts';

/** What is said of the changes that make `desired` of `live`, both as YAML. */
function said(live: string, desired: string): (string | undefined)[] {
  const changes = driftOfObject(object(desired), stored(object(live)), ports).changes;
  return changes.filter((change) => change.class === 'drift').map(({ immutable }) => immutable);
}

const head = (api: string, kind: string): string => `apiVersion: ${api}\nkind: ${kind}\nmetadata: {name: x}\n`;
const must = (field: string, kind: string): string[] => [`${field} of a ${kind} cannot be changed: the object must be replaced`];

describe('what must be replaced', () => {
  const job = (spec: string): string => `${head('batch/v1', 'Job')}spec: {${spec}}\n`;
  const pods = (image: string): string => `template: {spec: {restartPolicy: Never, containers: [{name: a, image: ${image}}]}}`;
  const claim = (size: string, mode = 'Filesystem'): string =>
    `${head('v1', 'PersistentVolumeClaim')}spec: {accessModes: [ReadWriteOnce], volumeMode: ${mode}, resources: {requests: {storage: ${size}}}}\n`;
  test.each<[string, string, string, (string | undefined)[]]>([
    [
      'a selector',
      `${head('apps/v1', 'Deployment')}spec: {selector: {matchLabels: {app: a}}}\n`,
      `${head('apps/v1', 'Deployment')}spec: {selector: {matchLabels: {app: b}}}\n`,
      must('spec.selector', 'Deployment'),
    ],
    ['the template of a Job', job(pods('a:1')), job(pods('a:2')), must('spec.template', 'Job')],
    [
      'a Job that may run longer',
      job(`${pods('a')}, activeDeadlineSeconds: 1`),
      job(`${pods('a')}, activeDeadlineSeconds: 2`),
      [undefined],
    ],
    ['completions', job(`${pods('a')}, completions: 1`), job(`${pods('a')}, completions: 2`), must('spec.completions', 'Job')],
    [
      'completions of an indexed Job',
      job(`${pods('a')}, completionMode: Indexed, completions: 1, parallelism: 1`),
      job(`${pods('a')}, completionMode: Indexed, completions: 2, parallelism: 1`),
      [undefined],
    ],
    ['a claim that grows', claim('1Gi'), claim('2Gi'), [undefined]],
    [
      'a claim that shrinks',
      claim('2Gi'),
      claim('1Gi'),
      ['spec.resources.requests.storage of a PersistentVolumeClaim cannot shrink: the object must be replaced'],
    ],
    ['the mode of a claim', claim('1Gi'), claim('1Gi', 'Block'), must('spec', 'PersistentVolumeClaim')],
    [
      'the address of a Service',
      `${head('v1', 'Service')}spec: {clusterIP: 10.0.0.1, ports: [{port: 1}]}\n`,
      `${head('v1', 'Service')}spec: {clusterIP: 10.0.0.2, ports: [{port: 1}]}\n`,
      must('spec.clusterIP', 'Service'),
    ],
    [
      'a role',
      `${head('rbac.authorization.k8s.io/v1', 'RoleBinding')}roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\n`,
      `${head('rbac.authorization.k8s.io/v1', 'RoleBinding')}roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: b}\n`,
      must('roleRef', 'RoleBinding'),
    ],
    [
      'an object that says so',
      `${head('v1', 'ConfigMap')}immutable: true\ndata: {a: x}\n`,
      `${head('v1', 'ConfigMap')}immutable: true\ndata: {a: y}\n`,
      ['the ConfigMap is immutable: the object must be replaced'],
    ],
    ['data otherwise', `${head('v1', 'ConfigMap')}data: {a: x}\n`, `${head('v1', 'ConfigMap')}data: {a: y}\n`, [undefined]],
    [
      'an image of a Pod',
      `${head('v1', 'Pod')}spec: {containers: [{name: a, image: a:1}]}\n`,
      `${head('v1', 'Pod')}spec: {containers: [{name: a, image: a:2}]}\n`,
      [undefined],
    ],
    [
      'a command of a Pod',
      `${head('v1', 'Pod')}spec: {containers: [{name: a, image: a, command: [x]}]}\n`,
      `${head('v1', 'Pod')}spec: {containers: [{name: a, image: a, command: [y]}]}\n`,
      must('spec', 'Pod'),
    ],
  ])('%s', (_name, live, desired, expected) => {
    expect(said(live, desired)).toEqual(expected);
  });
});
