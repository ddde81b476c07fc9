import type { Document } from '../read/document.ts';
import type { SourceFile } from '../read/source-file.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../values/json.ts';

/** Gives the documents of a repository file; undefined where the file is not in sight. */
export type ReadInput = (entry: string) => readonly Document[] | undefined;

export interface PatchSource {
  readonly parseFile: (file: SourceFile) => readonly Document[];
  /** The documents of a file that a kustomization names, by the entry as written. */
  readonly readInput: ReadInput;
}

/** Kinds that have a template or a selector that labels fill. */
const LABELLED = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/** What may reach any object, and set any field of it. */
const BOUNDLESS = ['transformers', 'components', 'replacements', 'vars', 'configurations'];

/**
 * Kinds of the objects that the build of a kustomization may give fields that they lack: those that its patches name.
 * Undefined where it may be any. A patch is not told apart by name: prefixes and suffixes may have changed it.
 */
export function patchedKinds(value: JsonObject, source: PatchSource): readonly string[] | undefined {
  if (BOUNDLESS.some((key) => isFilled(member(value, key)))) return undefined;
  const kinds = new Set<string>();
  const isComplete =
    list(value, 'patches').every((patch) => addPatch(kinds, patch, source)) &&
    list(value, 'patchesJson6902').every((patch) => addTarget(kinds, member(patch, 'target'))) &&
    list(value, 'patchesStrategicMerge').every((entry) => typeof entry === 'string' && addContents(kinds, entry, source)) &&
    list(value, 'labels').every((entry) => addLabels(kinds, entry));
  if (!isComplete) return undefined;
  if (isFilled(member(value, 'commonLabels'))) for (const kind of LABELLED) kinds.add(kind);
  return [...kinds].sort();
}

/** The kinds of both; undefined, for any kind, wins. */
export function joinKinds(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  return a === undefined || b === undefined ? undefined : [...new Set([...a, ...b])].sort();
}

function addPatch(kinds: Set<string>, patch: JsonValue, source: PatchSource): boolean {
  const target = member(patch, 'target');
  if (isObject(target)) return addTarget(kinds, target);
  const entry = member(patch, 'path') ?? member(patch, 'patch');
  return typeof entry === 'string' && addContents(kinds, entry, source);
}

/** A target's kind is a regular expression; alternatives of plain words are understood. */
function addTarget(kinds: Set<string>, target: JsonValue | undefined): boolean {
  const kind = member(target, 'kind');
  if (typeof kind !== 'string' || !/^\(?[A-Za-z]+(\|[A-Za-z]+)*\)?$/.test(kind)) return false;
  for (const word of kind.replace(/[()]/g, '').split('|')) kinds.add(word);
  return true;
}

/** A strategic merge patch, written in place or in a file, names the kind that it is for. */
function addContents(kinds: Set<string>, entry: string, { parseFile, readInput }: PatchSource): boolean {
  const isInline = entry.includes('\n') || entry.startsWith('{');
  const documents = isInline ? parseFile({ path: 'patch.yaml', bytes: new TextEncoder().encode(entry) }) : readInput(entry);
  if (documents === undefined || documents.length === 0) return false;
  return documents.every(({ value, problems }) => {
    if (problems.length > 0) return false;
    if (value === null) return true;
    const kind = member(value, 'kind');
    if (typeof kind !== 'string' || kind === '' || kind.endsWith('List')) return false;
    kinds.add(kind);
    return true;
  });
}

/** Labels alone fill nothing that is required; selectors and templates are. */
function addLabels(kinds: Set<string>, entry: JsonValue): boolean {
  if (isFilled(member(entry, 'fields'))) return false;
  if (member(entry, 'includeSelectors') === true || member(entry, 'includeTemplates') === true)
    for (const kind of LABELLED) kinds.add(kind);
  return true;
}

function isFilled(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  return isArray(value) ? value.length > 0 : !isObject(value) || Object.keys(value).length > 0;
}

function list(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const entry = member(value, key);
  return isArray(entry) ? entry : isFilled(entry) ? [entry ?? null] : [];
}
