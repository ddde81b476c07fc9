import { isObject, member, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { NOTHING } from '../nothing.ts';

export const rule: ResourceRule = {
  id: 'meta/generate-name-in-gitops',
  title: 'An applied object has a name of its own',
  why: 'With generateName each apply would make a new object, so apply, Flux and Kustomize refuse it: nothing in Git can be matched with it.',
  remedy:
    'Give the object a fixed metadata.name. For a job that must run again, put a version or hash into the name, or make it an Argo CD hook.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n',
    fail: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: settings-\n',
  },
  link: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values',
  kinds: ['*'],
  check({ object, unit, document }) {
    const metadata = member(object, 'metadata');
    const prefix = member(metadata, 'generateName');
    if (typeof prefix !== 'string' || prefix === '' || unit.state !== 'as-applied') return NOTHING;
    const name = member(metadata, 'name');
    if (name !== undefined && name !== null && name !== '') return NOTHING;
    // Argo CD creates hooks anew for each sync, and Pipelines as Code the runs in .tekton.
    const annotations = valueAt(metadata, ['annotations']);
    if (isObject(annotations) && Object.hasOwn(annotations, 'argocd.argoproj.io/hook')) return NOTHING;
    if (/(?:^|\/)\.tekton\//.test(document.file.path)) return NOTHING;
    // The server generates names on create. Nothing shows that a plain file is applied: people may `kubectl create` it, or a test may.
    const mayBeCreated = unit.kind === 'files' && unit.claimedBy === undefined;
    const problem: Problem = {
      path: ['metadata', 'generateName'],
      part: 'key',
      message: `generateName "${prefix}" stands in place of a name, which cannot be applied`,
      ...(mayBeCreated ? { severity: 'info' as const } : {}),
    };
    return [problem];
  },
};
