import { createRequire } from 'node:module';
import type { PatternLibrary as CelPatterns } from '@plumbline/cel';
import type { PatternLibrary } from '@plumbline/schema';
import type { RE2JS } from 're2js';

// Set by scripts/build.mjs, which puts the library into the bundle; absent where the packages run as ES modules.
declare const PLUMBLINE_BUNDLED: true | undefined;

/** RE2. At once and only now: `import` would load it at every start, `import()` could not wait for it amid a check. */
function load(): typeof RE2JS {
  // Its types are those of the import above.
  const library = (typeof PLUMBLINE_BUNDLED === 'undefined' ? createRequire(import.meta.url)('re2js') : require('re2js')) as {
    readonly RE2JS: typeof RE2JS;
  };
  return library.RE2JS;
}

/** For the patterns of definitions. */
export function loadPatterns(): PatternLibrary {
  return load();
}

/** For expressions. */
export function loadCelPatterns(): CelPatterns {
  return load();
}

/** A pattern of a kustomization; undefined where it is none of Go's. */
export function compilePattern(pattern: string): { test(text: string): boolean } | undefined {
  try {
    return load().compile(pattern);
  } catch {
    return undefined;
  }
}
