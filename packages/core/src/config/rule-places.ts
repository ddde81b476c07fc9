import type { Location } from '../values/range.ts';

type Places = (id: string) => Location | undefined;

// Beside the configuration and not in it: a configuration is plain data, and most of them never have an error.
const places = new WeakMap<object, Places>();

/** Keeps where the rules of a configuration's `rules` are written: by look-up, or those of other `rules` that they were made of. */
export function rememberPlaces(
  rules: Readonly<Record<string, unknown>>,
  ...sources: readonly (Places | Readonly<Record<string, unknown>>)[]
): void {
  places.set(rules, (id) => {
    for (const source of [...sources].reverse()) {
      if (typeof source === 'function') return source(id);
      if (Object.hasOwn(source, id)) return places.get(source)?.(id);
    }
    return undefined;
  });
}

/** `plumbline.yaml:3:5: `, or nothing where the rules were not read from a file. */
export function placeOfRule(rules: Readonly<Record<string, unknown>>, id: string): string {
  const at = places.get(rules)?.(id);
  return at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
}
