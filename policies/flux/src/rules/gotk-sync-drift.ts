import { isPlain, type NotEvaluated, type Problem, type ResourceRule, textAt } from '@plumbline/core';
import { KUSTOMIZATION } from '../kinds.ts';

const sync = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ${path}
`;

/** Whether gotk-components.yaml was edited by hand cannot be told without the release that wrote it. */
export const rule: ResourceRule = {
  id: 'flux/gotk-sync-drift',
  title: 'Flux applies the folder that it was bootstrapped in',
  why: '"flux bootstrap" writes gotk-sync.yaml into the folder that it makes Flux apply. With another path Flux applies the folder of another cluster, and deletes itself.',
  remedy: 'Set spec.path to the folder that holds "flux-system", or run "flux bootstrap" again.',
  severity: 'warning',
  class: 'quality',
  set: 'optional',
  link: 'https://fluxcd.io/flux/installation/bootstrap/',
  examples: { pass: sync('./clusters/live'), fail: sync('./clusters/live/flux-system'), path: 'clusters/live/flux-system/gotk-sync.yaml' },
  kinds: [KUSTOMIZATION],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    const { path: file } = resource.document.file;
    const folder = /^(?:(.*)\/)?flux-system\/gotk-sync\.yaml$/.exec(file);
    const path = textAt(resource, ['spec', 'path']);
    if (resource.name !== 'flux-system' || path === undefined || !isPlain(path)) return;
    if (folder === null) return;
    const target = repository.locate(path, file);
    const own = folder[1] ?? '';
    // The folder of one cluster, or one above it, holds what was bootstrapped.
    if (target === undefined || target === own || target === '' || own.startsWith(`${target}/`)) return;
    yield { path: ['spec', 'path'], message: `Flux was bootstrapped in "./${own}", and applies "${path}"` };
  },
};
