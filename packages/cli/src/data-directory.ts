import { join } from 'node:path';
import { crdDataDirectory as crdPackageDirectory } from '@plumbline/schemas-crds';
import { dataDirectory as packageDirectory } from '@plumbline/schemas-kubernetes';

// Set by scripts/build.mjs; absent where the packages run as ES modules.
declare const PLUMBLINE_BUNDLED: true | undefined;

/** Where the schema data lies: beside the folder of folders of the bundled command, or in the package of the schemas. */
export function dataDirectory(): string {
  return typeof PLUMBLINE_BUNDLED === 'undefined' ? packageDirectory() : join(__dirname, '../../data/kubernetes');
}

/** The same for the types of custom resources. */
export function crdDataDirectory(): string {
  return typeof PLUMBLINE_BUNDLED === 'undefined' ? crdPackageDirectory() : join(__dirname, '../../data/crds');
}
