import { type FieldPath, isObject, type JsonValue, type Resource } from '@plumbline/core';
import { advise, type Verdict } from './verdict.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const OWN = ['managedFields', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink', 'deletionTimestamp'];

/** Fields that the server or kubectl writes, committed to Git. What generators write out of habit (`status: {}`, `creationTimestamp: null`) is let be. */
export function judgeServerFields(resource: Resource, verdict: Verdict): void {
  const { object } = resource;
  const { metadata } = object;
  const report = (path: FieldPath, before: JsonValue, message: string, isHabit = false): void => {
    const fix = { title: `remove ${String(path.at(-1))}`, safe: true, changes: [{ op: 'remove' as const, path, before }] };
    advise(verdict, 'schema/last-applied', path, message, { part: 'key', fix, ...(isHabit ? { severity: 'info' as const } : {}) });
  };
  if (isObject(metadata)) {
    for (const name of OWN) {
      const value = metadata[name];
      if (value !== undefined && value !== null && value !== '')
        report(['metadata', name], value, `metadata.${name} belongs to the server`);
    }
    const { annotations } = metadata;
    const applied = isObject(annotations) ? annotations[LAST_APPLIED] : undefined;
    if (applied !== undefined && applied !== null)
      report(['metadata', 'annotations', LAST_APPLIED], applied, `annotation "${LAST_APPLIED}" belongs to kubectl`);
  }
  const { status } = object;
  if (isObject(status) && holdsAnything(status))
    report(['status'], status, 'status belongs to the server', resource.gvk.kind === 'CustomResourceDefinition');
}

/** Whether there is a value under it that says something: generators write empty strings, lists and zeros. */
function holdsAnything(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsAnything);
  if (isObject(value)) return Object.values(value).some(holdsAnything);
  return value !== null && value !== '' && value !== 0;
}
