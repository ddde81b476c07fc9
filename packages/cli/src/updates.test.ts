import type { Past, SourceFile } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { openSchemas, wire } from './wiring.ts';

const engine = wire(openSchemas(), { preset: 'recommended' });

type Files = Readonly<Record<string, string>>;

const RULES = /^(?:wl\/selector-immutable-change|cfg\/immutable-config|kust\/labels-selectors|schema\/cel-rule|vap\/)/;

/** What is said of a change from some files to others: findings of rules about changes, and what of them was not evaluated. */
async function said(before: Files, now: Files, looksBack = true): Promise<readonly string[]> {
  const fileOf = (files: Files, path: string): SourceFile | undefined => {
    const text = files[path];
    return text === undefined ? undefined : { path, bytes: new TextEncoder().encode(text) };
  };
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  const changed = new Map(paths.filter((path) => before[path] !== now[path]).map((path) => [path, before[path] !== undefined]));
  const past: Past = { changed, read: (path) => fileOf(before, path) };
  const files = paths.flatMap((path) => fileOf(now, path) ?? []);
  const report = await engine.check(files, looksBack ? { past } : {});
  return [
    ...report.findings
      .filter(({ rule }) => RULES.test(rule))
      .map(({ rule, class: kind, location, message }) => `${rule} ${kind} ${location?.file}:${location?.line} ${message}`),
    ...report.notEvaluated.filter(({ rule = '' }) => RULES.test(rule)).map(({ rule, reason, count }) => `${count} × ${rule} ${reason}`),
  ];
}

