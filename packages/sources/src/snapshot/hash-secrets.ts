import { isArray, isObject, type JsonObject, type JsonValue, member, setMember, stringify } from '@plumbline/core';

/** Gives a value its stand-in: the same for the same bytes under the same key, and no way back but by guessing. */
export type Hash = (bytes: Uint8Array) => string;

/** HMAC-SHA-256, so that values of different snapshots do not compare. */
export function hashWith(key: Uint8Array): Hash {
  const { createHmac } = process.getBuiltinModule('node:crypto');
  return (bytes) => `hmac-sha256:${createHmac('sha256', key).update(bytes).digest('hex')}`;
}

/**
 * A Secret that tells no value and is a Secret still: each of `data` and `stringData`, each annotation but marks of ownership, and
 * what kubectl last applied. Equal values stay equal, also between `data` and `stringData`. What is encrypted stays as it is. Any
 * other object comes back as it is.
 */
export function hashSecret(object: JsonObject, hash: Hash): JsonObject {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object;
  const copy: Record<string, JsonValue> = { ...object };
  const { data, stringData, metadata } = object;
  const text = (value: JsonValue): JsonValue => (value === null || isEncrypted(value) ? value : hash(Buffer.from(textOf(value), 'utf8')));
  const bytes = (value: JsonValue): JsonValue =>
    value === null || isEncrypted(value) ? value : Buffer.from(hash(Buffer.from(textOf(value), 'base64'))).toString('base64');
  if (isObject(data)) copy.data = eachMember(data, bytes);
  if (isObject(stringData)) copy.stringData = eachMember(stringData, text);
  const annotations = member(metadata, 'annotations');
  if (isObject(metadata) && isObject(annotations)) {
    const hidden = eachMember(annotations, (value, key) =>
      key === LAST_APPLIED ? lastApplied(value, hash) : MARK.test(key) ? value : text(value),
    );
    copy.metadata = { ...metadata, annotations: hidden };
  }
  return copy;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Whose object it is: names, no secrets. */
const MARK = /^(?:[^/]+\.)?(?:argoproj\.io|fluxcd\.io|meta\.helm\.sh|kapp\.k14s\.io)\//;

function lastApplied(value: JsonValue, hash: Hash): JsonValue {
  try {
    const applied = JSON.parse(textOf(value)) as JsonValue; // JSON.parse gives nothing else
    if (isObject(applied)) return stringify(hashSecret({ ...applied, apiVersion: 'v1', kind: 'Secret' }, hash));
  } catch {
    // What is no JSON is hashed as any other text.
  }
  return hash(Buffer.from(textOf(value), 'utf8'));
}

function eachMember(object: JsonObject, change: (value: JsonValue, key: string) => JsonValue): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(object)) setMember(copy, key, change(object[key] ?? null, key));
  return copy;
}

/** A text as SOPS writes it. */
function isEncrypted(value: JsonValue): boolean {
  return typeof value === 'string' && /^ENC\[.*\]$/s.test(value);
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : isObject(value) || isArray(value) ? stringify(value) : String(value);
}
