import {
  type Applied,
  apiVersionOf,
  type FieldPath,
  isArray,
  isEqual,
  isObject,
  type JsonObject,
  type JsonValue,
  type Location,
  type Resource,
  setMember,
} from '@plumbline/core';
import { driftOfObject, editTexts, type KindPorts, type NotWritten, putAt, type WantedEdit } from '@plumbline/drift';

/** What came of writing edits of objects back into their texts. */
export interface WrittenBack {
  readonly texts: ReadonlyMap<string, string>;
  readonly done: readonly WantedEdit[];
  readonly not: readonly (NotWritten & { readonly likely?: Location })[];
}

export interface Tree {
  readonly applied: Applied;
  readonly ports: KindPorts;
  textOf(path: string): string | undefined;
  /** All that the repository would have applied, with other texts in place of some of its files. */
  again(texts: ReadonlyMap<string, string>): Promise<Applied>;
}

/** So many edits are tried one by one, each with a build of its own. */
const MOST_TRIED = 60;

/**
 * Writes edits back, and where something is built builds it again: an edit stays only if the object is then what it is to be, and no other
 * object changed with it.
 */
export async function writeBack(wanted: readonly WantedEdit[], tree: Tree): Promise<WrittenBack> {
  const all = editTexts(wanted, tree.textOf);
  if (!isBuilt(tree.applied) || all.texts.size === 0) return all;
  const before = await tree.again(new Map());
  if ((await whyWrong(all, before, tree)) === undefined) return all;
  const kept: WantedEdit[] = [];
  const not = [...all.not];
  for (const [index, edit] of all.done.entries()) {
    const tried = index < MOST_TRIED ? editTexts([...kept, edit], tree.textOf) : undefined;
    const why = tried === undefined ? 'too many edits to build one by one' : await whyWrong(tried, before, tree);
    if (why === undefined) kept.push(edit);
    else not.push({ resource: edit.resource, path: edit.path, why, likely: placeOf(edit) });
  }
  const made = editTexts(kept, tree.textOf);
  return { texts: made.texts, done: made.done, not: [...not, ...made.not] };
}

function isBuilt({ resources }: Applied): boolean {
  return resources.some(({ locate }) => locate !== undefined);
}

/** Why the edited texts do not give what is wanted; undefined where they do. */
async function whyWrong(
  { texts, done }: Pick<WrittenBack, 'texts' | 'done'>,
  before: Applied,
  { ports, again }: Tree,
): Promise<string | undefined> {
  const after = await again(texts);
  const [was, is] = [withoutHashes(before.resources), withoutHashes(after.resources)];
  const wanted = new Map<string, JsonObject>();
  for (const { resource, path, op, value } of done) {
    const key = was.keyOf(resource);
    wanted.set(key, edited(wanted.get(key) ?? was.objectOf(resource), path, op, value));
  }
  const made = new Map(after.resources.map((resource) => [is.keyOf(resource), resource]));
  for (const resource of before.resources) {
    const target = wanted.get(was.keyOf(resource));
    const now = made.get(was.keyOf(resource));
    if (now === undefined) return `${nameOf(resource)} is not built any more`;
    if (target === undefined && !isEqual(was.objectOf(resource), is.objectOf(now))) return `the same text also makes ${nameOf(resource)}`;
    if (target !== undefined && !isSameObject(target, is.objectOf(now), ports)) return 'the build does not give the value';
  }
  return undefined;
}

const HASH = /-[bcdfghkmt2456789]{10}$/;

interface Unhashed {
  keyOf(resource: Resource): string;
  objectOf(resource: Resource): JsonObject;
}

/** Names that generators make of content change with it, and so does what refers to them: that is no change of its own. */
function withoutHashes(resources: readonly Resource[]): Unhashed {
  const isGenerated = ({ gvk, locate }: Resource): boolean => locate !== undefined && (gvk.kind === 'ConfigMap' || gvk.kind === 'Secret');
  const names = new Set(resources.filter((one) => isGenerated(one) && HASH.test(one.name)).map(({ name }) => name));
  const plain = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return names.has(value) ? value.replace(HASH, '') : value;
    if (isArray(value)) return value.map(plain);
    if (!isObject(value)) return value;
    const copy: Record<string, JsonValue> = {};
    for (const key of Object.keys(value)) setMember(copy, key, plain(value[key] ?? null));
    return copy;
  };
  return {
    keyOf: ({ unit, gvk, namespace, name }) => [unit.id, gvk.group, gvk.kind, namespace ?? '', plain(name)].join('\n'),
    objectOf({ object }) {
      const made = names.size === 0 ? object : plain(object);
      return isObject(made) ? made : object;
    },
  };
}

function edited(object: JsonObject, path: FieldPath, op: WantedEdit['op'], value: WantedEdit['value']): JsonObject {
  const put = op === 'remove' ? { op: 'remove' as const } : { op: 'set' as const, value: value ?? null };
  const made = putAt(object, path, put);
  return isObject(made) ? made : {};
}

/** As the server sees them: items of keyed lists may stand in another order. */
function isSameObject(wanted: JsonObject, made: JsonObject, ports: KindPorts): boolean {
  if (isEqual(wanted, made)) return true;
  const differs = (a: JsonObject, b: JsonObject): boolean => driftOfObject(a, b, ports).changes.some((change) => change.class !== 'server');
  return !differs(wanted, made) && !differs(made, wanted);
}

export function nameOf({ gvk, namespace, name, unit }: Resource): string {
  const where = unit.kind === 'files' ? '' : ` of ${unit.id}`;
  return `${apiVersionOf(gvk)} ${gvk.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${where}`;
}

function placeOf({ resource, path }: WantedEdit): Location {
  const written = path.filter((step) => step !== '-');
  const place = resource.locate?.(written) ?? {
    ...resource.document.rangeOf([...resource.root, ...written]),
    file: resource.document.file.path,
  };
  return { file: place.file, line: place.line, column: place.column, endLine: place.endLine, endColumn: place.endColumn };
}
