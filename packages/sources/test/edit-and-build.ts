import { type FieldPath, isArray, isObject, type JsonValue, toPointer } from '@plumbline/core';
import { type BuiltResource, buildKustomization } from '../src/kustomize/build.ts';
import type { FileReader } from '../src/kustomize/loader.ts';

/** A value of a built object. */
export interface Leaf {
  readonly index: number;
  readonly path: FieldPath;
  readonly value: JsonValue;
}

export function leavesOf(resources: readonly BuiltResource[]): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (index: number, value: JsonValue, path: FieldPath): void => {
    if (isArray(value)) for (const [at, item] of value.entries()) walk(index, item, [...path, at]);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(index, item, [...path, key]);
    else leaves.push({ index, path, value });
  };
  for (const [index, { object }] of resources.entries()) walk(index, object, []);
  return leaves;
}

export const idOf = ({ index, path }: Leaf): string => `${index}${toPointer(path)}`;

const IDENTITY: readonly unknown[] = ['kind', 'apiVersion', 'name', 'port', 'containerPort'];

/**
 * Where an edit would not change a value but what belongs together: kinds, names that patches, selectors and references go by, keys of
 * lists. And the type of a Secret that nobody wrote.
 */
export function isIdentity({ path, value }: Leaf): boolean {
  const last = path[path.length - 1];
  return (
    IDENTITY.includes(last) ||
    (path[0] === 'roleRef' && last === 'apiGroup') ||
    (path[0] === 'subjects' && last === 'namespace') ||
    (path.length === 1 && last === 'type' && value === 'Opaque')
  );
}

/** The values of a build, and what becomes of them when the text of one is edited. */
export class EditedBuilds {
  readonly before: readonly BuiltResource[];
  readonly leaves: readonly Leaf[];
  private readonly values: ReadonlyMap<string, JsonValue>;
  private readonly reader: FileReader;
  private readonly folder: string;

  constructor(reader: FileReader, folder: string) {
    this.reader = reader;
    this.folder = folder;
    this.before = this.build('', '') ?? [];
    this.leaves = leavesOf(this.before);
    this.values = new Map(this.leaves.map((leaf) => [idOf(leaf), leaf.value]));
  }

  private build(path: string, text: string): readonly BuiltResource[] | undefined {
    const edit = { path, bytes: new TextEncoder().encode(text) };
    const result = buildKustomization(this.folder, {
      isFolder: (each) => this.reader.isFolder(each),
      read: (each) => (each === path ? edit : this.reader.read(each)),
    });
    return 'resources' in result ? result.resources : undefined;
  }

  /** Changes the text that a leaf is written with, wherever on its line it stands, and gives the leaves that change with it; undefined where it cannot be changed so that the build still runs. */
  changedBy(leaf: Leaf): { readonly changed: readonly string[]; readonly line: string } | undefined {
    const place = this.before[leaf.index]?.locate(leaf.path);
    if (place === undefined) throw new Error(`nothing at ${idOf(leaf)}`);
    const file = this.reader.read(place.file);
    const lines = (file === undefined ? '' : new TextDecoder().decode(file.bytes)).split('\n');
    const line = lines[place.line - 1] ?? '';
    const end = place.endLine === place.line && place.endColumn > place.column ? place.endColumn : line.length + 1;
    const written = line.slice(place.column - 1, end - 1);
    const isBlock = /^[|>]/.test(written);
    const target = isBlock ? place.line : place.line - 1;
    const own = lines[target] ?? '';
    const text = edited(isBlock ? own.trim() : written);
    if (text === undefined) return undefined;
    const start = isBlock ? own.length - own.trim().length : place.column - 1;
    const length = isBlock ? own.trim().length : written.length;
    lines[target] = own.slice(0, start) + text + own.slice(start + length);
    const after = this.build(place.file, lines.join('\n'));
    if (after === undefined) return undefined;
    const now = new Map(leavesOf(after).map((each) => [idOf(each), each.value]));
    const ids = new Set([...now.keys(), ...this.values.keys()]);
    const changed = [...ids].filter((id) => withoutHash(this.values.get(id)) !== withoutHash(now.get(id)));
    return { changed, line: `${place.file}:${place.line}` };
  }

  /** What is wrong with where a leaf is said to stand; undefined where its text could not be edited. */
  faultsOf(leaf: Leaf): readonly string[] | undefined {
    const outcome = this.changedBy(leaf);
    if (outcome === undefined) return undefined;
    const id = idOf(leaf);
    const faults = outcome.changed.includes(id) ? [] : [`${id} does not change with ${outcome.line}`];
    for (const other of outcome.changed) {
      const found = this.leaves.find((each) => idOf(each) === other);
      const chain = found === undefined ? [] : (this.before[found.index]?.locate(found.path).chain ?? []);
      if (!chain.some(({ file, line }) => `${file}:${line}` === outcome.line)) faults.push(`${other} changes with ${outcome.line}, unsaid`);
    }
    return faults;
  }
}

/** A name that ends with a hash changes with all of the content. */
function withoutHash(value: JsonValue | undefined): string {
  return String(value).replace(/-[bcdfghkmt2456789]{10}$/, '');
}

/** What is there instead once the text is edited; undefined where an edit would make another kind of thing of it. */
function edited(text: string): string | undefined {
  const [, body = '', close = ''] = /^(.*?)(["']?)$/s.exec(text) ?? [];
  if (body === '') return undefined;
  if (/^(true|false)$/.test(body)) return body === 'true' ? 'false' : 'true';
  if (/\d$/.test(body)) return `${body.slice(0, -1)}${(Number(body.slice(-1)) + 1) % 10}${close}`;
  return `${body}x${close}`;
}
