/**
 * What is known of a value in a template without running it: a place in what Helm hands in (`Values.image.tag`, `Release.Name`; `*` for
 * any item of a list or map), a text, a dictionary that the template makes, or one of several.
 */
export type Abstract =
  | { readonly kind: 'place'; readonly path: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, Abstract> }
  | { readonly kind: 'any'; readonly values: readonly Abstract[] }
  /** Nothing that leads back to what is handed in. */
  | { readonly kind: 'opaque' };

export const OPAQUE: Abstract = { kind: 'opaque' };
export const ROOT: Abstract = { kind: 'place', path: [] };

export function anyOf(values: readonly Abstract[]): Abstract {
  const flat = values.flatMap((value) => (value.kind === 'any' ? value.values : value.kind === 'opaque' ? [] : [value]));
  const [first, ...others] = flat;
  if (first === undefined) return OPAQUE;
  return others.length === 0 ? first : { kind: 'any', values: flat };
}

/** What a value holds under a key, `*` for any. */
export function fieldOf(value: Abstract, key: string): Abstract {
  switch (value.kind) {
    case 'place':
      return { kind: 'place', path: [...value.path, key] };
    case 'entries':
      return key === '*' ? anyOf([...value.entries.values()]) : (value.entries.get(key) ?? OPAQUE);
    case 'any':
      return anyOf(value.values.map((each) => fieldOf(each, key)));
    default:
      return OPAQUE;
  }
}

/** The places that a value leads back to. */
export function placesOf(value: Abstract): readonly (readonly string[])[] {
  switch (value.kind) {
    case 'place':
      return [value.path];
    case 'entries':
      return [...value.entries.values()].flatMap(placesOf);
    case 'any':
      return value.values.flatMap(placesOf);
    default:
      return [];
  }
}

/** Names a value, the same for equal ones. */
export function keyOf(value: Abstract): string {
  switch (value.kind) {
    case 'place':
      return `.${value.path.join('.')}`;
    case 'text':
      return JSON.stringify(value.text);
    case 'entries':
      return `{${[...value.entries].map(([key, entry]) => `${key}=${keyOf(entry)}`).join(',')}}`;
    case 'any':
      return `(${value.values.map(keyOf).join('|')})`;
    default:
      return '?';
  }
}
