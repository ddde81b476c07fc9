import { isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';

// What a server gives every new object before it asks policies. The values are not known beforehand: that they are there is.
const UID = '00000000-0000-0000-0000-000000000000';
const TIME = '1970-01-01T00:00:00Z';

/** An object as policies see it on create: with the server's own metadata, of which only the generation is a value to rely on. */
export function asCreated(object: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = { ...(isObject(object.metadata) ? object.metadata : {}) };
  metadata.uid = UID;
  metadata.creationTimestamp = TIME;
  metadata.managedFields = [{ manager: 'plumbline', operation: 'Update', time: TIME, fieldsType: 'FieldsV1', fieldsV1: {} }];
  if (object.spec !== undefined) metadata.generation = 1;
  const isPod = object.kind === 'Pod' && object.apiVersion === 'v1';
  return { ...object, metadata, ...(isPod ? { status: { phase: 'Pending', qosClass: qosClassOf(object) } } : {}) };
}

/** Guaranteed where every container limits cpu and memory and asks for no less; BestEffort where none says anything of them. */
function qosClassOf({ spec }: JsonObject): string {
  const containers = ['containers', 'initContainers'].flatMap((key) => {
    const list = member(spec, key);
    return Array.isArray(list) ? list : [];
  });
  const amounts = (container: JsonValue, key: string): readonly string[] =>
    ['cpu', 'memory'].map((name) => JSON.stringify(member(member(member(container, 'resources'), key), name) ?? null));
  const isNothing = (list: readonly string[]): boolean => list.every((one) => one === 'null');
  if (containers.every((one) => isNothing(amounts(one, 'limits')) && isNothing(amounts(one, 'requests')))) return 'BestEffort';
  const isWhole = containers.every((one) => {
    const limits = amounts(one, 'limits');
    return limits.every((limit, index) => limit !== 'null' && [limit, 'null'].includes(amounts(one, 'requests')[index] ?? 'null'));
  });
  return isWhole ? 'Guaranteed' : 'Burstable';
}
