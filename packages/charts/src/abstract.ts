/**
 * What is known of a value in a template without running it: a place in what Helm hands in (`Values.image.tag`, `Release.Name`; `*` for
 * any item of a list or map), a text, a dictionary that the template makes, or one of several.
 */
export type Abstract =
  | { readonly kind: 'place'; readonly path: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, Abstract> }
  | { readonly kind: 'any'; readonly values: readonly Abstract[] }
  /** Too much to follow: whoever looks at it may look at all that is handed in. */
  | { readonly kind: 'anything' }
  /** Nothing that leads back to what is handed in. */
  | { readonly kind: 'opaque' };

export const OPAQUE: Abstract = { kind: 'opaque' };
const ANYTHING: Abstract = { kind: 'anything' };
export const ROOT: Abstract = { kind: 'place', path: [] };

export function anyOf(values: readonly Abstract[]): Abstract {
  const flat = values.flatMap((value) => (value.kind === 'any' ? value.values : value.kind === 'opaque' ? [] : [value]));
  const [first, ...others] = flat.length < 2 ? flat : [...new Map(flat.map((value) => [keyOf(value), value])).values()];
  if (first === undefined) return OPAQUE;
  return others.length === 0 ? first : bounded({ kind: 'any', values: [first, ...others] });
}

export function entriesOf(entries: ReadonlyMap<string, Abstract>): Abstract {
  return bounded({ kind: 'entries', entries });
}

/** Values in values are followed so far; beyond it anything may be in them. */
const MAX_SIZE = 100;
const sizes = new WeakMap<Abstract, number>();

function bounded(value: Abstract): Abstract {
  return sizeOf(value) > MAX_SIZE ? ANYTHING : value;
}

function sizeOf(value: Abstract): number {
  let size = sizes.get(value);
  if (size === undefined) {
    const parts = value.kind === 'any' ? value.values : value.kind === 'entries' ? [...value.entries.values()] : [];
    size = parts.reduce((sum, part) => sum + sizeOf(part), 1);
    sizes.set(value, size);
  }
  return size;
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
    case 'anything':
      return value;
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
    case 'anything':
      return [[]];
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
    case 'anything':
      return '*';
    default:
      return '?';
  }
}
