import type { FieldPath } from '@plumbline/core';

const STEP = /\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g;
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The `fieldPath` of a rule, `.spec['a.b'].c`, as a path; `[]` for none. */
export function readFieldPath(text: string): FieldPath {
  return [...text.matchAll(STEP)].map(
    ([, name, quoted]) => name ?? (quoted ?? '').replace(/\\(.)/g, (_all, one: string) => ESCAPES[one] ?? one),
  );
}
