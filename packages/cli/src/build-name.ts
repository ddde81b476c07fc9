import { readdirSync } from 'node:fs';
import { VERSION } from './version.ts';

// Set by scripts/build.mjs; absent where the packages run as ES modules.
declare const PLUMBLINE_BUNDLED: true | undefined;

/** Names this very build of the command, a word without spaces; undefined where it is not bundled, and its files may change at any time. */
export function buildName(): string | undefined {
  if (typeof PLUMBLINE_BUNDLED === 'undefined') return undefined;
  // The files of the bundle are named by the digests of what is in them.
  const files = readdirSync(__dirname).filter((name) => name.endsWith('js'));
  return [VERSION, ...files.sort()].join('-').replaceAll(/[^\w.-]/g, '_');
}
