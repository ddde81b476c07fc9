import { ConfigError } from '@plumbline/core';
import { type Hash, hashWith } from './hash-secrets.ts';

/** What a snapshot says of the key that its Secrets are hashed with. */
export interface KeyInfo {
  readonly salt: string;
  /** Whether the key is more than the salt: a text that only its users know. */
  readonly isKeyed: boolean;
  /** The hash of nothing, which tells a wrong key. */
  readonly check: string;
}

export const KEY_VARIABLE = 'PLUMBLINE_SNAPSHOT_KEY';

/** The hash of a new snapshot. The salt is the same for the same cluster, so that the same state gives the same bytes. */
export function newKey(cluster: string, secret: string | undefined): { readonly info: KeyInfo; readonly hash: Hash } {
  const salt = sha256(`plumbline snapshot\n${cluster}`).toString('hex');
  const hash = hashOf(salt, secret);
  return { info: { salt, isKeyed: secret !== undefined && secret !== '', check: hash(NOTHING) }, hash };
}

/** The hash that a snapshot was made with. Throws `usage` where its key is not ours. */
export function keyOf({ salt, isKeyed, check }: KeyInfo, secret: string | undefined): Hash {
  const hash = hashOf(salt, isKeyed ? secret : undefined);
  if (hash(NOTHING) === check) return hash;
  throw new ConfigError('usage', `the Secrets of the snapshot were hashed with a key of its own: give the same one in ${KEY_VARIABLE}`);
}

const NOTHING = new Uint8Array();

function hashOf(salt: string, secret: string | undefined): Hash {
  return hashWith(sha256(`${salt}\n${secret ?? ''}`));
}

function sha256(text: string): Buffer {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest();
}
