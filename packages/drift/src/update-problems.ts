import type { JsonObject, Problem, Resource } from '@plumbline/core';
import { driftOfObject, type KindPorts } from './object-drift.ts';

const SELECTORS = new Set(['apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet']);

/** What a server would refuse of the change of an object from `old`, by the ids of the rule of updates. */
export function updateProblems(resource: Resource, old: JsonObject, ports: KindPorts): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { path, op, immutable } of driftOfObject(resource.object, old, ports, { encrypted: resource.encrypted === true }).changes) {
    // What is not written any more has no place to stand on, and the server may keep it.
    if (immutable === undefined || op === 'remove') continue;
    problems.push({ rule: ruleOf(resource, path), path, message: immutable.replace(/: the object must be replaced$/, '') });
  }
  return problems;
}

function ruleOf({ gvk, locate }: Resource, path: Problem['path'] = []): string {
  const key = `${gvk.group}/${gvk.kind}`;
  if (gvk.group === '' && (gvk.kind === 'ConfigMap' || gvk.kind === 'Secret')) return 'cfg/immutable-config';
  const isByKustomization = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(locate?.(path).file ?? '');
  return isByKustomization && SELECTORS.has(key) && path[1] === 'selector' ? 'kust/labels-selectors' : 'wl/selector-immutable-change';
}
