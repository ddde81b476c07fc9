import { createRequire } from 'node:module';
import type { CompileSchema } from '@plumbline/schema';

// Set by scripts/build.mjs, which puts the library into the bundle; absent where the packages run as ES modules.
declare const PLUMBLINE_BUNDLED: true | undefined;

/** ajv, for the JSON Schemas that users bring. At once and only now, as RE2 (`load-patterns.ts`). */
export function loadAjv(): CompileSchema {
  // What ajv exports.
  const library = (typeof PLUMBLINE_BUNDLED === 'undefined' ? createRequire(import.meta.url)('ajv') : require('ajv')) as {
    readonly Ajv: CompileSchema;
  };
  return library.Ajv;
}
