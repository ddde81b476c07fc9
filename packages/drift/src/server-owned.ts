import type { FieldPath } from '@plumbline/core';

const METADATA = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  // What the two sides are paired by.
  'name',
  'namespace',
  'resourceVersion',
  'selfLink',
  'uid',
]);
const ANNOTATIONS = new Set([
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'kubectl.kubernetes.io/last-applied-configuration',
]);

/** Whether only servers and controllers write the field: whatever Git says of it is not what decides. */
export function isServerOwned(path: FieldPath): boolean {
  const [first, second, third] = path;
  if (first === 'status') return true;
  if (first !== 'metadata' || typeof second !== 'string') return false;
  return METADATA.has(second) || (second === 'annotations' && typeof third === 'string' && ANNOTATIONS.has(third));
}
