import { isObject, type JsonValue, member } from '../values/json.ts';

/** Whether SOPS wrote the document: its `sops` member holds the message authentication code. */
export function isSopsEncrypted(value: JsonValue | undefined): boolean {
  const sops = member(value, 'sops');
  return isObject(sops) && (Object.hasOwn(sops, 'mac') || Object.hasOwn(sops, 'lastmodified'));
}

/** Whether a value is what SOPS wrote in place of another: nothing can be said of it. */
export function isSopsValue(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.startsWith('ENC[');
}
