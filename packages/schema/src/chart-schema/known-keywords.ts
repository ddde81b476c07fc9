import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';

/** A schema of any draft in the words of draft 7, without what does not decide; or why it cannot be told what it asks for. */
export type KnownSchema = { readonly schema: JsonValue } | { readonly why: string };

/** The keyword that counts the steps; its value is what one costs. */
export const STEP = 'plumblineStep';

const MOST_SCHEMAS = 8_000;
const MOST_DEPTH = 100;

const OF_SCHEMA = new Set(['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'additionalItems', 'additionalProperties']);
const OF_SCHEMAS = new Set(['allOf', 'anyOf', 'oneOf']);
const OF_NAMES = new Set(['properties', 'patternProperties', 'definitions', '$defs']);
const PLAIN = new Set([
  'type',
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'minimum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
  'required',
]);
/** What only ever adds demands, and is not worked out. */
const LEFT_OUT = new Set(['unevaluatedProperties', 'unevaluatedItems', 'maxContains', 'minContains']);
/** What makes of less demands within it more. */
const TURNING = new Set(['not', 'if', 'oneOf']);

/** The name of no draft, which means the newest, or the one that whoever reads it likes best. */
const NO_DRAFT = 'http://json-schema.org/schema';
const DIALECT = /^https?:\/\/json-schema\.org\/((?:draft-0[467]\/|draft\/20(?:19-09|20-12)\/)?)schema$/;

class Unclear extends Error {}

/** Keeps the keywords of JSON Schema, so that none means anything to ajv alone; what other keywords hold is not looked at. */
export function knownKeywords(schema: JsonObject): KnownSchema {
  try {
    return { schema: new Translation(schema).schema(schema, { turns: false, depth: 0 }) };
  } catch (error) {
    if (error instanceof Unclear) return { why: error.message };
    throw error;
  }
}

interface Within {
  /** Where a demand that is left out would make another verdict stricter. */
  readonly turns: boolean;
  readonly depth: number;
}

class Translation {
  readonly #draft: 4 | 7 | 2019;
  readonly #ignoresBesideRef: boolean;
  readonly #id: string | undefined;
  #left = MOST_SCHEMAS;

  constructor(root: JsonObject) {
    const named = member(root, '$schema');
    const dialect = named === undefined ? NO_DRAFT : String(named).replace(/#$/, '');
    const draft = DIALECT.exec(dialect)?.[1];
    if (draft === undefined) throw new Unclear(`the dialect ${JSON.stringify(named)} is not known`);
    this.#draft = draft === 'draft-04/' ? 4 : draft.startsWith('draft/') ? 2019 : 7;
    // Where no draft is named, versions of Helm differ.
    this.#ignoresBesideRef = this.#draft !== 2019;
    const id = member(root, this.#draft === 4 ? 'id' : '$id');
    this.#id = typeof id === 'string' ? id.replace(/#$/, '') : undefined;
  }

  schema(value: JsonValue, { turns, depth }: Within): JsonValue {
    // Of another form: ajv says so.
    if (!isObject(value)) return value;
    if (--this.#left < 0) throw new Unclear(`it has more than ${MOST_SCHEMAS} parts`);
    if (depth > MOST_DEPTH) throw new Unclear('it is nested too deep');
    const below = (key: string): Within => ({
      // What is referred to may be referred to from anywhere.
      turns: turns || TURNING.has(key) || key === 'definitions' || key === '$defs',
      depth: depth + 1,
    });
    const ref = member(value, '$ref');
    const isAlone = ref !== undefined && this.#ignoresBesideRef;
    const known: Record<string, JsonValue> = {};
    let weight = 1;
    for (const key of Object.keys(value)) {
      const item = member(value, key) ?? null;
      if (key === '$ref') {
        const place = this.#reference(item, turns);
        if (place !== undefined) known.$ref = place;
      } else if (isAlone && key !== 'definitions' && key !== '$defs') continue;
      else if (OF_SCHEMA.has(key)) known[key] = this.schema(item, below(key));
      else if (OF_SCHEMAS.has(key)) known[key] = this.#list(item, below(key));
      else if (OF_NAMES.has(key)) known[key] = this.#names(item, below(key));
      else if (key === 'items')
        known[isArray(member(value, 'prefixItems')) ? 'additionalItems' : 'items'] = isArray(item)
          ? this.#list(item, below(key))
          : this.schema(item, below(key));
      else if (key === 'prefixItems') known.items = this.#list(item, below(key));
      else if (key === 'dependencies' || key === 'dependentSchemas' || key === 'dependentRequired') {
        const names = key === 'dependentRequired' ? item : this.#names(item, below(key));
        known.dependencies = isObject(names) && isObject(known.dependencies) ? { ...known.dependencies, ...names } : names;
      } else if (PLAIN.has(key)) {
        known[key] = item;
        if (key === 'enum' && isArray(item)) weight += item.length;
      } else if (LEFT_OUT.has(key)) {
        if (turns) throw new Unclear(`"${key}" is not worked out where it stands`);
      } else if (key === '$dynamicRef' || key === '$recursiveRef') throw new Unclear(`"${key}" is not worked out`);
      else if ((key === '$id' || (key === 'id' && this.#draft === 4)) && depth > 0 && typeof item === 'string') {
        if (!item.startsWith('#')) throw new Unclear('a part of it has an $id of its own');
        known.$anchor = item.slice(1);
      } else if (key === '$anchor') known.$anchor = item;
    }
    if ('minContains' in value || 'maxContains' in value) delete known.contains;
    if (this.#draft === 4) bounds(known);
    if (isObject(known.patternProperties)) weight += Object.keys(known.patternProperties).length;
    return { [STEP]: weight, ...known };
  }

  #list(value: JsonValue, within: Within): JsonValue {
    return isArray(value) ? value.map((item) => this.schema(item, within)) : value;
  }

  #names(value: JsonValue, within: Within): JsonValue {
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.keys(value)
        .filter((name) => name !== '__proto__')
        .map((name) => [name, this.schema(member(value, name) ?? null, within)]),
    );
  }

  /** Within the schema; undefined where it leads out and says nothing then: nothing is fetched. */
  #reference(ref: JsonValue, turns: boolean): JsonValue | undefined {
    if (typeof ref !== 'string') return ref;
    const inside = this.#id !== undefined && this.#id !== '' && ref.startsWith(`${this.#id}#`) ? ref.slice(this.#id.length) : ref;
    if (inside.startsWith('#')) return inside;
    if (turns) throw new Unclear(`it refers to ${ref}, which is not looked up`);
    return undefined;
  }
}

/** In draft 4 these were switches of `maximum` and `minimum`. */
function bounds(known: Record<string, JsonValue>): void {
  for (const [exclusive, plain] of [
    ['exclusiveMaximum', 'maximum'],
    ['exclusiveMinimum', 'minimum'],
  ] as const) {
    const isExclusive = known[exclusive];
    if (typeof isExclusive !== 'boolean') continue;
    delete known[exclusive];
    const bound = known[plain];
    if (!isExclusive || bound === undefined) continue;
    known[exclusive] = bound;
    delete known[plain];
  }
}
