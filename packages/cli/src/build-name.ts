import { basename } from 'node:path';
import { VERSION } from './version.ts';

// Set by scripts/build.mjs; absent where the packages run as ES modules.
declare const PLUMBLINE_BUNDLED: true | undefined;

/** Names this very build of the command, a word without spaces; undefined where it is not bundled, and its files may change at any time. */
export function buildName(): string | undefined {
  if (typeof PLUMBLINE_BUNDLED === 'undefined') return undefined;
  // The folder of the bundle is named by the digest of what is in it.
  return `${VERSION}-${basename(__dirname)}`;
}
