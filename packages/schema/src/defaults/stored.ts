import { setMember } from '@plumbline/core';
import { toBase64 } from './base64.ts';
import { at, type Draft, ensure, get, listAt } from './draft.ts';
import { alignServiceAccount } from './pod.ts';
import { fillPodResources } from './pod-resources.ts';

// What a server makes of an object beside its defaults before it keeps it: conversion to its internal types and back
// (conversion.go), and the preparation of pods. What it allocates (addresses, uids, times) is not among it.

/** Before, they were defaults. */
const FIRST_WITH_POD_RESOURCES_LATE = 37;
const ROUND_TRIP_ANNOTATION = /^autoscaling\.alpha\.kubernetes\.io\/(metrics|current-metrics|conditions|behavior)$/;

export interface Conversion {
  readonly by: string;
  /** `group/Kind`, or undefined for every kind. */
  readonly of: string | undefined;
  run(draft: Draft, minor: number): void;
}

export const CONVERSIONS: readonly Conversion[] = [
  { by: 'conversion of core.v1.PodSpec', of: undefined, run: alignAccounts },
  { by: 'conversion of core.v1.Secret', of: '/Secret', run: mergeStringData },
  { by: 'conversion of core.v1.NodeSpec', of: '/Node', run: alignPodCidrs },
  { by: 'conversion of apps.v1.StatefulSetSpec', of: 'apps/StatefulSet', run: nameClaims },
  { by: 'conversion of autoscaling HorizontalPodAutoscaler', of: 'autoscaling/HorizontalPodAutoscaler', run: convertAutoscaler },
  { by: 'PrepareForCreate of core.v1.Pod', of: '/Pod', run: preparePod },
];

function alignAccounts(object: Draft): void {
  for (const spec of podSpecsOf(object)) alignServiceAccount(spec);
}

/** The pod specs of the built-in kinds, where they stand. */
function podSpecsOf(object: Draft): Draft[] {
  const { kind } = object;
  if (kind === 'Pod') return [ensure(object, 'spec')];
  const place =
    kind === 'CronJob'
      ? ['spec', 'jobTemplate', 'spec', 'template', 'spec']
      : kind === 'PodTemplate'
        ? ['template', 'spec']
        : ['spec', 'template', 'spec'];
  const spec = at(object, ...place);
  return spec === undefined || !WITH_TEMPLATE.has(String(kind)) ? [] : [spec];
}

const WITH_TEMPLATE = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'PodTemplate',
]);

/** stringData is for writing only, and wins. */
function mergeStringData(secret: Draft): void {
  const written = at(secret, 'stringData');
  if (written === undefined) return;
  for (const [key, text] of Object.entries(written)) if (typeof text === 'string') setMember(ensure(secret, 'data'), key, toBase64(text));
  delete secret.stringData;
}

function alignPodCidrs(node: Draft): void {
  const spec = at(node, 'spec');
  if (spec === undefined) return;
  const one = get(spec, 'podCIDR');
  const many = get(spec, 'podCIDRs');
  const first = Array.isArray(many) ? many[0] : undefined;
  if (typeof one === 'string' && one !== '' && one !== first) spec.podCIDRs = [one];
  else if (typeof first === 'string') spec.podCIDR = first;
}

function nameClaims(set: Draft): void {
  for (const claim of listAt(at(set, 'spec'), 'volumeClaimTemplates')) {
    claim.apiVersion = 'v1';
    claim.kind = 'PersistentVolumeClaim';
  }
}

/** v1 knows one metric only, and gets the one that every version has by default. */
function convertAutoscaler(autoscaler: Draft): void {
  const annotations = at(autoscaler, 'metadata', 'annotations');
  if (autoscaler.apiVersion === 'autoscaling/v1') {
    const spec = ensure(autoscaler, 'spec');
    const hasOthers = Object.keys(annotations ?? {}).some((name) => name === 'autoscaling.alpha.kubernetes.io/metrics');
    if (get(spec, 'targetCPUUtilizationPercentage') === undefined && !hasOthers) spec.targetCPUUtilizationPercentage = 80;
    return;
  }
  for (const name of Object.keys(annotations ?? {})) if (ROUND_TRIP_ANNOTATION.test(name)) delete annotations?.[name];
}

function preparePod(pod: Draft, minor: number): void {
  if (minor >= FIRST_WITH_POD_RESOURCES_LATE) fillPodResources(ensure(pod, 'spec'));
}
