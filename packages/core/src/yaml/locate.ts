import type { FieldPath } from '../values/field-path.ts';
import type { YamlNode } from './compose.ts';
import { isMergeKey, keyText } from './construct.ts';
import { resolveNode } from './tagged.ts';

/** A stretch of a document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Member {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/**
 * Where `path` is written: its key or its value. A field that an alias or a merge brings in stands where it is written, at
 * the anchor. Where the path leads nowhere, the key of the deepest field on the way; of the root, its first key.
 */
export function locate(root: YamlNode, path: FieldPath, part: 'key' | 'value'): Span {
  let node = root;
  let key: YamlNode | undefined;
  for (const step of path) {
    const at = node.target ?? node;
    let member: Member | undefined;
    if (at.kind === 'mapping') member = findMember(at, String(step));
    else if (at.kind === 'sequence' && /^(?:0|[1-9][0-9]*)$/.test(String(step))) {
      const item = at.children[Number(step)];
      member = item === undefined ? undefined : { key: item, value: item };
    }
    if (member === undefined) return key ?? firstKey(root);
    ({ key, value: node } = member);
  }
  return part === 'key' && key !== undefined ? key : node;
}

/** The member that gives the value: the last one of that name, written here or merged in. */
function findMember(mapping: YamlNode, name: string): Member | undefined {
  const { children } = mapping;
  if (children.length > INDEXED) return indexOf(mapping).get(name) ?? (mayMerge.has(mapping) ? scan(mapping, name) : undefined);
  return scan(mapping, name);
}

// A mapping of very many members is searched once a name no more: a document may have a finding for each of them.
const INDEXED = 64;
const indexes = new WeakMap<YamlNode, ReadonlyMap<string, Member>>();
const mayMerge = new WeakSet<YamlNode>();

/** The members by name, the last one of a name; empty for a mapping that merges others in, where order decides. */
function indexOf(mapping: YamlNode): ReadonlyMap<string, Member> {
  const known = indexes.get(mapping);
  if (known !== undefined) return known;
  const index = new Map<string, Member>();
  const { children } = mapping;
  for (let at = 0; at + 1 < children.length; at += 2) {
    const key = children[at];
    const value = children[at + 1];
    if (key === undefined || value === undefined) continue;
    if (isMergeKey(key)) {
      mayMerge.add(mapping);
      index.clear();
      break;
    }
    const name = keyName(key);
    if (name !== undefined) index.set(name, { key, value });
  }
  indexes.set(mapping, index);
  return index;
}

function scan(mapping: YamlNode, name: string): Member | undefined {
  const { children } = mapping;
  for (let at = children.length - 2; at >= 0; at -= 2) {
    const key = children[at];
    const value = children[at + 1];
    if (key === undefined || value === undefined) continue;
    if (isMergeKey(key)) {
      for (const source of value.kind === 'sequence' ? value.children : [value]) {
        const merged = source.target ?? source;
        const member = merged.kind === 'mapping' ? findMember(merged, name) : undefined;
        if (member !== undefined) return member;
      }
    } else if (keyName(key) === name) return { key, value };
  }
  return undefined;
}

function keyName(key: YamlNode): string | undefined {
  const node = key.target ?? key;
  return node.kind === 'scalar' ? keyText(resolveNode(node)) : undefined;
}

function firstKey(root: YamlNode): Span {
  return root.kind === 'mapping' || root.kind === 'sequence' ? (root.children[0] ?? root) : root;
}
