import { type FieldPath, isSecretKind, type Resource } from '@plumbline/core';
import { asTaken } from '../desired.ts';
import { driftOfObject, type KindPorts } from '../object-drift.ts';
import { editTo, isByDefault } from '../promote/promote.ts';
import type { NotWritten, WantedEdit } from '../reverse/wanted-edit.ts';

/** What of a source goes back. */
export interface Wanted {
  readonly object: (resource: Resource) => boolean;
  readonly field: (path: FieldPath) => boolean;
}

/** The edits that give objects, or fields of them, back as another revision had them; objects are the same in the same unit. */
export function rollbackOf(
  now: readonly Resource[],
  then: readonly Resource[],
  ports: KindPorts,
  wanted: Wanted,
): { readonly edits: readonly WantedEdit[]; readonly not: readonly NotWritten[] } {
  const edits: WantedEdit[] = [];
  const not: NotWritten[] = [];
  const before = new Map(then.map((resource) => [keyOf(resource), resource]));
  const seen = new Set<string>();
  for (const resource of now) {
    if (!wanted.object(resource)) continue;
    const was = before.get(keyOf(resource));
    seen.add(keyOf(resource));
    if (was === undefined) not.push({ resource, path: [], why: 'the revision does not have it: roll back its file' });
    else if (was.encrypted === true || resource.encrypted === true)
      not.push({ resource, path: [], why: 'the file is encrypted: roll it back' });
    else if (was.gvk.version !== resource.gvk.version)
      not.push({ resource, path: ['apiVersion'], why: 'the revision has another version of the kind: roll back its file' });
    else
      for (const change of driftOfObject(asTaken(was.object), asTaken(resource.object), ports).changes) {
        if (change.class === 'server' || isByDefault(change, asTaken(resource.object)) || !wanted.field(change.live)) continue;
        if (isSecretKind(resource.gvk.kind) && (change.live[0] === 'data' || change.live[0] === 'stringData'))
          not.push({ resource, path: change.live, why: 'the value of a Secret is not written: roll back its file' });
        else edits.push(editTo(change, resource));
      }
  }
  for (const resource of then)
    if (wanted.object(resource) && !seen.has(keyOf(resource)))
      not.push({ resource, path: [], why: 'it is not there any more: roll back its file' });
  return { edits, not };
}

function keyOf({ unit, gvk, namespace, name }: Resource): string {
  return [unit.id, gvk.group, gvk.kind, namespace ?? '', name].join('\n');
}
