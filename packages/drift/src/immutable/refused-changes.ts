import { type FieldPath, toDotted } from '@plumbline/core';
import type { DriftChange } from '../change.ts';
import type { KindPorts } from '../object-drift.ts';
import { patched } from '../predict/predict.ts';

type Object = Parameters<typeof patched>[0];

/** Changes of a custom resource with what its definition says against each: rules that compare with what was before. */
export function withRefusals(changes: readonly DriftChange[], live: Object, { changesRefused }: KindPorts): readonly DriftChange[] {
  const wanted = changes.filter((change) => change.class === 'drift');
  if (changesRefused === undefined || wanted.length === 0) return changes;
  const { kind } = live;
  const all = changesRefused(patched(live, wanted), live);
  if (all.length === 0) return changes;
  return changes.map((change) => {
    if (change.class !== 'drift' || change.immutable !== undefined) return change;
    // A rule of a structure speaks of some of its fields: of several changes each is tried by itself.
    const own = wanted.length === 1 ? all : changesRefused(patched(live, [change]), live);
    const found = own.find(({ path, message }) => isNear(path, change.live) && all.some((one) => one.message === message));
    if (found === undefined) return change;
    const place = toDotted(change.live) || 'the object';
    return { ...change, immutable: `${place} of a ${String(kind)} cannot be changed so (${found.message}): the object must be replaced` };
  });
}

/** Whether one of two places is in the other. */
function isNear(a: FieldPath, b: FieldPath): boolean {
  return a.every((step, index) => index >= b.length || String(step) === String(b[index]));
}
