import { isArray, isObject, isSecretKind, type JsonObject, type JsonValue, member, type SecretMask, setMember } from '@plumbline/core';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with a stand-in for each value that a Secret keeps; the same object where it keeps none. What SOPS encrypted is no secret. */
export function withoutSecrets(object: JsonObject, mask: SecretMask): JsonObject {
  const items = member(object, 'items');
  if (isArray(items)) {
    const shown = items.map((item) => (isObject(item) ? withoutSecrets(item, mask) : item));
    return shown.every((item, index) => item === items[index]) ? object : replaced(object, 'items', shown);
  }
  const kind = member(object, 'kind');
  if (!(typeof kind === 'string' && isSecretKind(kind)) && !Object.hasOwn(object, 'stringData')) return object;
  let shown = object;
  for (const key of ['data', 'stringData']) {
    const value = member(shown, key);
    if (value !== undefined) shown = replaced(shown, key, hidden(value, mask));
  }
  const metadata = member(object, 'metadata');
  const annotations = member(metadata, 'annotations');
  const copy = member(annotations, LAST_APPLIED);
  if (isObject(metadata) && isObject(annotations) && copy !== undefined)
    shown = replaced(shown, 'metadata', replaced(metadata, 'annotations', replaced(annotations, LAST_APPLIED, hidden(copy, mask))));
  return shown;
}

function hidden(value: JsonValue, mask: SecretMask): JsonValue {
  if (isArray(value)) return value.map((item) => hidden(item, mask));
  if (isObject(value)) {
    const copy: Record<string, JsonValue> = {};
    for (const key of Object.keys(value)) setMember(copy, key, hidden(value[key] ?? null, mask));
    return copy;
  }
  if (value === null || value === '' || (typeof value === 'string' && value.startsWith('ENC['))) return value;
  return mask.standIn(String(value));
}

function replaced(object: JsonObject, key: string, value: JsonValue): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const own of Object.keys(object)) setMember(copy, own, own === key ? value : (object[own] ?? null));
  return copy;
}
