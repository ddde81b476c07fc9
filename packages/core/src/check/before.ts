import type { Unit } from '../classify/unit.ts';
import { type BuiltUnit, type Expansion, identityOf } from '../expand/expand.ts';
import type { InputReader } from '../expand/expander.ts';
import { extract } from '../read/extract.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { SourceFile } from '../read/source-file.ts';
import { addTo } from '../values/add-to.ts';
import { kindKey, parseGvk } from '../values/gvk.ts';
import type { JsonObject } from '../values/json.ts';

/** The repository before the change that is judged. */
export interface Past {
  /** The paths at which something else stood (true), or nothing did (false); those of what is gone are among them. */
  readonly changed: ReadonlyMap<string, boolean>;
  /** What stood at one of these paths; undefined where nothing did. */
  read(path: string): SourceFile | undefined;
}

/**
 * What an object was before the change: itself where the change does not reach it, null where there was none. Undefined where that is not
 * known for sure: where it moved from one unit to another, where its build is not all known, or where there is nothing to compare with.
 */
export type Before = (resource: Resource) => JsonObject | null | undefined;

/** What is needed to look back. `inputs`: the files as they are now. */
export interface LookBack {
  readonly past: Past;
  readonly expansion: Expansion;
  readonly inputs: () => InputReader;
  readonly parseFile: (file: SourceFile) => ParsedFile['documents'];
}

/** Looks back when a rule asks; what is not reached by the change costs nothing. */
export function beforeOf({ past, expansion, inputs, parseFile }: LookBack): Before {
  let written: ReadonlyMap<string, readonly Placed[]> | undefined;
  let reader: InputReader | undefined;
  let units: ReadonlyMap<Unit, BuiltUnit> | undefined;
  const builds = new Map<BuiltUnit, BuiltBefore>();

  const writtenBefore = (identity: string): readonly Placed[] => {
    written ??= objectsOf(past, parseFile);
    return written.get(identity) ?? [];
  };
  const ofFile = (resource: Resource): JsonObject | null | undefined => {
    const { path } = resource.document.file;
    if (resource.unit.state === 'unbuilt' || resource.encrypted === true) return undefined;
    if (!past.changed.has(path)) return resource.object;
    const same = writtenBefore(identityKey(resource));
    const there = same.filter((one) => one.path === path);
    // Moved to another file of the folder, it is the same object still; from elsewhere it may have been one of another cluster.
    const near = there.length > 0 ? there : same.filter((one) => folderOf(one.path) === folderOf(path));
    if (near.length === 1) return near[0]?.object;
    return same.length === 0 ? null : undefined;
  };
  const builtBefore = (unit: Unit): BuiltBefore => {
    units ??= new Map([...expansion.built.values()].flatMap((one) => [one.unit, ...one.openUnits].map((of) => [of, one] as const)));
    const here = units.get(unit);
    if (here === undefined) return 'unknown';
    let known = builds.get(here);
    if (known === undefined) {
      reader ??= pastReader(past, inputs());
      known = rebuilt(here, past, reader);
      builds.set(here, known);
    }
    return known;
  };
  return (resource) => {
    if (resource.gvk.version === '' || resource.document.file.path === '-') return undefined;
    if (resource.locate === undefined) return ofFile(resource);
    const objects = builtBefore(resource.unit);
    if (objects === 'same') return resource.object;
    if (objects === 'unknown' || resource.unit.state === 'unbuilt') return undefined;
    const key = identityKey(resource);
    return objects.has(key) ? objects.get(key) : null;
  };
}

interface Placed {
  readonly path: string;
  readonly object: JsonObject;
}

/** The objects by identity; undefined for one of which not all is known. */
type BuiltBefore = ReadonlyMap<string, JsonObject | undefined> | 'same' | 'unknown';

function rebuilt(unit: BuiltUnit, past: Past, reader: InputReader): BuiltBefore {
  if (!unit.readsAny(past.changed)) return 'same';
  const result = unit.rebuild(reader, (path) => past.changed.has(path));
  if (result === undefined || !('objects' in result) || result.open !== undefined) return 'unknown';
  const objects = new Map<string, JsonObject | undefined>();
  for (const { object, open } of result.objects) {
    const identity = identityOf(object);
    if (identity === undefined) continue;
    const { apiVersion, kind, namespace, name } = identity;
    const key = identityKey({ gvk: parseGvk(apiVersion, kind), namespace, name });
    // Of two of one name nothing is said.
    objects.set(key, objects.has(key) || open !== undefined ? undefined : object);
  }
  return objects;
}

/** The objects of all files that changed, as they were. */
function objectsOf(past: Past, parseFile: LookBack['parseFile']): ReadonlyMap<string, readonly Placed[]> {
  const found = new Map<string, Placed[]>();
  for (const [path, wasThere] of past.changed) {
    const file = wasThere && IS_CONFIGURATION.test(path) ? past.read(path) : undefined;
    if (file === undefined) continue;
    for (const resource of extract({ file, role: 'manifest', text: '', documents: parseFile(file), unit: NO_UNIT }).resources) {
      const key = identityKey(resource);
      addTo(found, key, { path, object: resource.object });
    }
  }
  return found;
}

const IS_CONFIGURATION = /\.(?:ya?ml|json)$/i;
const NO_UNIT: Unit = { id: '', kind: 'files', root: '', versions: [], state: 'as-applied' };

/** The files as they were: those that did not change, and those that did as they stood. */
function pastReader(past: Past, now: InputReader): InputReader {
  const isNew = (path: string): boolean => past.changed.get(path) === false;
  const old = [...past.changed].flatMap(([path, wasThere]) => (wasThere ? [path] : []));
  const below = (folder: string): string[] => old.filter((path) => folder === '' || path.startsWith(`${folder}/`));
  const joined = (paths: readonly string[], more: readonly string[]): readonly string[] =>
    [...new Set([...paths.filter((path) => !isNew(path)), ...more])].sort();
  return {
    read: (path) => (past.changed.has(path) ? past.read(path) : now.read(path)),
    isFolder: (path) => path === '' || below(path).length > 0 || (now.isFolder(path) && now.filesBelow(path).some((file) => !isNew(file))),
    filesBelow: (folder) =>
      joined(
        now.filesBelow(folder),
        below(folder).filter((path) => IS_CONFIGURATION.test(path)),
      ),
    list: (folder) => joined(now.list(folder), below(folder)),
  };
}

/** Versions of a group are views of one object. */
function identityKey({ gvk, namespace, name }: Pick<Resource, 'gvk' | 'name' | 'namespace'>): string {
  return `${kindKey(gvk)}\n${namespace ?? ''}\n${name}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