const deployment = (app: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: ${app}\n  template:\n    metadata:\n      labels: {app: ${app}}\n    spec:\n      containers:\n        - {name: web, image: "registry.example.com/web:1.0"}\n${more}`;
const SET =
  '  serviceName: s\n  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]\n';
const JOB =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n  template:\n    spec: {restartPolicy: Never, containers: [{name: a, image: "registry.example.com/x:1.0"}]}\n';
const CANNOT = 'spec.selector of a Deployment cannot be changed';
const at = (place: string): string[] => [`wl/selector-immutable-change quality ${place} ${CANNOT}`];

describe('a field that cannot be changed', () => {
  test.each<[string, Files, Files, string[]]>([
    ['is said to be so where it is written', { 'a/web.yaml': deployment('web') }, { 'a/web.yaml': deployment('shop') }, at('a/web.yaml:8')],
    ['may stay while others change', { 'a/web.yaml': deployment('web') }, { 'a/web.yaml': deployment('web', '      nodeName: a\n') }, []],
    ['is new in a new object', {}, { 'a/web.yaml': deployment('shop') }, []],
    [
      'is free in an object of another name',
      { 'a/web.yaml': deployment('web') },
      { 'a/web.yaml': deployment('shop').replace('name: web', 'name: shop') },
      [],
    ],
    ['is kept in a file of another name', { 'a/web.yaml': deployment('web') }, { 'a/shop.yaml': deployment('shop') }, at('a/shop.yaml:8')],
    [
      'is kept among others in one file',
      { 'a/web.yaml': deployment('web') },
      { 'a/web.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\n${deployment('shop')}` },
      at('a/web.yaml:12'),
    ],
    [
      'may be another one in another folder: that may be another cluster',
      { 'dev/web.yaml': deployment('web') },
      { 'live/web.yaml': deployment('shop') },
      [],
    ],
    [
      'is not that of a namesake elsewhere',
      { 'dev/web.yaml': deployment('web'), 'live/web.yaml': deployment('shop') },
      { 'dev/web.yaml': deployment('web', '      nodeName: a\n'), 'live/web.yaml': deployment('shop', '      nodeName: a\n') },
      [],
    ],
    [
      'is not missed when it is no longer written',
      { 'a/s.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: 10.0.0.1, ports: [{port: 1}]}\n' },
      { 'a/s.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 1}]}\n' },
      [],
    ],
    [
      'may be the data of an object that says so',
      { 'a/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: true\ndata:\n  x: "1"\n' },
      { 'a/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: true\ndata:\n  x: "2"\n' },
      ['cfg/immutable-config quality a/c.yaml:6 the ConfigMap is immutable'],
    ],
  ])('%s', async (_name, before, now, expected) => {
    expect(await said(before, now)).toEqual(expected);
    expect(await said(before, now, false)).toEqual([]);
  });

  const base = { 'base/web.yaml': deployment('web'), 'base/kustomization.yaml': 'resources: [web.yaml]\n' };
  const overlay = (more = ''): string => `resources: [../base]\nnamespace: live\n${more}`;
  const PATCH =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector:\n    matchLabels: {app: shop}\n  template:\n    metadata: {labels: {app: shop}}\n';
  const OF_LABELS =
    'kust/labels-selectors quality live/kustomization.yaml:3 the label "team" gets into selectors or templates that cannot be changed';
  const selected = overlay('labels: [{pairs: {team: a}, includeSelectors: true}]\n');
  const many = {
    'base/kustomization.yaml': 'resources: [web.yaml, shop.yaml, set.yaml, job.yaml]\n',
    'base/web.yaml': deployment('web'),
    'base/shop.yaml': deployment('shop').replace('name: web', 'name: shop'),
    'base/set.yaml': deployment('set', SET).replace('kind: Deployment', 'kind: StatefulSet'),
    'base/job.yaml': JOB,
  };
  test.each<[string, Files, Files, string[]]>([
    [
      'of many objects is one thing to say of the label that reaches them all',
      { ...many, 'live/kustomization.yaml': overlay() },
      { ...many, 'live/kustomization.yaml': selected },
      [OF_LABELS],
    ],
    [
      'of a Job is its template',
      { ...many, 'live/kustomization.yaml': overlay() },
      { ...many, 'live/kustomization.yaml': selected.replace('includeSelectors', 'includeTemplates') },
      [OF_LABELS],
    ],
    [
      'has no part in labels of objects alone',
      { ...many, 'live/kustomization.yaml': overlay() },
      { ...many, 'live/kustomization.yaml': overlay('labels: [{pairs: {team: a}}]\n') },
      [],
    ],
    [
      'is missed in a selector',
      { ...base, 'live/kustomization.yaml': selected },
      { ...base, 'live/kustomization.yaml': overlay('labels: [{pairs: {team: a}, includeTemplates: true}]\n') },
      at('base/web.yaml:7').map((line) => `${line}, and has lost "team"`),
    ],
    [
      'is said once where another label takes its place',
      { ...base, 'live/kustomization.yaml': overlay('labels: [{pairs: {old: a}, includeSelectors: true}]\n') },
      { ...base, 'live/kustomization.yaml': selected },
      [OF_LABELS],
    ],
    [
      'of a build stands where the overlay changes it',
      { ...base, 'live/kustomization.yaml': overlay() },
      { ...base, 'live/kustomization.yaml': overlay('patches: [{path: patch.yaml}]\n'), 'live/patch.yaml': PATCH },
      at('live/patch.yaml:6'),
    ],
    [
      'of a build stands in the base where that changes',
      { ...base, 'live/kustomization.yaml': overlay() },
      { ...base, 'base/web.yaml': deployment('shop'), 'live/kustomization.yaml': overlay() },
      at('base/web.yaml:8'),
    ],
    [
      'of a build is free where the name changes with it',
      { ...base, 'live/kustomization.yaml': overlay() },
      { ...base, 'live/kustomization.yaml': overlay('namePrefix: new-\ncommonLabels: {team: a}\n') },
      [],
    ],
    [
      'of a build is said of the labels that change it',
      { ...base, 'live/kustomization.yaml': overlay() },
      { ...base, 'live/kustomization.yaml': overlay('commonLabels: {team: a}\n') },
      [OF_LABELS],
    ],
    [
      'of a base that moved is the same',
      { ...base, 'live/kustomization.yaml': overlay() },
      {
        'web/web.yaml': deployment('shop'),
        'web/kustomization.yaml': base['base/kustomization.yaml'],
        'live/kustomization.yaml': overlay().replace('../base', '../web'),
      },
      at('web/web.yaml:8'),
    ],
    [
      'is not known of an overlay that was not there',
      base,
      { ...base, 'live/kustomization.yaml': overlay('commonLabels: {team: a}\n') },
      [],
    ],
  ])('%s', async (_name, before, now, expected) => {
    expect(await said(before, now)).toEqual(expected);
  });
});

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: disks.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Disk, listKind: DiskList, plural: disks, singular: disk}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
                  x-kubernetes-validations: [{rule: self >= oldSelf, message: a disk does not shrink}]
                parts:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    required: [name]
                    properties:
                      name: {type: string}
                      mode:
                        type: string
                        x-kubernetes-validations: [{rule: self == oldSelf, message: the mode is kept}]
