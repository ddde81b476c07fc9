import { closest, type FieldPath, isArray, isObject, type JsonValue } from '@plumbline/core';
import { FieldMark, type Mark, type Place, type Role } from './mark.ts';
import { BuildError } from './problem.ts';

/**
 * What a field may hold: as Go decodes it into its structs. A record names the members, `any` is not looked into, and `list`,
 * `texts` (a list of strings) and `map` (string to string) are containers.
 */
export type Shape =
  | 'text'
  | 'flag'
  | 'integer'
  | 'texts'
  | 'map'
  | 'any'
  | { readonly list: Shape }
  | { readonly members: Readonly<Record<string, Shape>> };

/** A piece of a kustomization or of another file that configures the build, and where it stands. */
export class Settings {
  readonly place: Place;
  readonly path: FieldPath;
  readonly value: JsonValue | undefined;
  readonly role: Role;

  constructor(place: Place, role: Role, value: JsonValue | undefined, path: FieldPath = []) {
    this.place = place;
    this.role = role;
    this.path = path;
    this.value = value;
  }

  mark(part: 'key' | 'value' = 'value'): Mark {
    return new FieldMark(this.place, this.path, this.role, part);
  }

  at(step: string | number, value: JsonValue | undefined): Settings {
    return new Settings(this.place, this.role, value, [...this.path, step]);
  }

  /** The member, which Go finds also where its case differs; null counts as absent. */
  get(name: string): Settings | undefined {
    const { value } = this;
    if (!isObject(value)) return undefined;
    const key = Object.hasOwn(value, name) ? name : Object.keys(value).find((each) => each.toLowerCase() === name.toLowerCase());
    const found = key === undefined ? undefined : value[key];
    if (key === undefined || found === undefined || found === null) return undefined;
    return this.at(key, found);
  }

  text(name: string): string {
    const value = this.get(name)?.value;
    return typeof value === 'string' ? value : '';
  }

  flag(name: string): boolean {
    return this.get(name)?.value === true;
  }

  integer(name: string): number {
    const value = this.get(name)?.value;
    return typeof value === 'number' ? value : 0;
  }

  items(name: string): Settings[] {
    return this.get(name)?.elements() ?? [];
  }

  elements(): Settings[] {
    const { value } = this;
    return isArray(value) ? value.map((item, index) => this.at(index, item)) : [];
  }

  /** The strings of a list. */
  texts(name: string): { readonly text: string; readonly at: Settings }[] {
    return this.items(name).flatMap((at) => (typeof at.value === 'string' ? [{ text: at.value, at }] : []));
  }

  /** The members of a mapping of strings, by name as Go sorts them. */
  entries(name: string): { readonly key: string; readonly text: string; readonly at: Settings }[] {
    const found = this.get(name);
    if (found === undefined || !isObject(found.value)) return [];
    return Object.keys(found.value)
      .sort()
      .map((key) => {
        const value = isObject(found.value) ? found.value[key] : undefined;
        return { key, text: typeof value === 'string' ? value : '', at: found.at(key, value) };
      });
  }

  error(message: string, part: 'key' | 'value' = 'value'): BuildError {
    return new BuildError(message, this.mark(part));
  }
}

/** Checks settings as Go's decoder does with unknown fields forbidden. Throws a BuildError at the first flaw. */
export function checkShape(settings: Settings, shape: Shape, name: string, isLoose = false): void {
  for (const flaw of flawsOf(settings, shape, name, isLoose)) throw flaw;
}

/** All that Go's decoder would stumble over, in order of the text. */
export function* flawsOf(settings: Settings, shape: Shape, name: string, isLoose = false): Generator<BuildError> {
  const { value } = settings;
  if (value === undefined || value === null || shape === 'any') return;
  const refuse = (wanted: string): BuildError =>
    new BuildError(`${name} must be ${wanted}, not ${wordOf(value)}`, settings.mark(), 'kust/schema');
  if (shape === 'text') {
    if (typeof value !== 'string') yield refuse(typeof value === 'object' ? 'a text' : 'a text; put it in quotes');
  } else if (shape === 'flag') {
    if (typeof value !== 'boolean') yield refuse('true or false');
  } else if (shape === 'integer') {
    if (!(typeof value === 'number' && Number.isInteger(value)) && typeof value !== 'bigint') yield refuse('a whole number');
  } else if (shape === 'texts' || 'list' in Object(shape)) {
    if (!isArray(value)) {
      yield refuse('a list');
      return;
    }
    const item: Shape = typeof shape === 'object' && 'list' in shape ? shape.list : 'text';
    for (const [index, element] of settings.elements().entries()) yield* flawsOf(element, item, `${name}[${index}]`, isLoose);
  } else if (shape === 'map') {
    if (!isObject(value)) yield refuse('a mapping');
    else for (const key of Object.keys(value)) yield* flawsOf(memberOf(settings, key), 'text', `${name}.${key}`, isLoose);
  } else if (typeof shape === 'object' && 'members' in shape) {
    if (!isObject(value)) yield refuse('a mapping');
    else yield* flawsOfMembers(settings, shape.members, name, isLoose);
  }
}

function* flawsOfMembers(
  settings: Settings,
  members: Readonly<Record<string, Shape>>,
  name: string,
  isLoose: boolean,
): Generator<BuildError> {
  const names = Object.keys(members);
  for (const key of Object.keys(isObject(settings.value) ? settings.value : {})) {
    const known = names.find((each) => each === key) ?? names.find((each) => each.toLowerCase() === key.toLowerCase());
    const member = memberOf(settings, key);
    const shape = known === undefined ? undefined : members[known];
    if (shape !== undefined) {
      yield* flawsOf(member, shape, name === '' || name === 'a kustomization' ? key : `${name}.${key}`, isLoose);
      continue;
    }
    if (isLoose) continue;
    const similar = closest(key, names);
    const guess = similar === undefined ? '' : `; did you mean "${similar}"?`;
    yield new BuildError(`${name} has no field "${key}"${guess}`, member.mark('key'), 'kust/schema', similar);
  }
}

function memberOf(settings: Settings, key: string): Settings {
  const { value } = settings;
  return settings.at(key, isObject(value) ? value[key] : undefined);
}

function wordOf(value: JsonValue): string {
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'a mapping';
  // The value may be a secret.
  return typeof value === 'string' ? 'a text' : typeof value === 'boolean' ? 'a flag' : 'a number';
}
