import { type BuiltinKind, minorOf, type SchemaSet } from './schema-set.ts';
import * as T from './type.ts';

/** What is known of a field: for `plumbline explain deployment.spec.replicas`. */
export interface FieldExplanation {
  readonly apiVersion: string;
  readonly kind: string;
  /** Member names from the root; lists and maps are passed through. */
  readonly path: readonly string[];
  /** `a list of an object`, `an integer` … */
  readonly type: string;
  /** `core.v1.Container` where it is a structure, or a list or map of one. */
  readonly structure?: string;
  readonly isRequired: boolean;
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listKeys?: readonly string[];
  readonly values?: readonly string[];
  /** JSON text. */
  readonly default?: string;
  readonly patchStrategy?: string;
  readonly mergeKey?: string;
  /** Kubernetes versions in which the field exists, oldest first. */
  readonly versions: readonly string[];
  readonly since: string;
  /** The last version that has it, where later ones do not. */
  readonly until?: string;
  /** Names of the members below it. */
  readonly fields: readonly string[];
}

/**
 * One explanation a built-in kind of that name that has the field, the newest stable API first. `kind` in any case
 * (`deployment`); `path` may be empty. Empty where no such kind or field is known.
 */
export function explainField(schemas: SchemaSet, kind: string, path: readonly string[]): readonly FieldExplanation[] {
  const wanted = kind.toLowerCase();
  const found: FieldExplanation[] = [];
  for (const one of schemas.kinds()) {
    if (one.kind.toLowerCase() !== wanted && `${one.kind.toLowerCase()}s` !== wanted) continue;
    const explanation = explainIn(schemas, one, path);
    if (explanation !== undefined) found.push(explanation);
  }
  return found.sort((a, b) => rank(b.apiVersion) - rank(a.apiVersion) || b.versions.length - a.versions.length);
}

const rank = (apiVersion: string): number => (/alpha/.test(apiVersion) ? 0 : /beta/.test(apiVersion) ? 1 : 2);

function explainIn(schemas: SchemaSet, kind: BuiltinKind, path: readonly string[]): FieldExplanation | undefined {
  const versions: string[] = [];
  let last: { type: T.Type; isRequired: boolean } | undefined;
  for (const version of [...schemas.versions].reverse()) {
    const line = schemas.lineOf(kind, minorOf(version));
    const found = line < 0 ? undefined : walk(schemas.typeAt(line), path);
    if (found === undefined) continue;
    versions.push(version);
    last = found;
  }
  const since = versions[0];
  const until = versions.at(-1);
  if (last === undefined || since === undefined || until === undefined) return undefined;
  const { type } = last;
  const inner = structureOf(type);
  const { facts } = type;
  return {
    apiVersion: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
    kind: kind.kind,
    path,
    type: describe(type),
    ...(inner.name === '' ? {} : { structure: inner.name }),
    isRequired: last.isRequired,
    ...(type.list === undefined ? {} : { listType: type.list }),
    ...(type.keys.length === 0 ? {} : { listKeys: type.keys }),
    ...(facts?.values === undefined ? {} : { values: facts.values }),
    ...(facts?.default === undefined ? {} : { default: facts.default }),
    ...(facts?.patchStrategy === undefined ? {} : { patchStrategy: facts.patchStrategy }),
    ...(facts?.mergeKey === undefined ? {} : { mergeKey: facts.mergeKey }),
    versions,
    since,
    ...(until === schemas.versions[0] ? {} : { until }),
    fields: [...(inner.fields?.keys() ?? [])],
  };
}

function walk(root: T.Type, path: readonly string[]): { type: T.Type; isRequired: boolean } | undefined {
  let type = root;
  let isRequired = false;
  for (const name of path) {
    const owner = structureOf(type);
    const field = owner.fields?.get(name);
    if (field === undefined) return undefined;
    isRequired = owner.required.includes(name);
    type = T.typeOf(field);
  }
  return { type, isRequired };
}

/** What a list or a map holds in the end. */
function structureOf(type: T.Type): T.Type {
  let at = type;
  while ((at.code === T.LIST || at.code === T.MAP) && at.item !== undefined) at = T.typeOf(at.item);
  return at;
}

function describe(type: T.Type): string {
  if (type.code === T.LIST && type.item !== undefined) return `a list of ${describe(T.typeOf(type.item))}`;
  if (type.code === T.MAP && type.item !== undefined) return `a map to ${describe(T.typeOf(type.item))}`;
  return T.nameOf(type);
}
