import {
  isWritten,
  listAt,
  mayGainFields,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  textAt,
  valueAt,
} from '@plumbline/core';
import {
  GIT_REPOSITORY,
  HELM_CHART,
  HELM_RELEASE,
  IMAGE_POLICY,
  IMAGE_REPOSITORY,
  IMAGE_UPDATE_AUTOMATION,
  KUSTOMIZATION,
} from '../kinds.ts';
import { controllersRefuseOtherNamespaces } from '../lockdown.ts';
import { judgeReferences, type Reference } from '../references.ts';
import { readSourceRef, sourceKey } from '../sources.ts';

const KINDS = [KUSTOMIZATION, HELM_RELEASE, HELM_CHART, IMAGE_UPDATE_AUTOMATION, IMAGE_POLICY, GIT_REPOSITORY];

/** Which kinds of source each reference may name: what the definitions of Flux's kinds allow. */
const ALLOWED: Readonly<Record<string, { readonly path: readonly string[]; readonly kinds: readonly string[] }[]>> = {
  [KUSTOMIZATION]: [{ path: ['spec', 'sourceRef'], kinds: ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'] }],
  [HELM_RELEASE]: [
    { path: ['spec', 'chart', 'spec', 'sourceRef'], kinds: ['HelmRepository', 'GitRepository', 'Bucket'] },
    { path: ['spec', 'chartRef'], kinds: ['OCIRepository', 'HelmChart', 'ExternalArtifact'] },
  ],
  [HELM_CHART]: [{ path: ['spec', 'sourceRef'], kinds: ['HelmRepository', 'GitRepository', 'Bucket'] }],
  [IMAGE_UPDATE_AUTOMATION]: [{ path: ['spec', 'sourceRef'], kinds: ['GitRepository'] }],
};

export const rule: ResourceRule = {
  id: 'flux/source-ref',
  title: 'The source that a Flux object names is there, and may be named from its namespace',
  why: 'Without its source a Kustomization or release is never ready: nothing new is applied, and what runs stays as it was.',
  remedy: 'Correct kind, name and namespace of the reference. Without a namespace it means the one of the object itself.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/source/',
  examples: { pass: example('HelmRepository'), fail: example('OCIRepository') },
  kinds: KINDS,
  scope: 'repository',
  *check(resource, context) {
    yield* chartProblems(resource);
    yield* kindProblems(resource);
    yield* judgeReferences(references, KINDS, resource, context);
    yield* namespaceProblems(resource, context);
  },
};

function* references(resource: Resource): Iterable<Reference> {
  const key = `${resource.gvk.group}/${resource.gvk.kind}`;
  for (const { path, kinds } of ALLOWED[key] ?? []) {
    const ref = readSourceRef(resource, valueAt(resource.object, path));
    if (ref === undefined || !kinds.includes(ref.kind) || ref.kind === 'ExternalArtifact') continue;
    // A HelmChart may be one that the controller makes of a release.
    if (ref.kind === 'HelmChart' && ref.name.startsWith(`${ref.namespace ?? ''}-`)) continue;
    yield { key: sourceKey(ref.kind), name: ref.name, namespace: ref.namespace, path: [...path, 'name'] };
  }
  if (key === IMAGE_POLICY) {
    const name = textAt(resource, ['spec', 'imageRepositoryRef', 'name']);
    const namespace = textAt(resource, ['spec', 'imageRepositoryRef', 'namespace']) ?? resource.namespace;
    if (name !== undefined) yield { key: IMAGE_REPOSITORY, name, namespace, path: ['spec', 'imageRepositoryRef', 'name'] };
  }
  if (key === GIT_REPOSITORY) {
    for (const index of listAt(resource, ['spec', 'include']).keys()) {
      const path = ['spec', 'include', index, 'repository', 'name'];
      const name = textAt(resource, path);
      if (name !== undefined) yield { key: GIT_REPOSITORY, name, namespace: resource.namespace, path };
    }
  }
}

/** A release has a chart in one way. */
function* chartProblems(resource: Resource): Iterable<Problem> {
  if (resource.gvk.kind !== 'HelmRelease') return;
  const hasChart = isWritten(resource, ['spec', 'chart']);
  const hasRef = isWritten(resource, ['spec', 'chartRef']);
  if (hasChart && hasRef) yield { path: ['spec', 'chartRef'], part: 'key', message: 'the release has both "chart" and "chartRef"' };
  else if (!hasChart && !hasRef && !mayGainFields(resource))
    yield { path: ['spec'], part: 'key', message: 'the release has neither "chart" nor "chartRef"' };
}

function* kindProblems(resource: Resource): Iterable<Problem> {
  for (const { path, kinds } of ALLOWED[`${resource.gvk.group}/${resource.gvk.kind}`] ?? []) {
    const kind = textAt(resource, [...path, 'kind']);
    if (kind === undefined || kinds.includes(kind)) continue;
    const hint = kind === 'OCIRepository' && path.includes('chart') ? ': name it under spec.chartRef' : `, only ${kinds.join(', ')}`;
    yield { path: [...path, 'kind'], message: `${kind} is no source of a ${resource.gvk.kind} here${hint}` };
  }
}

function* namespaceProblems(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated> {
  for (const { path } of ALLOWED[`${resource.gvk.group}/${resource.gvk.kind}`] ?? []) {
    const ref = readSourceRef(resource, valueAt(resource.object, path));
    if (ref?.isOtherNamespace !== true || typeof member(valueAt(resource.object, path), 'namespace') !== 'string') continue;
    const by = controllersRefuseOtherNamespaces(resource.gvk.kind, context);
    if (by === undefined) continue;
    yield {
      path: [...path, 'namespace'],
      message: `the source is in namespace "${ref.namespace}", and Flux is told to refuse references to other namespaces`,
      related: [by],
    };
  }
}

function example(kind: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: shop
spec:
  interval: 1h
  url: https://charts.example.org
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: cart
  namespace: shop
spec:
  interval: 10m
  chart:
    spec:
      chart: cart
      version: 1.2.3
      sourceRef:
        kind: ${kind}
        name: charts
`;
}