`;
const disk = (spec: string): string => `apiVersion: example.com/v1\nkind: Disk\nmetadata: {name: a}\nspec:\n  ${spec}\n`;

describe('a rule of a definition about a change', () => {
  test.each<[string, string | undefined, string, string[]]>([
    ['refuses', 'size: 3', 'size: 2', ['schema/cel-rule quality a/disk.yaml:5 the change is refused: a disk does not shrink']],
    ['admits', 'size: 2', 'size: 3', []],
    ['is passed over where nothing was there', undefined, 'size: 2', []],
    ['is passed over where the field was not there', 'parts: []', 'size: 2', []],
    [
      'finds the items of a list by their keys',
      'parts: [{name: a, mode: x}, {name: b, mode: w}]',
      'parts: [{name: new, mode: z}, {name: b, mode: changed}, {name: a, mode: x}]',
      ['schema/cel-rule quality a/disk.yaml:5 the change is refused: the mode is kept'],
    ],
  ])('%s', async (_name, before, now, expected) => {
    const definition = { 'crds/disk.yaml': DEFINITION };
    const old: Files = before === undefined ? definition : { ...definition, 'a/disk.yaml': disk(before) };
    expect(await said(old, { ...definition, 'a/disk.yaml': disk(now) })).toEqual(expected);
  });

  test('is counted where there is nothing to compare with, and not where nothing changed', async () => {
    const files = { 'crds/disk.yaml': DEFINITION, 'a/disk.yaml': disk('size: 3') };
    expect(await said(files, files, false)).toEqual(['1 × schema/cel-rule a rule about a change has nothing to compare with']);
    expect(await said(files, files)).toEqual([]);
  });
});

const POLICY = (expression: string, operations: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: kept}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [${operations}], resources: [configmaps]}]}
  validations: [{expression: "${expression}", message: not so}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: kept}
spec: {policyName: kept, validationActions: [Deny]}
`;
const settings = (value: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  owner: ${value}\n`;
const DENIED = 'vap/kept policy a/settings.yaml:5 not so';

describe('an admission policy', () => {
  test.each<[string, string, string, string | undefined, string, string[]]>([
    ['sees what the object was', 'object.data.owner == oldObject.data.owner', 'UPDATE', 'me', 'you', [DENIED]],
    ['admits what stays', 'object.data.owner == oldObject.data.owner', 'UPDATE', 'me', 'me # again', []],
    ['of updates is not asked of what is new', 'false', 'UPDATE', undefined, 'you', []],
    ['knows the operation', "request.operation == 'CREATE' || oldObject.data.owner == 'you'", 'CREATE, UPDATE', 'me', 'you', [DENIED]],
    ['of both is quoted once', "object.data.owner != 'you'", 'CREATE, UPDATE', 'me', 'you', [DENIED]],
    ['of new objects is asked of changed ones too: elsewhere they are new', "object.data.owner != 'you'", 'CREATE', 'me', 'you', [DENIED]],
  ])('%s', async (_name, expression, operations, before, now, expected) => {
    const policy = { 'a/policy.yaml': POLICY(expression, operations) };
    const old: Files = before === undefined ? policy : { ...policy, 'a/settings.yaml': settings(before) };
    const found = await said(old, { ...policy, 'a/settings.yaml': settings(now) });
    expect(found.map((one) => one.replace(/:\d+ /, ':5 '))).toEqual(expected);
  });
});
