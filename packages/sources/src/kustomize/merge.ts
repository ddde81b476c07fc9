import { mergeList } from './merge-list.ts';
import type { MergeSchema } from './merge-schema.ts';
import { field, fields, isNull, type Kind, Node, removeField, Style, Tag, textOf } from './node.ts';
import { BuildError } from './problem.ts';
import { setField } from './set-field.ts';

export type SchemaOf = (apiVersion: string, kind: string) => MergeSchema | undefined;

/**
 * Merges a patch into a node as kyaml's merge2 does, which differs from the API server's strategic merge: new list items come
 * first, unknown lists are replaced, `$patch` is honoured where a mapping or a merged list stands. Both are changed; what the
 * patch adds is shared with it. Undefined means that the node is to be removed.
 */
export function merge(dest: Node | undefined, patch: Node | undefined, schemaOf: SchemaOf, known?: MergeSchema): Node | undefined {
  const schema = known ?? schemaOfAny(dest, schemaOf) ?? schemaOfAny(patch, schemaOf);
  const kind = kindOf(dest, patch);
  if (kind === undefined || kind === 'map') {
    if (kind !== undefined) checkKinds(kind, dest, patch);
    return mergeMap(dest, patch, schemaOf, schema);
  }
  checkKinds(kind, dest, patch);
  if (kind === 'scalar' || schema?.keys === undefined) return patch ?? dest;
  return mergeKeyedList(dest, patch, schemaOf, schema, schema.keys);
}

function schemaOfAny(node: Node | undefined, schemaOf: SchemaOf): MergeSchema | undefined {
  if (node === undefined || node.kind !== 'map') return undefined;
  const kind = textOf(field(node, 'kind'));
  const apiVersion = textOf(field(node, 'apiVersion'));
  return kind === '' || apiVersion === '' ? undefined : schemaOf(apiVersion, kind);
}

function kindOf(dest: Node | undefined, patch: Node | undefined): Kind | undefined {
  if (!isNull(dest)) return dest?.kind;
  return isNull(patch) ? undefined : patch?.kind;
}

const WORDS: Readonly<Record<Kind, string>> = { map: 'a mapping', seq: 'a list', scalar: 'a single value' };

function checkKinds(kind: Kind, dest: Node | undefined, patch: Node | undefined): void {
  if (patch === undefined || isNull(patch) || patch.kind === kind) return;
  throw new BuildError(`the patch has ${WORDS[patch.kind]} where the object has ${WORDS[kind]}`, (patch ?? dest)?.mark);
}

function mergeMap(dest: Node | undefined, patch: Node | undefined, schemaOf: SchemaOf, schema: MergeSchema | undefined): Node | undefined {
  const into = visitMap(dest, patch);
  if (into === undefined) return undefined;
  const names = new Set<string>();
  for (const [key] of fields(into)) names.add(key.value);
  for (const [key] of fields(patch)) names.add(key.value);
  for (const name of names) {
    const own = field(into, name);
    const theirs = field(patch, name);
    const key = theirs === undefined ? undefined : keyOf(patch, name);
    const value = merge(own, theirs, schemaOf, schema?.field(name));
    // What is there and stays need not be set again, except that a null stays only where it is spelt.
    if (value === own && value !== undefined && value.tag !== Tag.null && value.tag !== Tag.none) continue;
    setField(into, name, value, key?.mark);
  }
  return into;
}

function keyOf(map: Node | undefined, name: string): Node | undefined {
  for (const [key] of fields(map)) if (key.value === name) return key;
  return undefined;
}

function visitMap(dest: Node | undefined, patch: Node | undefined): Node | undefined {
  if (dest === undefined || isNull(dest)) {
    if (patch?.kind === 'map' && takeDirective(patch) === 'delete') return undefined;
    if (patch === undefined && dest !== undefined && dest.value !== '') {
      const node = new Node('scalar', Tag.null, dest.value, Style.plain, dest.mark);
      node.history = dest.history;
      node.keep = true;
      return node;
    }
    return patch;
  }
  if (patch === undefined) return dest;
  if (isNull(patch)) return undefined;
  const directive = takeDirective(patch);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : dest;
}

type Directive = 'delete' | 'replace' | 'merge';

/** What `$patch` in a mapping says; it is taken out. */
function takeDirective(patch: Node): Directive {
  const node = field(patch, '$patch');
  if (node === undefined) return 'merge';
  const directive = directiveOf(node);
  removeField(patch, '$patch');
  return directive;
}

function directiveOf(node: Node): Directive {
  const { value } = node;
  if (value === 'delete' || value === 'replace' || value === 'merge') return value;
  throw new BuildError(`"$patch: ${value}" is unknown; it is delete, replace or merge`, node.mark);
}

/** What an item of a list says that has nothing but `$patch`; the item is taken out. */
function takeListDirective(patch: Node): Directive {
  const item = patch.content.find((each) => field(each, '$patch') !== undefined);
  const node = field(item, '$patch');
  if (item === undefined || node === undefined || item.content.length > 2) return 'merge';
  const directive = directiveOf(node);
  patch.content = patch.content.filter(
    (each) => !(each.kind === 'map' && (each.content.length === 0 || textOf(field(each, '$patch')) === directive)) && !isNull(each),
  );
  return directive;
}

function mergeKeyedList(
  dest: Node | undefined,
  patch: Node | undefined,
  schemaOf: SchemaOf,
  schema: MergeSchema,
  keys: readonly string[],
): Node | undefined {
  const into = visitList(dest, patch);
  if (into === undefined) return undefined;
  const elements = schema.elements();
  return mergeList(into, patch, keys, (own, theirs) => merge(own, theirs, schemaOf, elements));
}

function visitList(dest: Node | undefined, patch: Node | undefined): Node | undefined {
  if (isNull(dest)) return patch;
  if (patch === undefined) return dest;
  if (isNull(patch)) return undefined;
  const directive = takeListDirective(patch);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : dest;
}
