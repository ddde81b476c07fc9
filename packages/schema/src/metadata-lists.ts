import { type FieldPath, type GroupVersionKind, isArray, isObject, type JsonObject, member } from '@plumbline/core';
import { keyFault } from './names.ts';
import { isLeftToLater } from './placeholder.ts';
import { quote, refuse, type Verdict } from './verdict.ts';

// k8s.io/apimachinery/pkg/api/validation/objectmeta.go, and what pkg/apis/core/validation adds to it.

const STANDARD = ['kubernetes', 'orphan', 'foregroundDeletion'];
/** Groups whose kinds are held to the rules of apimachinery alone, which know no standard finalizers. */
const LENIENT = [
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'policy',
];

/** Finalizers and owner references. */
export function judgeMetadataLists(metadata: JsonObject, gvk: GroupVersionKind, isBuiltin: boolean, verdict: Verdict): void {
  const { finalizers, ownerReferences } = metadata;
  if (isArray(finalizers)) {
    const isLenient = !isBuiltin || LENIENT.includes(gvk.group) || (gvk.group === '' && gvk.kind === 'Event');
    finalizers.forEach((one, index) => {
      const finalizer = one ?? '';
      if (typeof finalizer !== 'string' || isLeftToLater(finalizer, verdict)) return;
      const isBare = !isLenient && !finalizer.includes('/') && !STANDARD.includes(finalizer);
      const fault =
        keyFault(finalizer) ?? (isBare ? `is neither ${STANDARD.join(' nor ')}, nor has it a domain and "/" before it` : undefined);
      if (fault !== undefined)
        refuse(verdict, 'meta/name-invalid', ['metadata', 'finalizers', index], `finalizer ${quote(finalizer)} ${fault}`);
    });
    if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
      refuse(verdict, 'schema/invalid', ['metadata', 'finalizers'], 'finalizers orphan and foregroundDeletion exclude each other', {
        part: 'key',
      });
  }
  if (isArray(ownerReferences)) judgeOwners(ownerReferences, verdict);
}

function judgeOwners(owners: readonly unknown[], verdict: Verdict): void {
  let controllers = 0;
  owners.forEach((owner, index) => {
    if (!isObject(owner)) return;
    const path: FieldPath = ['metadata', 'ownerReferences', index];
    const { apiVersion } = owner;
    if (typeof apiVersion === 'string' && apiVersion !== '' && !isLeftToLater(apiVersion, verdict)) {
      if (!/^(?:[^/]*\/)?[^/]+$/.test(apiVersion) || apiVersion === '/')
        refuse(verdict, 'schema/invalid', [...path, 'apiVersion'], `${quote(apiVersion)} is neither a version nor a group and a version`);
      else if (apiVersion === 'v1' && owner.kind === 'Event') refuse(verdict, 'schema/invalid', path, 'an Event may own nothing');
    }
    if (member(owner, 'controller') === true && ++controllers === 2)
      refuse(verdict, 'schema/invalid', [...path, 'controller'], 'more than one owner is the controller');
  });
}
