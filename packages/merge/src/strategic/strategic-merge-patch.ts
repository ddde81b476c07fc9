import type { JsonObject } from '@plumbline/core';
import { MergeError } from '../merge-error.ts';
import type { Topology } from '../topology.ts';
import { deepCopy } from '../value.ts';
import { haveConflicts } from './conflicts.ts';
import { diffMaps } from './diff-maps.ts';
import { mergeMaps } from './merge-maps.ts';
import { type Marked, markAmbiguous, replaceMarks } from './safe-lists.ts';

export interface StrategicOptions {
  /**
   * kubectl's merge keys are single fields: two ports with one number, TCP and UDP, are one to it, and one is lost. Safe patches
   * replace such a list as a whole, with what a merge by all of its keys gives. They also say the order of a list where it
   * changes and there only; kubectl misses some changes, and says some that are none.
   */
  readonly isSafe?: boolean;
}

export interface ThreeWayOptions extends StrategicOptions {
  /** Whether what both sides changed is overwritten, as kubectl does by default; a conflict otherwise. */
  readonly overwrites?: boolean;
}

/** The strategic merge patch that makes `modified` of `original`, as kubectl makes it. Throws `invalid-value`. */
export function createTwoWayPatch(original: JsonObject, modified: JsonObject, type: Topology, options: StrategicOptions = {}): JsonObject {
  const isSafe = options.isSafe === true;
  const marked = isSafe ? markAmbiguous(original, modified, original, type) : undefined;
  const [before, after] = marked === undefined ? [original, modified] : [marked.original, marked.modified];
  const patch = diffMaps(before, after, type, { hasChanges: true, hasDeletions: true, hasOrder: true, isSafe });
  return marked === undefined ? patch : replaceMarks(patch, marked);
}

/**
 * The strategic merge patch for `current` that kubectl apply makes: what `modified` adds and changes, and the removal of what was
 * in `original` (last applied) and is not in `modified`. Throws `invalid-value`, and `conflict` where told not to overwrite.
 */
export function createThreeWayPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  type: Topology,
  options: ThreeWayOptions = {},
): JsonObject {
  const isSafe = options.isSafe === true;
  const marked: Marked | undefined = isSafe ? markAmbiguous(original, modified, current, type) : undefined;
  const [last, wanted, live] = marked === undefined ? [original, modified, current] : [marked.original, marked.modified, marked.current];
  const changes = diffMaps(live, wanted, type, { hasChanges: true, hasDeletions: false, hasOrder: true, isSafe });
  const deletions = diffMaps(last, wanted, type, { hasChanges: false, hasDeletions: true, hasOrder: true, isSafe });
  const patch = mergeMaps(deepCopy(deletions), deepCopy(changes), type, 'patch');
  if (options.overwrites === false) {
    const theirs = diffMaps(last, live, type, { hasChanges: true, hasDeletions: true, hasOrder: false, isSafe });
    assertNoConflict(() => marked?.hasConflicts === true || haveConflicts(patch, theirs, type));
  }
  return marked === undefined ? patch : replaceMarks(patch, marked);
}

/** An object with a strategic merge patch applied, as the server does. Throws `invalid-value` and `invalid-patch`. */
export function applyStrategicPatch(object: JsonObject, patch: JsonObject, type: Topology): JsonObject {
  return mergeMaps(deepCopy(object), deepCopy(patch), type, 'object');
}

function assertNoConflict(haveConflict: () => boolean): void {
  const message = 'the patch conflicts with changes made from original to current';
  try {
    if (!haveConflict()) return;
  } catch (cause) {
    // kubectl refuses too where it cannot tell.
    if (cause instanceof MergeError) throw new MergeError('conflict', `${message}: ${cause.message}`, { cause });
    throw cause;
  }
  throw new MergeError('conflict', message);
}
