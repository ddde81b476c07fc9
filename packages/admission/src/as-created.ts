import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { podAsAdmitted } from './pod-as-admitted.ts';

// What a server gives every new object before it asks policies. The values are not known beforehand: that they are there is.
const UID = '00000000-0000-0000-0000-000000000000';
const TIME = '1970-01-01T00:00:00Z';

/**
 * An object as policies see it on create: with the server's own metadata, of which only the generation is a value to rely on, and with what
 * the admission plugins that are on by default add before policies are asked. ServiceAccount is left out: what it adds hangs on the cluster.
 */
export function asCreated(object: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = { ...(isObject(object.metadata) ? object.metadata : {}) };
  metadata.uid = UID;
  metadata.creationTimestamp = TIME;
  metadata.managedFields = [{ manager: 'plumbline', operation: 'Update', time: TIME, fieldsType: 'FieldsV1', fieldsV1: {} }];
  if (object.spec !== undefined) metadata.generation = 1;
  const finalizer = object.apiVersion === 'v1' ? PROTECTION[String(object.kind)] : undefined;
  if (finalizer !== undefined) {
    const listed = member(metadata, 'finalizers');
    const own = isArray(listed) ? listed : [];
    if (!own.includes(finalizer)) metadata.finalizers = [...own, finalizer];
  }
  const created = { ...object, metadata };
  return object.kind === 'Pod' && object.apiVersion === 'v1' ? podAsAdmitted(created) : created;
}

// StorageObjectInUseProtection.
const PROTECTION: Readonly<Record<string, string | undefined>> = {
  PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
  PersistentVolume: 'kubernetes.io/pv-protection',
};
