import { isObject, type JsonValue, member } from '../json.ts';

/** Whether SOPS wrote the document: its `sops` member holds the message authentication code. */
export function isSopsEncrypted(value: JsonValue | undefined): boolean {
  const sops = member(value, 'sops');
  return isObject(sops) && (Object.hasOwn(sops, 'mac') || Object.hasOwn(sops, 'lastmodified'));
}
