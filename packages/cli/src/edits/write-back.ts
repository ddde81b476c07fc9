import {
  type Applied,
  apiVersionOf,
  type FieldPath,
  isEqual,
  isObject,
  type JsonObject,
  type Location,
  type Resource,
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
  if ((await whyWrong(all, tree)) === undefined) return all;
  const kept: WantedEdit[] = [];
  const not = [...all.not];
  for (const [index, edit] of all.done.entries()) {
    const tried = index < MOST_TRIED ? editTexts([...kept, edit], tree.textOf) : undefined;
    const why = tried === undefined ? 'too many edits to build one by one' : await whyWrong(tried, tree);
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
  { applied, ports, again }: Tree,
): Promise<string | undefined> {
  const made = byKey((await again(texts)).resources);
  const wanted = new Map<string, JsonObject>();
  for (const { resource, path, op, value } of done) {
    const object = wanted.get(keyOf(resource)) ?? resource.object;
    wanted.set(keyOf(resource), edited(object, path, op, value));
  }
  for (const [key, before] of byKey(applied.resources)) {
    const after = made.get(key);
    if (after === undefined) return `${nameOf(before)} is not built any more`;
    const target = wanted.get(key);
    if (target === undefined ? !isEqual(before.object, after.object) : !isSameObject(target, after.object, ports))
      return target === undefined ? `the same text also makes ${nameOf(before)}` : 'the build does not give the value';
  }
  return undefined;
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

function byKey(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [keyOf(resource), resource]));
}

function keyOf({ unit, gvk, namespace, name }: Resource): string {
  return [unit.id, gvk.group, gvk.kind, namespace ?? '', name].join('\n');
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
